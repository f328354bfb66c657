namespace Tazan;

/// <summary>The known word that a misspelt one was probably meant to be. Every reader of what people type asks here.</summary>
public static class Nearest
{
    // A word longer than any known one is near none, and would cost its square to compare.
    private const int Longest = 80;

    // More words than these are a page, not a sentence.
    private const int Listed = 24;

    /// <summary>The nearest word, the first of equals; null when none is within a third of the length (at least one change).</summary>
    /// <remarks>Capitals do not count. Changes are letters put in, left out or replaced, and neighbours swapped.</remarks>
    public static string? Find(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (word.Length > Longest)
        {
            return null;
        }

        string? best = null;
        var bound = Math.Max(1, (word.Length + 2) / 3) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - word.Length) < bound && Distance(word, candidate) is var distance && distance < bound)
            {
                (best, bound) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A sentence for the mend of a <see cref="UserError"/>: the nearest word, and what there is where that is not too much.</summary>
    /// <param name="word">As typed.</param>
    /// <param name="known">The right words.</param>
    /// <param name="elsewhere">Where they are listed when they are too many or none; empty for nowhere.</param>
    public static string Mend(string word, IEnumerable<string> known, string elsewhere = "")
    {
        ArgumentNullException.ThrowIfNull(known);
        var words = known.Distinct(StringComparer.Ordinal).ToList();
        var near = Find(word, words) is { } found ? $"Did you mean '{found}'?" : "";
        var all = words.Count is > 0 and <= Listed ? $"There are: {string.Join(", ", words)}." : near.Length > 0 ? "" : elsewhere;
        return $"{near} {all}".Trim();
    }

    // Optimal string alignment over three rows.
    private static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
