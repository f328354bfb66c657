using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tazan.Inventory.Json;

/// <summary>A value inside a <see cref="JsonWindow"/>; two words, cheap to copy.</summary>
/// <remarks>Valid until the next call on the window, as are the spans it hands out. <c>default</c> is no value; only a failed
/// <see cref="TryGet"/> leaves it behind.</remarks>
public readonly ref struct JsonItem
{
    private readonly JsonTape tape;
    private readonly int index;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsonItem(JsonTape tape, int index)
    {
        this.tape = tape;
        this.index = index;
    }

    /// <summary>One document from memory, for small things and tests; it stays valid for as long as it is held.</summary>
    /// <exception cref="JsonFault">No JSON, no document, or more than one.</exception>
    public static JsonItem Parse(byte[] json, string name = "json")
    {
        ArgumentNullException.ThrowIfNull(json);
        using var source = new MemoryStream(json, writable: false);
        var window = new JsonWindow(source, name, Math.Clamp(json.Length, 64, JsonTape.LargestItem));
        if (!window.TryStart())
        {
            throw new JsonFault(name, 1, 0, isTruncated: true, "there is no document");
        }

        var item = window.Read();
        window.EndAfterItem();
        return item;
    }

    public JsonKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (JsonKind)JsonTape.KindOf(Word);
    }

    /// <summary>The value's line in the stream, counted from 1 when asked for.</summary>
    public long Line => tape.LineAt(JsonTape.StartOf(Word));

    /// <summary>The value's first byte in the stream (of a string, the one behind its quote).</summary>
    public long Offset => tape.OffsetAt(JsonTape.StartOf(Word));

    /// <summary>Whether a string is written with escapes, so that <see cref="Raw"/> is not its text.</summary>
    public bool HasEscapes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => JsonTape.HasEscapes(Word);
    }

    /// <summary>A string's bytes between the quotes as they are written; a number's or literal's; a container's whole text.</summary>
    public ReadOnlySpan<byte> Raw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var word = Word;
            return JsonTape.KindOf(word) > (uint)JsonKind.Array ? tape.Bytes(word) : tape.Bytes(JsonTape.StartOf(word), LengthOf(tape, index));
        }
    }

    /// <summary>The members of an object in the order of the text; of another value none.</summary>
    public MemberEnumerator Members
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tape, index, Kind == JsonKind.Object);
    }

    /// <summary>The items of an array in the order of the text; of another value none.</summary>
    public ItemEnumerator Items
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tape, index, Kind == JsonKind.Array);
    }

    internal JsonTape Tape => tape;

    internal int Index => index;

    private ulong Word
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => tape.At(index);
    }

    /// <summary>Finds a member of an object; of duplicates the last, as most readers of JSON do.</summary>
    /// <param name="name">The name as UTF-8 without escapes.</param>
    /// <param name="value"><c>default</c> if there is none.</param>
    /// <returns>False if there is none, or if this is no object.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryGet(ReadOnlySpan<byte> name, out JsonItem value)
    {
        var found = false;
        value = default;
        foreach (var member in Members)
        {
            if (member.NameIs(name))
            {
                value = member.Value;
                found = true;
            }
        }

        return found;
    }

    /// <summary>Whether this is a string with this text.</summary>
    public bool TextIs(ReadOnlySpan<byte> text) => Kind == JsonKind.String && TextIs(tape, Word, text);

    /// <summary>A string's text as UTF-8, its escapes resolved; half a surrogate pair becomes U+FFFD. Of other values, <see cref="Raw"/>.</summary>
    /// <param name="scratch">Made larger as needed; holds the text if there are escapes.</param>
    public ReadOnlySpan<byte> Text(ref byte[] scratch)
    {
        var raw = Raw;
        if (!HasEscapes)
        {
            return raw;
        }

        if (scratch is null || scratch.Length < raw.Length)
        {
            scratch = new byte[Math.Max(256, raw.Length)];
        }

        return scratch.AsSpan(0, JsonEscapes.Resolve(raw, scratch));
    }

    /// <summary>As <see cref="Text"/>, into <paramref name="destination"/>, which needs no more room than <see cref="Raw"/> has bytes.</summary>
    /// <returns>How many bytes were written.</returns>
    public int CopyText(Span<byte> destination)
    {
        var raw = Raw;
        if (HasEscapes)
        {
            return JsonEscapes.Resolve(raw, destination);
        }

        raw.CopyTo(destination);
        return raw.Length;
    }

    /// <summary>As <see cref="Text"/>, as a string.</summary>
    public string GetString()
    {
        byte[] scratch = [];
        return Encoding.UTF8.GetString(Text(ref scratch));
    }

    /// <summary>Whether this is a number without fraction or exponent that fits.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Kind == JsonKind.Number && Utf8Parser.TryParse(Raw, out value, out var used) && used == Raw.Length;
    }

    /// <summary>Whether this is a number; rounded to the nearest double.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind == JsonKind.Number && Utf8Parser.TryParse(Raw, out value, out var used) && used == Raw.Length;
    }

    // Of a container: from bracket to bracket.
    internal static int LengthOf(JsonTape tape, int index)
    {
        var word = tape.At(index);
        return JsonTape.KindOf(word) > (uint)JsonKind.Array
            ? JsonTape.SizeOf(word)
            : JsonTape.StartOf(tape.At(JsonTape.SizeOf(word) - 1)) - JsonTape.StartOf(word) + 1;
    }

    internal static bool TextIs(JsonTape tape, ulong word, ReadOnlySpan<byte> text)
    {
        var raw = tape.Bytes(word);
        if (!JsonTape.HasEscapes(word))
        {
            return raw.SequenceEqual(text);
        }

        var resolved = new byte[raw.Length];
        return resolved.AsSpan(0, JsonEscapes.Resolve(raw, resolved)).SequenceEqual(text);
    }
}
