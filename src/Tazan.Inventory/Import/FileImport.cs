using System.Collections.Concurrent;
using System.Text;

namespace Tazan.Inventory.Import;

/// <summary>One file on its way in: written by the thread that reads it, its batches taken by the thread that writes.</summary>
internal sealed class FileImport(InputFile file)
{
    private readonly Dictionary<string, int> nameIndex = new(StringComparer.Ordinal);
    private readonly List<byte[]> names = [[]];

    // Accounts and regions repeat from row to row; the last few are found without making a string.
    private readonly int[] recent = new int[8];
    private int nextRecent;

    public InputFile File { get; } = file;

    /// <summary>Batches in the order of the file; four are ahead of the writer at most.</summary>
    public BlockingCollection<RowBatch> Batches { get; } = new(boundedCapacity: 4);

    public List<Document> Documents { get; } = [];

    /// <summary>Values of another kind than the API's model says: nulled (or kept as text) and counted, by column.</summary>
    public Dictionary<string, long> OddValues { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the file could not be read to its end; null where it could.</summary>
    public string? Fault { get; set; }

    public long BytesRead { get; set; }

    /// <summary>The name of that number, as a region or account is written. Only after the rows that use it.</summary>
    public byte[] Name(int index) => names[index];

    /// <summary>A number for an account or region; 0 for none.</summary>
    public int Intern(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        foreach (var known in recent)
        {
            if (name.SequenceEqual(names[known]))
            {
                return known;
            }
        }

        var text = Encoding.UTF8.GetString(name);
        if (!nameIndex.TryGetValue(text, out var index))
        {
            lock (names)
            {
                index = names.Count;
                names.Add(name.ToArray());
            }

            nameIndex.Add(text, index);
        }

        recent[nextRecent++ & 7] = index;
        return index;
    }

    /// <summary>A copy of the names so far, for the writer: the reader may be adding some.</summary>
    public byte[][] NamesSoFar()
    {
        lock (names)
        {
            return [.. names];
        }
    }

    public void CountOdd(string column) => OddValues[column] = OddValues.GetValueOrDefault(column) + 1;
}
