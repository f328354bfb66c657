using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Json;

// The second pass: from place to place through one value, by the grammar. Positions that must outlive the supply of new
// places are counted from origin, since the bytes may move. Pointers go into pinned arrays that fields hold; every place is
// below dataEnd + 1, and the tape has a word's room for each place supplied, so nothing is written or read outside.
public sealed unsafe partial class JsonWindow
{
    private readonly int[] walkFrames = GC.AllocateUninitializedArray<int>(DepthLimit + 1, pinned: true);
    private int tapeUsed;

    private interface IWalk
    {
        static abstract bool Keeps { get; }
    }

    private readonly struct Keeping : IWalk
    {
        public static bool Keeps => true;
    }

    private readonly struct Passing : IWalk
    {
        public static bool Keeps => false;
    }

    // What the walk's locals must be read from again after a supply.
    private readonly struct Renewed(int* next, int* end, byte* text, int origin, ulong* words)
    {
        private readonly int* next = next;
        private readonly int* end = end;
        private readonly byte* text = text;
        private readonly int origin = origin;
        private readonly ulong* words = words;

        // Inlined, so that the locals stay in registers although their addresses seem to be taken.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Into(out int* next, out int* end, out byte* text, out int origin, out ulong* words)
        {
            next = this.next;
            end = this.end;
            text = this.text;
            origin = this.origin;
            words = this.words;
        }
    }

    private void WalkOver()
    {
        var first = places[cursor];
        origin = first;
        Walk<Passing>();
    }

    private void WalkOnto(JsonTape onto)
    {
        origin = places[cursor];
        EnsureWords();
        Walk<Keeping>();
        onto.Text = buffer;
        onto.Origin = origin;
        onto.Count = tapeUsed;
        var length = JsonItem.LengthOf(onto, 0);
        if (length > largestItemBytes)
        {
            throw TooLarge(origin);
        }
    }

