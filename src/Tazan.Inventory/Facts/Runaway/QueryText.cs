namespace Tazan.Inventory.Facts.Runaway;

/// <summary>Finds in the text of a query which buckets and which tables it reads.</summary>
internal static class QueryText
{
    /// <summary>The names of buckets in <c>s3://bucket/…</c>, each once, in order.</summary>
    internal static IEnumerable<string> Buckets(string text)
    {
        const string scheme = "s3://";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = text.IndexOf(scheme, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(scheme, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + scheme.Length;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterLower(text[end]) || char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '_'))
            {
                end++;
            }

            if (end > start && seen.Add(text[start..end]))
            {
                yield return text[start..end];
            }
        }
    }

    /// <summary>The tables after FROM and JOIN, lower case, as <c>database.table</c>; a comma list after FROM is followed.</summary>
    /// <param name="text">SQL.</param>
    /// <param name="database">For names without one.</param>
    internal static IEnumerable<string> Tables(string text, string database)
    {
        var words = Words(text).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] is not ("from" or "join" or ","))
            {
                continue;
            }

            // After a comma anything may stand; a name that is no table of the catalog is dropped later.
            var name = words[i + 1];
            if (name.Length == 0 || name is "(" or ")" or "," || name[0] == '\'')
            {
                continue;
            }

            var parts = name.Split('.');
            var full = parts.Length >= 2 ? parts[^2] + "." + parts[^1] : database.ToLowerInvariant() + "." + name;
            if (seen.Add(full))
            {
                yield return full;
            }
        }
    }

    // Words, dotted names with their quotes taken off, and the marks ( ) , as words of their own. Comments and strings are passed over.
    private static IEnumerable<string> Words(string text)
    {
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '-' && i + 1 < text.Length && text[i + 1] == '-')
            {
                i = End(text, "\n", i);
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                i = End(text, "*/", i + 2);
            }
            else if (c == '\'')
            {
                i = End(text, "'", i + 1);
                yield return "'";
            }
            else if (c is '(' or ')' or ',')
            {
                i++;
                yield return c.ToString();
            }
            else if (IsName(c))
            {
                var name = new System.Text.StringBuilder();
                while (i < text.Length && IsName(text[i]))
                {
                    if (text[i] is '"' or '`')
                    {
                        var close = text.IndexOf(text[i], i + 1);
                        close = close < 0 ? text.Length : close;
                        name.Append(text, i + 1, close - i - 1);
                        i = Math.Min(close + 1, text.Length);
                    }
                    else
                    {
                        name.Append(text[i++]);
                    }
                }

                yield return name.ToString().ToLowerInvariant();
            }
            else
            {
                i++;
            }
        }
    }

    private static int End(string text, string mark, int from)
    {
        var at = from < text.Length ? text.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        return at < 0 ? text.Length : at + mark.Length;
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '$' or '@' or '"' or '`';
}
