using System.Runtime.InteropServices;

namespace Tazan.Inventory.Json;

/// <summary>
/// Reads JSON documents (one, or several one after another, each with an optional BOM and with white space between)
/// from a stream, holding one item at a time.
/// </summary>
/// <remarks>
/// <para>A cursor stands before a value. It goes inside (<see cref="Enter"/>), passes over it (<see cref="Skip"/>) or
/// reads it whole (<see cref="Read"/>); a value left alone is passed over by the next move. All text is checked against
/// RFC 8259, that which is passed over too; what breaks it is a <see cref="JsonFault"/>, and no value at or behind the
/// fault is ever handed out. After a fault every further move throws it again.</para>
/// <para>How it works: bytes come into one reused buffer. <see cref="StructuralScan"/> lists, some 32 KiB at a time,
/// the places that matter to the grammar; the walk (JsonWindow.Walk.cs) goes from place to place, checks the grammar and
/// lays the item flat on a <see cref="JsonTape"/>. When the places run out, the bytes from the item's start on move to
/// the front of the buffer, and the stream fills the rest (JsonWindow.Supply.cs). So memory is the window, or as much as
/// the largest item needs, whatever the length of the stream.</para>
/// <para>Not thread-safe. Does not close the stream.</para>
/// </remarks>
public sealed unsafe partial class JsonWindow : IDisposable
{
    /// <summary>How deeply values may be nested.</summary>
    public const int DepthLimit = 512;

    private readonly byte[] frames = new byte[DepthLimit + 1];   // JsonKind of what Enter went into
    private readonly JsonTape tape;
    private int depth;
    private bool isFirst;      // nothing of the innermost container has been passed yet
    private bool isBefore;     // the cursor stands before a value
    private byte[] nameScratch = [];

    /// <param name="source">Read forward only, from where it stands.</param>
    /// <param name="name">For messages, mostly the path.</param>
    /// <param name="windowBytes">How much is read at a time, at least 64.</param>
    /// <param name="largestItemBytes">A greater item is a fault; up to 256 MiB.</param>
    public JsonWindow(Stream source, string name, int windowBytes = 1 << 20, int largestItemBytes = JsonTape.LargestItem)
        : this(source, name, windowBytes, largestItemBytes, StructuralScan.Widest)
    {
    }

