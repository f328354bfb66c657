using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>Writes batches of rows into the snapshot. One thread.</summary>
internal sealed unsafe class RowLoader(Database database) : IDisposable
{
    private readonly Statement?[] inserts = new Statement?[Plans.Maps.Length];
    private readonly long[] rows = new long[Plans.Maps.Length];

    /// <summary>How many rows each map has made, by its number.</summary>
    public IReadOnlyList<long> Rows => rows;

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">Read only.</param>
    /// <param name="firstSource">The source number of the file's first document.</param>
    /// <param name="names">The file's accounts and regions.</param>
    public void Write(RowBatch batch, long firstSource, byte[][] names)
    {
        var cells = batch.Cells;

        // The batch's bytes stay put until its rows are written, so SQLite reads them where they lie.
        fixed (byte* bytes = batch.Bytes)
        foreach (ref readonly var row in batch.Rows)
        {
            var map = Plans.Maps[row.Map];
            var insert = inserts[row.Map] ??= database.Prepare(map.InsertSql);
            rows[row.Map]++;
            insert.Bind(1, firstSource + row.Document);
            BindName(insert, 2, names[row.Account]);
            if (map.Call.Scope == Calls.CallScope.Global)
            {
                insert.Bind(3, "global"u8);
            }
            else
            {
                BindName(insert, 3, names[row.Region]);
            }

            var own = cells.Slice(row.FirstCell, map.Cells.Length);
            for (var i = 0; i < own.Length; i++)
            {
                ref readonly var cell = ref own[i];
                switch (cell.Length)
                {
                    case Cell.Null: insert.BindNull(i + 4); break;
                    case Cell.Integer: insert.Bind(i + 4, cell.Value); break;
                    case Cell.Real: insert.Bind(i + 4, BitConverter.Int64BitsToDouble(cell.Value)); break;
                    default: insert.BindInPlace(i + 4, bytes + cell.Value, cell.Length); break;
                }
            }

            insert.Run();
        }
    }

    public void Dispose()
    {
        foreach (var insert in inserts)
        {
            insert?.Dispose();
        }
    }

    private static void BindName(Statement insert, int parameter, byte[] name)
    {
        if (name.Length == 0)
        {
            insert.BindNull(parameter);
        }
        else
        {
            insert.Bind(parameter, name.AsSpan());
        }
    }
}
