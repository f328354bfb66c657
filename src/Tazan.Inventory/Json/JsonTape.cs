using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Json;

/// <summary>One item laid flat: a word for each name, scalar, opening and closing bracket, in the order of the text.</summary>
/// <remarks>
/// A word is <c>escapes:1 kind:3 size:28 start:32</c>. Start counts from the item's first byte; for a string it is the byte
/// behind the quote. Size is the number of bytes of a string (without quotes), number or literal; of a container it is
/// the index of the word behind its closing word. In an object each value's word follows its name's. Kind 7 closes.
/// <code>
///   {"a": [1, "x"]}     0 Object→7   1 a   2 Array→6   3 1   4 x   5 ]   6 }
/// </code>
/// One tape belongs to one window and is written anew for each item. An item held too long therefore reads something else;
/// the bounds checks of array and span keep even that inside the buffer.
/// </remarks>
internal sealed class JsonTape
{
    /// <summary>What a closing word has for its kind.</summary>
    public const uint Close = 7;

    /// <summary>Sizes have 28 bits.</summary>
    public const int LargestItem = 1 << 28;

    private const uint SizeMask = (1u << 28) - 1;

    private readonly JsonWindow window;

    public JsonTape(JsonWindow window) => this.window = window;

    /// <summary>The window's bytes; the item begins at <see cref="Origin"/>.</summary>
    public byte[] Text { get; set; } = [];

    public int Origin { get; set; }

    public ulong[] Words { get; set; } = [];

    /// <summary>How many words the item has.</summary>
    public int Count { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(uint kindAndEscapes, int start, int size) =>
        unchecked(((ulong)(kindAndEscapes << 28 | (uint)size) << 32) | (uint)start);

    public const uint Escapes = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong At(int index) => Words[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint KindOf(ulong word) => (uint)(word >> 60) & 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasEscapes(ulong word) => unchecked((long)word) < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(ulong word) => unchecked((int)((uint)(word >> 32) & SizeMask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StartOf(ulong word) => unchecked((int)(uint)word);

    /// <summary>The index of the word behind the value at <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Behind(ulong word, int index) => KindOf(word) <= (uint)JsonKind.Array ? SizeOf(word) : unchecked(index + 1);

    /// <summary>The bytes of a name or scalar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(ulong word) => Bytes(StartOf(word), SizeOf(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(int start, int length) =>
        new(Text, unchecked(Origin + start), length);

    public long LineAt(int start) => window.LineAt(Origin + start);

    public long OffsetAt(int start) => window.OffsetAt(Origin + start);
}
