namespace Tazan.Inventory.Facts.Services;

/// <summary>What numbered siblings' names have in common: <c>web-01a</c>, <c>web-02c</c> and <c>web-0f3a9c2e</c> are all <c>web</c>.</summary>
public static class NameStem
{
    private static readonly char[] Separators = ['-', '_', '.', ' ', '/'];

    /// <summary>Strips trailing numbers, zone letters, zone names and hexadecimal ids; a name that is nothing else stays whole.</summary>
    public static string Of(string name)
    {
        // Of a domain name only the host's own label numbers it; the rest stays, for it tells environments apart.
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && name.AsSpan(dot + 1).Contains('.'))
        {
            return string.Concat(Of(name[..dot]), name.AsSpan(dot));
        }

        var stem = name.AsSpan().Trim();
        while (true)
        {
            var cut = stem.LastIndexOfAny(Separators);
            var last = stem[(cut + 1)..];
            if (cut > 0 && IsNumbering(last))
            {
                stem = stem[..cut];
                continue;
            }

            // The number stands right behind the word: web01, web1a.
            var digits = last.Length;
            if (digits > 1 && last[^1] is >= 'a' and <= 'f' && char.IsAsciiDigit(last[^2]))
            {
                digits--;
            }

            var end = digits;
            while (digits > 0 && char.IsAsciiDigit(last[digits - 1]))
            {
                digits--;
            }

            if (digits < end && digits > 0)
            {
                stem = stem[..(cut + 1 + digits)];
            }

            var trimmed = stem.TrimEnd(Separators);
            return trimmed.IsEmpty ? name : trimmed.ToString();
        }
    }

    private static bool IsNumbering(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty || token.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return true;
        }

        // A zone's letter, alone or after its number: a, c, 1a, 02c.
        var withoutLetter = token[^1] is >= 'a' and <= 'f' ? token[..^1] : token;
        if (withoutLetter.Length < token.Length && withoutLetter.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return true;
        }

        // At least six hexadecimal digits, of which one is a number: "facade" and "decade" are words.
        return token.Length >= 6 && token.IndexOfAnyInRange('0', '9') >= 0 && IsHex(token);
    }

    private static bool IsHex(ReadOnlySpan<char> token)
    {
        foreach (var c in token)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
