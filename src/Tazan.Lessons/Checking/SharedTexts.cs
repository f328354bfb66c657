using System.Text;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Reads texts of which few are distinct over many rows (accounts, services, verdicts) as one string each.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SharedTexts(Statement rows)
{
    // Assumed: a column with more distinct values than this hardly repeats any, and keeping them all would cost more
    // than it saves.
    private const int Most = 8192;

    // Assumed: longer texts are sentences, of which no two are alike.
    private const int Longest = 128;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>The column's text; empty where it is null or there is no such column (-1).</summary>
    public string Read(int column)
    {
        if (column < 0)
        {
            return "";
        }

        var utf8 = rows.GetUtf8(column);
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // UTF-8 never has fewer bytes than UTF-16 has units.
        Span<char> decoded = stackalloc char[Longest];
        ReadOnlySpan<char> text = decoded[..Encoding.UTF8.GetChars(utf8, decoded)];
        var bySpan = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (bySpan.TryGetValue(text, out var same))
        {
            return same;
        }

        same = text.ToString();
        if (texts.Count < Most)
        {
            texts.Add(same, same);
        }

        return same;
    }
}
