using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Json;

// Strings that need a second look: the scan has listed a place between the quotes, or what seems so because the text ends.
public sealed unsafe partial class JsonWindow
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint EscapesFrom<TWalk>(int* next, int from, int used)
        where TWalk : struct, IWalk
    {
        origin = from;
        tapeUsed = used;
        cursor = (int)(next - (int*)Unsafe.AsPointer(ref places[0]));
        var any = WalkEscapes();
        if (TWalk.Keeps)
        {
            EnsureWords();
        }

        return any ? JsonTape.Escapes : 0;
    }

    // With cursor behind a place inside a string: checks that and the following places up to the string's end, behind
    // whose next place the cursor then stands. Keeps the bytes from origin on.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WalkEscapes()
    {
        var any = false;
        while (true)
        {
            var position = places[cursor - 1];
            var c = buffer[position];
            if (c == '\\')
            {
                any = true;
                var place = position - origin;
                Peek();
                cursor++;
                CheckEscape(origin + place);
            }
            else if (endMarked && position == dataEnd)
            {
                return scan.EndsInString ? throw Truncated("a string") : any;
            }
            else if (c < 0x20)
            {
                throw BadControl(position);
            }
            else
            {
                return any;
            }
        }
    }

    // The next place is known, so all bytes before it are in the buffer; a string that has no end is told as such.
    private void CheckEscape(int position)
    {
        var limit = places[cursor - 1];
        var text = buffer.AsSpan(position + 1, Math.Max(0, dataEnd - position - 1));
        var cut = endMarked && limit == dataEnd && scan.EndsInString;
        if (text.Length > 0 && JsonEscapes.Simple(text[0]) != 0)
        {
            return;
        }

        if (cut && (text.Length == 0 || (text[0] == 'u' && text.Length < 5 && JsonEscapes.AreHex(text[1..]))))
        {
            throw Truncated("a string");
        }

        if (text.Length < 5 || text[0] != 'u' || JsonEscapes.HexUnit(text[1..]) < 0)
        {
            throw BadEscape(position);
        }
    }

    // Back from before the next place over white space.
    private int ClosingQuote(int position)
    {
        while (buffer[position] != '"')
        {
            position--;
        }

        return position;
    }
}
