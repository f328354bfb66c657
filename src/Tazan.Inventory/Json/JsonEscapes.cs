using System.Text;

namespace Tazan.Inventory.Json;

/// <summary>The escapes of RFC 8259 section 7.</summary>
internal static class JsonEscapes
{
    /// <summary>The byte that <c>\c</c> stands for; 0 for <c>\u</c> and for what is no escape.</summary>
    public static byte Simple(byte c) => c switch
    {
        (byte)'"' => (byte)'"',
        (byte)'\\' => (byte)'\\',
        (byte)'/' => (byte)'/',
        (byte)'b' => 8,
        (byte)'f' => 12,
        (byte)'n' => 10,
        (byte)'r' => 13,
        (byte)'t' => 9,
        _ => 0,
    };

    /// <summary>The text with its escapes resolved, as UTF-8; never longer than <paramref name="raw"/>.</summary>
    /// <remarks>Half a surrogate pair, which no UTF-8 can express, becomes U+FFFD.</remarks>
    /// <param name="raw">Text whose escapes have been found valid.</param>
    /// <param name="destination">At least as long as <paramref name="raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Resolve(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(destination[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(destination[written..]);
            written += plain;
            raw = raw[(plain + 1)..];
            if (raw[0] != 'u')
            {
                destination[written++] = Simple(raw[0]);
                raw = raw[1..];
                continue;
            }

            var first = (char)HexUnit(raw[1..]);
            raw = raw[5..];
            var rune = Rune.ReplacementChar;
            if (char.IsHighSurrogate(first) && raw is [(byte)'\\', (byte)'u', ..] && Rune.TryCreate(first, (char)HexUnit(raw[2..]), out var pair))
            {
                rune = pair;
                raw = raw[6..];
            }
            else if (Rune.TryCreate(first, out var single))
            {
                rune = single;
            }

            written += rune.EncodeToUtf8(destination[written..]);
        }
    }

    /// <summary>Four hexadecimal digits, or -1.</summary>
    public static int HexUnit(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4 || !AreHex(digits[..4]))
        {
            return -1;
        }

        var value = 0;
        foreach (var digit in digits[..4])
        {
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }

    public static bool AreHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }
}
