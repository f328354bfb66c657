namespace Tazan.Cli.Mutes;

/// <summary>A pattern in which <c>*</c> stands for any text, also none; all else is itself, capitals included.</summary>
internal static class Glob
{
    /// <summary>Whether all of <paramref name="text"/> fits. Time grows with the product of the two lengths at worst.</summary>
    public static bool Fits(string pattern, string text)
    {
        var (p, t, star, from) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more; an earlier star never needs to, since it took the least.
                p = star + 1;
                t = ++from;
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
