namespace Tazan.Fleets;

/// <summary>The right word nearest to a misspelt one.</summary>
internal static class Nearest
{
    /// <summary>A sentence that names the nearest word, or lists them all when none is near and they are few.</summary>
    public static string Mend(string word, IEnumerable<string> right)
    {
        var words = right.Distinct(StringComparer.Ordinal).ToArray();
        var best = Find(word, words);
        return best is not null ? $"Did you mean '{best}'?"
            : words.Length is > 0 and <= 24 ? $"Known: {string.Join(", ", words)}."
            : words.Length == 0 ? "There is none yet; describe one first." : "See docs/fleets.md.";
    }

    /// <summary>Null when nothing is within a third of the word's length.</summary>
    public static string? Find(string word, IEnumerable<string> right)
    {
        // A word far longer than any right one is near none of them, and would cost its square to compare.
        var nearest = word.Length > 80 ? [] : right.Select(r => (Word: r, Away: Distance(word, r)))
            .Where(r => r.Away <= Math.Max(1, word.Length / 3))
            .OrderBy(static r => r.Away).ThenBy(static r => r.Word, StringComparer.Ordinal).Take(1).ToArray();
        return nearest.Length == 0 ? null : nearest[0].Word;
    }

    // Levenshtein's distance, with a swap of neighbours counted as one.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