    internal JsonWindow(Stream source, string name, int windowBytes, int largestItemBytes, ScanWidth width)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBytes, JsonTape.LargestItem);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestItemBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largestItemBytes, JsonTape.LargestItem);
        tape = new JsonTape(this);
        this.source = source;
        this.name = name;
        this.windowBytes = windowBytes;
        this.largestItemBytes = largestItemBytes;
        this.width = width;
        scanBytes = Math.Min(windowBytes, ScanBytes) & ~63;
        places = GC.AllocateUninitializedArray<int>(scanBytes + 64, pinned: true);
        buffer = NewBuffer(windowBytes);
        capacity = windowBytes;
    }

    /// <summary>What the value is that the cursor stands before.</summary>
    public JsonKind Kind => JsonScalar.Kind(buffer[PlaceOfValue()]);

    /// <summary>Where in the stream the value begins that the cursor stands before, or else what comes next.</summary>
    public long Offset => OffsetAt(NextPosition);

    /// <summary>The line of that place, counted from 1. Counted when asked for.</summary>
    public long Line => LineAt(NextPosition);

    /// <summary>How many bytes have been read from the stream.</summary>
    public long BytesRead => bufferOffset + dataEnd;

    /// <summary>How many bytes of the stream can be held at present.</summary>
    internal int Capacity => capacity;

    private int NextPosition => cursor < count ? places[cursor] : scanned;

    /// <summary>Stands before the next value of the top level.</summary>
    /// <returns>False at the clean end of the stream.</returns>
    /// <exception cref="JsonFault">Something else follows, or the document before is broken.</exception>
    /// <exception cref="InvalidOperationException">The last document was entered and not walked to its end.</exception>
    public bool TryStart()
    {
        if (isBefore)
        {
            Skip();
        }

        if (depth != 0)
        {
            throw new InvalidOperationException("A document is still open.");
        }

        KeepNothing();
        var c = Peek();
        if (c == 0xEF)
        {
            c = PassMark();
        }

        if (AtEnd)
        {
            return false;
        }

        StandBefore(c);
        return true;
    }

    /// <summary>Goes inside the object or array.</summary>
    public void Enter()
    {
        var place = PlaceOfValue();
        var kind = JsonScalar.Kind(buffer[place]);
        if (kind > JsonKind.Array)
        {
            throw new InvalidOperationException($"A {kind} has no inside.");
        }

        if (depth == DepthLimit)
        {
            throw TooDeep(place);
        }

        frames[depth++] = (byte)kind;
        cursor++;
        isFirst = true;
        isBefore = false;
    }

    /// <summary>In an object: stands before the next member's value.</summary>
    /// <param name="name">The member's name as UTF-8 without escapes, valid until the next call.</param>
    /// <returns>False if the object has ended; then the cursor has left it.</returns>
    public bool NextMember(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Advance(JsonKind.Object))
        {
            return false;
        }

        if (Peek() != '"')
        {
            throw Unexpected(places[cursor], "a name in quotes");
        }

        // Everything up to the value's first place stays in the buffer, so that the name outlives a look at the value.
        origin = places[cursor++];
        var c = Peek();
        var escapes = false;
        if (c is (byte)'\\' or < 0x20)
        {
            cursor++;
            escapes = WalkEscapes();
            c = buffer[places[--cursor]];
        }

        var length = ClosingQuote(places[cursor] - 1) - origin - 1;
        if (c != ':')
        {
            throw Unexpected(places[cursor], "':' after a name");
        }

        cursor++;
        StandBefore(Peek());
        var raw = MemoryMarshal.CreateReadOnlySpan(ref buffer[origin + 1], length);
        if (escapes)
        {
            if (nameScratch.Length < length)
            {
                nameScratch = new byte[Math.Max(256, length)];
            }

            raw = nameScratch.AsSpan(0, JsonEscapes.Resolve(raw, nameScratch));
        }

        name = raw;
        return true;
    }

    /// <summary>In an array: stands before the next item.</summary>
    /// <returns>False if the array has ended; then the cursor has left it.</returns>
    public bool NextItem()
    {
        if (!Advance(JsonKind.Array))
        {
            return false;
        }

        StandBefore(Peek());
        return true;
    }

    /// <summary>Passes over the value, however large; its grammar is checked.</summary>
    public void Skip()
    {
        PlaceOfValue();
        isBefore = false;
        WalkOver();
    }

    /// <summary>Reads the whole value.</summary>
    /// <returns>A view of the window, valid until the next call on it.</returns>
    public JsonItem Read()
    {
        PlaceOfValue();
        isBefore = false;
        WalkOnto(tape);
        return new JsonItem(tape, 0);
    }

    /// <summary>Lets go of the buffer. The stream stays open.</summary>
    public void Dispose()
    {
        isBefore = false;
        cursor = count = 0;
        dataEnd = scanned = countedTo = 0;
        buffer = [];
        tape.Text = [];
        tape.Words = [];
    }

    /// <summary>Checks that nothing but white space follows the item just read, which stays valid.</summary>
    internal void EndAfterItem()
    {
        Peek();
        if (!AtEnd)
        {
            throw Unexpected(places[cursor], "the end");
        }

        tape.Text = buffer;
        tape.Origin = origin;
    }

    // Passes the comma, or leaves the container.
    private bool Advance(JsonKind kind)
    {
        if (isBefore)
        {
            Skip();
        }

        if (depth == 0 || frames[depth - 1] != (byte)kind)
        {
            throw new InvalidOperationException($"The cursor is not in an {kind}.");
        }

        KeepNothing();
        var c = Peek();
        var wasFirst = isFirst;
        isFirst = false;
        if (c == (kind == JsonKind.Object ? '}' : ']'))
        {
            cursor++;
            depth--;
            return false;
        }

        if (!wasFirst)
        {
            if (c != ',')
            {
                throw Unexpected(places[cursor], kind == JsonKind.Object ? "',' or '}'" : "',' or ']'");
            }

            cursor++;
        }

        return true;
    }

    private void StandBefore(byte c)
    {
        if (c is not ((byte)'"' or (byte)'{' or (byte)'[') && !JsonScalar.CanBegin(c))
        {
            throw Unexpected(places[cursor], "a value");
        }

        isBefore = true;
    }

    private int PlaceOfValue() =>
        isBefore ? places[cursor] : throw broken ?? (Exception)new InvalidOperationException("The cursor stands before no value.");

    // The byte order mark is no white space to the scan: it is the beginning of a scalar, which ends behind it if a
    // document in brackets or quotes or white space follows, as everywhere but at the start of the stream.
    private byte PassMark()
    {
        origin = places[cursor++];
        Peek();
        if (places[cursor] < origin + 3 || !buffer.AsSpan(origin, 3).SequenceEqual(ByteOrderMark))
        {
            throw Unexpected(origin, "a value");
        }

        return buffer[places[cursor]];
    }
}