    // Room for the words that the places at hand can give: at most one for each.
    private void EnsureWords()
    {
        var needed = (long)tapeUsed + (count - cursor) + 4;
        if (tape.Words.Length < needed)
        {
            var words = GC.AllocateUninitializedArray<ulong>((int)Math.Max(needed, Math.Min(tape.Words.Length * 2L, 1 << 29)), pinned: true);
            tape.Words.AsSpan(0, tapeUsed).CopyTo(words);
            tape.Words = words;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Renewed Resupply<TWalk>(int from, int used)
        where TWalk : struct, IWalk
    {
        origin = from;
        cursor = count;
        tapeUsed = used;
        Supply();
        if (TWalk.Keeps)
        {
            EnsureWords();
        }

        return Renew();
    }

    // All four arrays are pinned and held by fields.
    private Renewed Renew()
    {
        var first = (int*)Unsafe.AsPointer(ref places[0]);
        return new Renewed(first + cursor, first + count, (byte*)Unsafe.AsPointer(ref buffer[0]), origin,
            tape.Words.Length == 0 ? null : (ulong*)Unsafe.AsPointer(ref tape.Words[0]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk<TWalk>()
        where TWalk : struct, IWalk
    {
        unchecked
        {
            var used = tapeUsed = 0;
            var now = Renew();
            now.Into(out var next, out var end, out var text, out var from, out var words);
            fixed (int* frame = walkFrames)
            {
                var deep = 0;
                var open = 0;                       // index of the opening word × 2, + 1 for an object
                var position = *next++;
                var c = text[position];
                int start;
                uint escapes;

            Value:
                if (!TWalk.Keeps)
                {
                    from = position;
                }

                start = position - from;
                if (c == '"')
                {
                    escapes = 0;
                    if (next == end)
                    {
                        now = Resupply<TWalk>(from, used);
                        now.Into(out next, out end, out text, out from, out words);
                    }

                    position = *next++;
                    c = text[position];
                    if (c == '\\' || c < 0x20)
                    {
                        escapes = EscapesFrom<TWalk>(next, from, used);
                        now = Renew();
                        now.Into(out next, out end, out text, out from, out words);
                        position = next[-1];
                        c = text[position];
                    }

                    if (TWalk.Keeps)
                    {
                        var close = position - 1;
                        while (text[close] != '"')
                        {
                            close--;
                        }

                        words[used++] = JsonTape.Word((uint)JsonKind.String | escapes, start + 1, close - from - start - 1);
                    }

                    goto Behind;
                }

                if (c is (byte)'{' or (byte)'[')
                {
                    if (deep + depth >= DepthLimit)
                    {
                        throw TooDeep(position);
                    }

                    frame[deep++] = open;
                    open = c == '{' ? 1 : 0;
                    if (TWalk.Keeps)
                    {
                        words[used] = JsonTape.Word(c == '{' ? (uint)JsonKind.Object : (uint)JsonKind.Array, start, 0);
                        open |= used++ << 1;
                    }

                    if (next == end)
                    {
                        now = Resupply<TWalk>(from, used);
                        now.Into(out next, out end, out text, out from, out words);
                    }

                    position = *next++;
                    c = text[position];
                    if ((open & 1) != 0)
                    {
                        if (c == '}')
                        {
                            goto Close;
                        }

                        goto Name;
                    }

                    if (c == ']')
                    {
                        goto Close;
                    }

                    goto Value;
                }

                if (!JsonScalar.CanBegin(c))
                {
                    throw Unexpected(position, "a value");
                }

                if (next == end)
                {
                    now = Resupply<TWalk>(from, used);
                    now.Into(out next, out end, out text, out from, out words);
                }

                position = *next++;
                {
                    var scalar = text + from + start;
                    var room = position - from - start;
                    var length = JsonScalar.Length(scalar, room);
                    if (length == 0)
                    {
                        throw BadScalar(from + start, room);
                    }

                    if (TWalk.Keeps)
                    {
                        words[used++] = JsonTape.Word((uint)JsonScalar.Kind(*scalar), start, length);
                    }
                }

                c = text[position];

            Behind:
                if (deep == 0)
                {
                    next--;
                    goto Done;
                }

                if (c == ',')
                {
                    if (next == end)
                    {
                        now = Resupply<TWalk>(from, used);
                        now.Into(out next, out end, out text, out from, out words);
                    }

                    position = *next++;
                    c = text[position];
                    if ((open & 1) != 0)
                    {
                        goto Name;
                    }

                    goto Value;
                }

                if (c != ((open & 1) != 0 ? '}' : ']'))
                {
                    throw Unexpected(position, (open & 1) != 0 ? "',' or '}'" : "',' or ']'");
                }

            Close:
                if (TWalk.Keeps)
                {
                    words[used++] = JsonTape.Word(JsonTape.Close, position - from, 0);
                    words[open >> 1] |= (ulong)(uint)used << 32;
                }

                open = frame[--deep];
                if (deep == 0)
                {
                    goto Done;
                }

                if (next == end)
                {
                    now = Resupply<TWalk>(from, used);
                    now.Into(out next, out end, out text, out from, out words);
                }

                position = *next++;
                c = text[position];
                goto Behind;

            Name:
                if (c != '"')
                {
                    throw Unexpected(position, "a name in quotes");
                }

                if (!TWalk.Keeps)
                {
                    from = position;
                }

                start = position - from;
                escapes = 0;
                if (next == end)
                {
                    now = Resupply<TWalk>(from, used);
                    now.Into(out next, out end, out text, out from, out words);
                }

                position = *next++;
                c = text[position];
                if (c == '\\' || c < 0x20)
                {
                    escapes = EscapesFrom<TWalk>(next, from, used);
                    now = Renew();
                    now.Into(out next, out end, out text, out from, out words);
                    position = next[-1];
                    c = text[position];
                }

                if (TWalk.Keeps)
                {
                    var close = position - 1;
                    while (text[close] != '"')
                    {
                        close--;
                    }

                    words[used++] = JsonTape.Word((uint)JsonKind.String | escapes, start + 1, close - from - start - 1);
                }

                if (c != ':')
                {
                    throw Unexpected(position, "':' after a name");
                }

                if (next == end)
                {
                    now = Resupply<TWalk>(from, used);
                    now.Into(out next, out end, out text, out from, out words);
                }

                position = *next++;
                c = text[position];
                goto Value;

            Done:
                origin = from;
                tapeUsed = used;
                cursor = (int)(next - (int*)Unsafe.AsPointer(ref places[0]));
            }
        }
    }
}
