using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tazan.Inventory.Json;

/// <summary>A byte at a time: the plain truth that the vector forms are tested against, and the form for processors without vectors.</summary>
internal readonly unsafe struct ScalarClassifier : IBlockClassifier
{
    public static BlockBits Classify(byte* block)
    {
        ulong quotes = 0, backslashes = 0, operators = 0, spaces = 0, controls = 0, nonAscii = 0;
        for (var i = 0; i < 64; i++)
        {
            var bit = 1UL << i;
            var c = block[i];
            if (c < 0x20)
            {
                controls |= bit;
            }

            switch (c)
            {
                case (byte)'"': quotes |= bit; break;
                case (byte)'\\': backslashes |= bit; break;
                case (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)':' or (byte)',' or 0x0C or 0x1A: operators |= bit; break;
                case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r': spaces |= bit; break;
                case >= 0x80: nonAscii |= bit; break;
            }
        }

        return new BlockBits(quotes, backslashes, operators, spaces, controls, nonAscii);
    }
}

/// <summary>Four times 16 bytes; any processor that .NET has vectors for.</summary>
internal readonly unsafe struct Vector128Classifier : IBlockClassifier
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockBits Classify(byte* block)
    {
        ulong quotes = 0, backslashes = 0, operators = 0, spaces = 0, controls = 0, nonAscii = 0;
        for (var i = 0; i < 64; i += 16)
        {
            var v = Vector128.Load(block + i);
            // The portable shuffle gives 0 for an index above 15, so only the low half may go in.
            var low = v & Vector128.Create((byte)0x0F);
            quotes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
            backslashes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << i;
            operators |= (ulong)Vector128.Equals(v | Vector128.Create((byte)0x20), Vector128.Shuffle(ClassTables.Operators, low)).ExtractMostSignificantBits() << i;
            spaces |= (ulong)Vector128.Equals(v, Vector128.Shuffle(ClassTables.Spaces, low)).ExtractMostSignificantBits() << i;
            controls |= (ulong)Vector128.LessThan(v, Vector128.Create((byte)0x20)).ExtractMostSignificantBits() << i;
            nonAscii |= (ulong)v.ExtractMostSignificantBits() << i;
        }

        return new BlockBits(quotes, backslashes, operators, spaces, controls, nonAscii);
    }
}

/// <summary>Twice 32 bytes with AVX2.</summary>
internal readonly unsafe struct Vector256Classifier : IBlockClassifier
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockBits Classify(byte* block)
    {
        var a = Vector256.Load(block);
        var b = Vector256.Load(block + 32);
        var quote = Vector256.Create((byte)'"');
        var backslash = Vector256.Create((byte)'\\');
        var bit5 = Vector256.Create((byte)0x20);
        var lastControl = Vector256.Create((byte)0x1F);
        var spaceTable = Vector256.Create(ClassTables.Spaces, ClassTables.Spaces);
        var operatorTable = Vector256.Create(ClassTables.Operators, ClassTables.Operators);
        return new BlockBits(
            Join(Vector256.Equals(a, quote), Vector256.Equals(b, quote)),
            Join(Vector256.Equals(a, backslash), Vector256.Equals(b, backslash)),
            Join(Vector256.Equals(a | bit5, Avx2.Shuffle(operatorTable, a)), Vector256.Equals(b | bit5, Avx2.Shuffle(operatorTable, b))),
            Join(Vector256.Equals(a, Avx2.Shuffle(spaceTable, a)), Vector256.Equals(b, Avx2.Shuffle(spaceTable, b))),
            Join(Vector256.Equals(Vector256.Max(a, lastControl), lastControl), Vector256.Equals(Vector256.Max(b, lastControl), lastControl)),
            Join(a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}

/// <summary>64 bytes at once with AVX-512BW, whose comparisons give the 64 bits directly.</summary>
internal readonly unsafe struct Vector512Classifier : IBlockClassifier
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockBits Classify(byte* block)
    {
        var v = Vector512.Load(block);
        var tables = Vector256.Create(ClassTables.Spaces, ClassTables.Spaces);
        var spaceTable = Vector512.Create(tables, tables);
        tables = Vector256.Create(ClassTables.Operators, ClassTables.Operators);
        var operatorTable = Vector512.Create(tables, tables);
        return new BlockBits(
            Vector512.Equals(v, Vector512.Create((byte)'"')).ExtractMostSignificantBits(),
            Vector512.Equals(v, Vector512.Create((byte)'\\')).ExtractMostSignificantBits(),
            Vector512.Equals(v | Vector512.Create((byte)0x20), Avx512BW.Shuffle(operatorTable, v)).ExtractMostSignificantBits(),
            Vector512.Equals(v, Avx512BW.Shuffle(spaceTable, v)).ExtractMostSignificantBits(),
            Vector512.LessThan(v, Vector512.Create((byte)0x20)).ExtractMostSignificantBits(),
            v.ExtractMostSignificantBits());
    }
}
