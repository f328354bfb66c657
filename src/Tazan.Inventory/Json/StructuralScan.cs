using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tazan.Inventory.Json;

/// <summary>Which form of the block test to use; all give the same answer.</summary>
internal enum ScanWidth
{
    Scalar,
    Vector128,
    Vector256,
    Vector512,
}

/// <summary>
/// The first pass: finds, 64 bytes at a time and without a branch on the text, the places that the grammar has to look at.
/// </summary>
/// <remarks>
/// These places are: each <c>{ } [ ] : ,</c> outside strings, the quote that opens a string, the first byte of anything
/// else outside strings (a number, a literal, garbage), and inside strings each backslash that begins an escape and each
/// control character (which must not be there). The quote that closes a string is none: it is the last byte that is not
/// white space before the next place. So a string without escapes costs one place, and one with escapes shows them.
/// <code>
///   text     {"a": "x\"y", "b": 12 }
///   places   ^^  ^ ^ ^   ^ ^  ^ ^  ^
/// </code>
/// The state at a block's end is carried to the next, wherever the caller cuts. Not thread-safe.
/// </remarks>
internal unsafe struct StructuralScan
{
    private ulong escapedFirst;    // 1 if the next byte is escaped by a backslash before it
    private ulong insideMask;      // all ones if the next byte is inside a string
    private ulong plainLast;       // 1 if the last byte was outside and no operator, white space or quote
    private ulong nonAscii;
    private int strayBackslash;

    /// <summary>Whether the text so far ends inside a string.</summary>
    public readonly bool EndsInString => insideMask != 0;

    /// <summary>Whether the last call saw a byte from 0x80.</summary>
    public readonly bool SawNonAscii => nonAscii != 0;

    /// <summary>Where the last call saw a backslash outside a string, or -1. What it found behind that place means nothing.</summary>
    public readonly int StrayBackslash => strayBackslash;

    public static ScanWidth Widest =>
        Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? ScanWidth.Vector512
        : Avx2.IsSupported ? ScanWidth.Vector256
        : Vector128.IsHardwareAccelerated ? ScanWidth.Vector128
        : ScanWidth.Scalar;

    /// <summary>Scans <paramref name="blocks"/> × 64 bytes from <paramref name="text"/> + <paramref name="from"/>.</summary>
    /// <param name="width">The form to use; the processor must have it.</param>
    /// <param name="text">What the places are counted from.</param>
    /// <param name="from">Where the scan goes on; the end of the last one.</param>
    /// <param name="blocks">64 readable bytes each.</param>
    /// <param name="into">Room for 64 ints for each block; receives the places, ascending.</param>
    /// <returns>How many places were found.</returns>
    public int Scan(ScanWidth width, byte* text, int from, int blocks, int* into) => width switch
    {
        ScanWidth.Vector512 => Scan<Vector512Classifier>(text, from, blocks, into),
        ScanWidth.Vector256 => Scan<Vector256Classifier>(text, from, blocks, into),
        ScanWidth.Vector128 => Scan<Vector128Classifier>(text, from, blocks, into),
        _ => Scan<ScalarClassifier>(text, from, blocks, into),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan<TClassifier>(byte* text, int from, int blocks, int* into)
        where TClassifier : struct, IBlockClassifier
    {
        unchecked
        {
            var write = into;
            var (escaped, inside, plain, high, stray) = (escapedFirst, insideMask, plainLast, 0UL, -1);
            for (var at = from; blocks > 0; blocks--, at += 64)
            {
                var bits = TClassifier.Classify(text + at);
                high |= bits.NonAscii;

                ulong escapes = 0;
                var quotes = bits.Quotes;
                if ((bits.Backslashes | escaped) != 0)
                {
                    // Rare, so a plain loop: the first backslash of a run escapes its neighbour, the third the fourth.
                    for (var rest = bits.Backslashes & ~escaped; rest != 0;)
                    {
                        var first = rest & (0 - rest);
                        escapes |= first;
                        rest &= ~(first | (first << 1));
                    }

                    quotes &= ~((escapes << 1) | escaped);
                    escaped = escapes >> 63;
                }

                // A bit is inside if an odd number of quotes stand at or before it: opening quote in, closing quote out.
                var within = PrefixXor(quotes) ^ inside;
                inside = (ulong)((long)within >> 63);

                var plainBits = ~(bits.Operators | bits.Spaces | bits.Quotes | within);
                var starts = plainBits & ~((plainBits << 1) | plain);
                plain = plainBits >> 63;

                if ((escapes & ~within) != 0 && stray < 0)
                {
                    stray = at + BitOperations.TrailingZeroCount(escapes & ~within);
                }

                var places = (bits.Operators & ~within) | starts | ((quotes | escapes | bits.Controls) & within);
                write = Append(places, at, write);
            }

            (escapedFirst, insideMask, plainLast, nonAscii, strayBackslash) = (escaped, inside, plain, high, stray);
            return (int)(write - into);
        }
    }

    /// <summary>Bit n of the answer is the xor of the bits 0 to n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong PrefixXor(ulong bits)
    {
        // A product without carries by all ones adds, modulo two, all bits at or below each place.
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        return PrefixXorByShifts(bits);
    }

    internal static ulong PrefixXorByShifts(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    // Writes eight at a time whether they are there or not, since a branch for each bit would be guessed wrong too
    // often; what is written too much lies within the block's 64 ints and is written over by the next block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int* Append(ulong places, int at, int* write)
    {
        unchecked
        {
            var end = write + BitOperations.PopCount(places);
            do
            {
                write[0] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[1] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[2] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[3] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[4] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[5] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[6] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write[7] = at + BitOperations.TrailingZeroCount(places);
                places &= places - 1;
                write += 8;
            }
            while (write < end);

            return end;
        }
    }
}
