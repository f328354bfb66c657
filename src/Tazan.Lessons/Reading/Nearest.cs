namespace Tazan.Lessons.Reading;

/// <summary>The known word that a misspelt one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The nearest word, or null when none is within a third of the length (at least two changes).</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(2, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>"Did you mean x?" where a word is near, else the list of what there is.</summary>
    public static string Mend(string word, IReadOnlyCollection<string> known) =>
        Find(word, known) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", known)}.";

    // Changes, insertions, deletions and swaps of neighbours (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
