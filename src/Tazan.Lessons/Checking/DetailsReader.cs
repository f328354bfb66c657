using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Reads the further columns of a lesson's rows; rows in succession that say the same share one list.</summary>
internal sealed class DetailsReader(Statement rows, SharedTexts texts, string[] names, int[] columns)
{
    private readonly KeyValuePair<string, string>[] current = new KeyValuePair<string, string>[columns.Length];
    private ImmutableArray<KeyValuePair<string, string>> last = [];

    /// <summary>Those of the current row that are not null, in the order of the SQL.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Read()
    {
        var count = 0;
        foreach (var column in columns)
        {
            if (!rows.IsNull(column))
            {
                current[count++] = new(names[column], texts.Read(column));
            }
        }

        if (!IsLast(count))
        {
            last = [.. current.AsSpan(0, count)];
        }

        return last;
    }

    // By hand: a pair has no equality of its own, and the general one looks at its fields by reflection.
    private bool IsLast(int count)
    {
        if (count != last.Length)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (current[i].Key != last[i].Key || current[i].Value != last[i].Value)
            {
                return false;
            }
        }

        return true;
    }
}
