namespace Tazan.Inventory.Facts.Services;

/// <summary>One way <c>tazan.yaml</c> picks instances: <c>tag:KEY=VALUE</c>, <c>name:GLOB</c>, <c>asg:NAME</c> or <c>id:i-…</c>.</summary>
/// <remarks>Immutable. Keys are compared without regard to case, values exactly; <c>*</c> and <c>?</c> work in values, names and groups.</remarks>
internal sealed record Selector(string Kind, string Key, string Value)
{
    internal const string Forms = "tag:KEY=VALUE, name:GLOB, asg:NAME or id:i-…";

    /// <summary>Reads one; null where the text is none.</summary>
    internal static Selector? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || colon == text.Length - 1)
        {
            return null;
        }

        var (kind, rest) = (text[..colon], text[(colon + 1)..]);
        if (kind != "tag")
        {
            return kind is "name" or "asg" or "id" ? new Selector(kind, "", rest) : null;
        }

        // Tag keys may hold colons, and values equals signs; the first equals sign parts them.
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new Selector(kind, rest[..equals], rest[(equals + 1)..]) : null;
    }

    internal bool Matches(string instanceId, string name, string group, IReadOnlyDictionary<string, string> tags) => Kind switch
    {
        "id" => instanceId == Value,
        "name" => Glob(Value, name),
        "asg" => group.Length > 0 && Glob(Value, group),
        _ => tags.Any(tag => tag.Key.Equals(Key, StringComparison.OrdinalIgnoreCase) && Glob(Value, tag.Value)),
    };

    /// <inheritdoc/>
    public override string ToString() => Kind == "tag" ? $"tag:{Key}={Value}" : $"{Kind}:{Value}";

    // Greedy with one step back: linear but for the last star, so a hostile pattern costs length times length at most.
    private static bool Glob(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            // The star is looked at first: the text may hold a star itself.
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
