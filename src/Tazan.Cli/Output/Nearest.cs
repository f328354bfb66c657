namespace Tazan.Cli.Output;

/// <summary>The known word nearest to a mistyped one.</summary>
internal static class Nearest
{
    /// <summary>A sentence for the mend of a <see cref="UserError"/>: the nearest word, and all of them when they are few.</summary>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        var words = known.ToList();
        var near = Find(typed, words);
        var all = words.Count <= 16 ? $"Known are: {string.Join(", ", words)}." : "";
        return near is null ? all : $"Did you mean '{near}'? {all}".TrimEnd();
    }

    /// <summary>The word with the fewest edits, the first of equals; null when even that one is a different word.</summary>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        // Nobody mistypes a word into something this long, and the distance costs length times length.
        if (typed.Length > 64)
        {
            return null;
        }

        string? best = null;
        var fewest = int.MaxValue;
        foreach (var word in known)
        {
            var edits = Edits(typed.ToLowerInvariant(), word.ToLowerInvariant());
            if (edits < fewest)
            {
                (best, fewest) = (word, edits);
            }
        }

        // Half the word wrong is another word (assumed).
        return best is not null && fewest <= Math.Max(1, Math.Max(typed.Length, best.Length) / 2) ? best : null;
    }

    // Optimal string alignment: a swap of neighbours, the commonest typing mistake, counts as one edit.
    private static int Edits(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var least = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    least = Math.Min(least, rows[i - 2, j - 2] + 1);
                }

                rows[i, j] = least;
            }
        }

        return rows[a.Length, b.Length];
    }
}
