using System.Globalization;
using System.Text;

namespace Tazan.Cli.Output;

/// <summary>Text from other people's accounts, made safe for one line of a terminal, and measured in its columns.</summary>
/// <remarks>
/// A tag value can hold anything, also an escape sequence that rewrites what the reader sees or types. So whatever
/// comes from a fleet passes <see cref="Clean(string)"/> before it is printed. Pure functions; thread-safe.
/// </remarks>
internal static class PlainText
{
    private const char Ellipsis = '…';

    /// <summary>Writes control characters, line ends and invisible or direction-changing characters as visible escapes.</summary>
    public static string Clean(string text) => Clean(text, keepLayout: false);

    /// <summary>As <see cref="Clean(string)"/>, but tabs and line ends stay: for formats that can quote them.</summary>
    public static string CleanKeepingLayout(string text) => Clean(text, keepLayout: true);

    private static string Clean(string text, bool keepLayout)
    {
        // Nearly all of what AWS names is printable ASCII, and a scan of that is vectorised.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var firstBad = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsHarmless(rune, keepLayout))
            {
                break;
            }

            firstBad += rune.Utf16SequenceLength;
        }

        if (firstBad >= text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16).Append(text, 0, firstBad);
        foreach (var rune in text.AsSpan(firstBad).EnumerateRunes())
        {
            _ = IsHarmless(rune, keepLayout) ? clean.Append(rune.ToString()) : rune.Value switch
            {
                '\n' => clean.Append("\\n"),
                '\r' => clean.Append("\\r"),
                '\t' => clean.Append("\\t"),
                < 0x100 => clean.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture)),
                < 0x10000 => clean.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture)),
                _ => clean.Append("\\U").Append(rune.Value.ToString("x8", CultureInfo.InvariantCulture)),
            };
        }

        return clean.ToString();
    }

    private static bool IsHarmless(Rune rune, bool keepLayout) => rune.Value switch
    {
        '\n' or '\r' or '\t' => keepLayout,
        >= 0x20 and < 0x7F => true,
        0x200D => true, // joins emoji; shows nothing by itself and reorders nothing
        0xFFFD => true, // also what a lone surrogate enumerates as: visible by itself
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
    };

    /// <summary>How many terminal columns clean text takes.</summary>
    public static int Width(string clean)
    {
        if (!clean.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return clean.Length;
        }

        var width = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            width += RuneWidth.Of(rune);
        }

        return width;
    }

    /// <summary>Cuts clean text to at most <paramref name="columns"/>, showing the cut with an ellipsis.</summary>
    public static string Cut(string clean, int columns)
    {
        if (Width(clean) <= columns)
        {
            return clean;
        }

        return columns < 1 ? "" : clean[..Prefix(clean, columns - 1)] + Ellipsis;
    }

    /// <summary>Cuts or pads clean text to exactly <paramref name="columns"/>.</summary>
    public static string Fit(string clean, int columns)
    {
        var cut = Cut(clean, columns);
        return cut + new string(' ', Math.Max(0, columns - Width(cut)));
    }

    /// <summary>Breaks clean text into lines of at most <paramref name="columns"/> (2 or more): at spaces, and within a word that is wider.</summary>
    public static IEnumerable<string> Wrap(string clean, int columns)
    {
        columns = Math.Max(2, columns);
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in clean.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = Width(word);
            if (used > 0 && used + 1 + width <= columns)
            {
                line.Append(' ').Append(word);
                used += 1 + width;
                continue;
            }

            if (used > 0)
            {
                yield return line.ToString();
                line.Clear();
            }

            var rest = word;
            while (width > columns)
            {
                var head = Prefix(rest, columns);
                yield return rest[..head];
                rest = rest[head..];
                width = Width(rest);
            }

            line.Append(rest);
            used = width;
        }

        if (used > 0)
        {
            yield return line.ToString();
        }
    }

    // The length in chars of the longest start that fits.
    private static int Prefix(string clean, int columns)
    {
        var length = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            columns -= RuneWidth.Of(rune);
            if (columns < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>Cuts to at most <paramref name="chars"/> UTF-16 units without halving a surrogate pair.</summary>
    public static string CutChars(string text, int chars)
    {
        if (text.Length <= chars)
        {
            return text;
        }

        var end = chars - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return string.Concat(text.AsSpan(0, end), "…");
    }
}
