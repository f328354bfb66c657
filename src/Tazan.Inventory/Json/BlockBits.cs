using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tazan.Inventory.Json;

/// <summary>Which of 64 bytes belong to which class; bit 0 is the first byte.</summary>
/// <remarks>
/// <see cref="Operators"/> may also hold the control characters 0x0C and 0x1A, which differ from ',' and ':' in one bit
/// that the vector test ignores. Whoever follows a bit looks at the byte itself, and then they are a fault like any other.
/// </remarks>
internal readonly struct BlockBits(ulong quotes, ulong backslashes, ulong operators, ulong spaces, ulong controls, ulong nonAscii)
{
    public readonly ulong Quotes = quotes;
    public readonly ulong Backslashes = backslashes;
    /// <summary><c>{ } [ ] : ,</c></summary>
    public readonly ulong Operators = operators;
    /// <summary>Space, tab, line feed, carriage return.</summary>
    public readonly ulong Spaces = spaces;
    /// <summary>Below 0x20, so tab and line ends too.</summary>
    public readonly ulong Controls = controls;
    public readonly ulong NonAscii = nonAscii;
}

/// <summary>Sorts 64 bytes into classes; one for each vector width, all with one answer.</summary>
internal unsafe interface IBlockClassifier
{
    /// <param name="block">64 readable bytes, in no particular alignment.</param>
    static abstract BlockBits Classify(byte* block);
}

// How a vector tells the classes: the low four bits of a byte pick an entry of a 16-byte table, and the byte belongs to
// the class if it equals the entry. White space: 20 09 0A 0D have different low halves. Operators: with bit 0x20 set,
// '[' and '{' (7B), ']' and '}' (7D), ':' (3A) and ',' (2C) too. An unused entry holds a value that no byte with that low
// half can equal. x86 gives 0 for bytes from 0x80 and Arm 0 for indexes from 16; both equal no byte that is asked about.
internal static class ClassTables
{
    public static Vector128<byte> Spaces
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0x20, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x09, 0x0A, 0x10, 0x10, 0x0D, 0x10, 0x10);
    }

    public static Vector128<byte> Operators
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3A, 0x7B, 0x2C, 0x7D, 0, 0);
    }
}
