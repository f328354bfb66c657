using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Json;

/// <summary>Numbers and literals, RFC 8259 sections 3 and 6.</summary>
internal static unsafe class JsonScalar
{
    /// <summary>Whether a number or literal can begin with this byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CanBegin(byte c) => unchecked((uint)(c - '0')) <= 9 || c is (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n';

    /// <summary>The length of the number or literal at <paramref name="text"/>, or 0 if there is none.</summary>
    /// <param name="text">At least five bytes can be read from here, even if <paramref name="room"/> is less.</param>
    /// <param name="room">Bytes up to the next place of the scan: behind the scalar there can only be white space.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(byte* text, int room)
    {
        unchecked
        {
            var length = *text switch
            {
                (byte)'t' => new ReadOnlySpan<byte>(text, 4).SequenceEqual("true"u8) ? 4 : 0,
                (byte)'n' => new ReadOnlySpan<byte>(text, 4).SequenceEqual("null"u8) ? 4 : 0,
                (byte)'f' => new ReadOnlySpan<byte>(text + 1, 4).SequenceEqual("alse"u8) ? 5 : 0,
                _ => NumberLength(text),
            };
            return length == room || (length < room && text[length] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') ? length : 0;
        }
    }

    // Stops at the latest at the first byte that no number has, and behind the text there always is one.
    private static int NumberLength(byte* text)
    {
        unchecked
        {
            var at = text;
            if (*at == '-')
            {
                at++;
            }

            if (*at == '0')
            {
                at++;
            }
            else if (!Digits(ref at))
            {
                return 0;
            }

            if (*at == '.')
            {
                at++;
                if (!Digits(ref at))
                {
                    return 0;
                }
            }

            if ((*at | 0x20) == 'e')
            {
                at++;
                if (*at is (byte)'+' or (byte)'-')
                {
                    at++;
                }

                if (!Digits(ref at))
                {
                    return 0;
                }
            }

            return (int)(at - text);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Digits(ref byte* at)
    {
        unchecked
        {
            var first = at;
            while ((uint)(*at - '0') <= 9)
            {
                at++;
            }

            return at != first;
        }
    }

    /// <summary>Whether <paramref name="text"/> could be the first part of a number or literal.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> text)
    {
        if ("true"u8.StartsWith(text) || "false"u8.StartsWith(text) || "null"u8.StartsWith(text))
        {
            return true;
        }

        // One more digit mends every number that was cut: "-", "1.", "1e", "1e+".
        byte[] mended = [.. text, (byte)'0', 0];
        fixed (byte* first = mended)
        {
            return NumberLength(first) == mended.Length - 1;
        }
    }

    public static JsonKind Kind(byte first) => first switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.String,
        (byte)'t' => JsonKind.True,
        (byte)'f' => JsonKind.False,
        (byte)'n' => JsonKind.Null,
        _ => JsonKind.Number,
    };
}
