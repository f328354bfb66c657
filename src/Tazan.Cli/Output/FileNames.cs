using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tazan.Cli.Output;

/// <summary>File names from names that other people chose: valid on Linux, macOS and Windows, and never two alike.</summary>
internal static class FileNames
{
    private const int MostRunes = 48; // with four bytes each still far below the 255 of common file systems
    private const int DigestChars = 16;
    private static readonly string[] Taken = ["con", "prn", "aux", "nul"];

    /// <summary>One name for each given name, in order; equal names given get equal names back.</summary>
    /// <param name="names">Any text.</param>
    /// <param name="reserved">A name that none may get.</param>
    public static ImmutableArray<string> For(IReadOnlyList<string> names, string reserved)
    {
        var plain = names.Select(Plain).ToList();

        // Two names may differ in capitals or marks only, which a Mac's disk takes for one.
        var shared = plain.Zip(names).GroupBy(static p => p.First.ToUpperInvariant(), StringComparer.Ordinal)
            .Where(static g => g.Select(static p => p.Second).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        return [.. names.Select((name, i) => plain[i] == name && !shared.Contains(plain[i].ToUpperInvariant())
            && !string.Equals(name, reserved, StringComparison.OrdinalIgnoreCase) && !IsTaken(name) && !EndsInDigest(name)
            ? name : $"{plain[i]}-{Digest(name)}")];
    }

    // Letters and digits of any script, '-' and '_'; all else becomes '-'. No dot, so no "..", no hidden file, no ending.
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        var runes = 0;

        // Half a surrogate pair cannot be normalised; enumerating puts U+FFFD in its place, which is no letter.
        var whole = string.Concat(name.EnumerateRunes().Select(static r => r.ToString()));
        foreach (var rune in whole.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (runes++ == MostRunes)
            {
                break;
            }

            plain.Append(rune.Value is '-' or '_' || Rune.IsLetterOrDigit(rune) ? rune.ToString() : "-");
        }

        return plain.ToString().Trim('-') is { Length: > 0 } text ? text : "client";
    }

    // Windows reads these as devices: con, prn, aux, nul, com0 to com9, lpt0 to lpt9.
    private static bool IsTaken(string name)
    {
        var lower = name.ToLower(CultureInfo.InvariantCulture);
        return Array.IndexOf(Taken, lower) >= 0
            || (lower.Length == 4 && (lower.StartsWith("com", StringComparison.Ordinal) || lower.StartsWith("lpt", StringComparison.Ordinal)) && char.IsDigit(lower[3]));
    }

    // A client named as another one's digest would be would get that one's file.
    private static bool EndsInDigest(string name) => name.Length > DigestChars && name[^(DigestChars + 1)] == '-' && name[^DigestChars..].All(char.IsAsciiHexDigit);

    // Of the name and nothing else, so a client keeps its file's name from run to run.
    private static string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestChars];
}
