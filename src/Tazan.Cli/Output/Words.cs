using System.Globalization;

namespace Tazan.Cli.Output;

/// <summary>Numbers, nouns and times as text, the same in every format and on every machine.</summary>
internal static class Words
{
    /// <summary>Such as <c>1 instance</c>, <c>2,000 security groups</c>.</summary>
    public static string Count(long count, string type) => $"{Number(count)} {(count == 1 ? Noun(type) : Plural(type))}";

    /// <summary>With thousands parted by commas.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A table's name as words.</summary>
    public static string Noun(string type) => PlainText.Clean(type).Replace('_', ' ');

    /// <summary>More than one of them.</summary>
    public static string Plural(string type)
    {
        var noun = Noun(type);
        return noun switch
        {
            [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] => noun[..^1] + "ies",
            [.., 's' or 'x'] or [.., 'c' or 's', 'h'] => noun + "es",
            _ => noun + "s",
        };
    }

    /// <summary>Such as <c>380 instances and 20 volumes</c>: the most first, equals by name.</summary>
    public static string CountByType(IEnumerable<string> types) =>
        And([.. types.GroupBy(static t => t, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => Count(g.Count(), g.Key))]);

    /// <summary>Such as <c>a, b and c</c>.</summary>
    public static string And(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>As one word of a command that somebody will paste: a resource's name must not become a command of its own.</summary>
    public static string Shell(string word) =>
        word is ['-', ..] or "" || !word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '@')
            ? "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'" : word;

    /// <summary>ISO 8601 in UTC to the second.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For people: UTC to the minute.</summary>
    public static string Time(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "at an unknown time";

    /// <summary>In lower case, as every format writes it.</summary>
    public static string Name(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        _ => "info",
    };

    /// <summary>In lower case, as every format writes it.</summary>
    public static string Name(this Answer answer) => answer switch
    {
        Answer.Exposed => "exposed",
        Answer.Unknown => "unknown",
        _ => "clear",
    };
}
