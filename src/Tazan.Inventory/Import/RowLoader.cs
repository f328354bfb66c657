using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>Writes batches of rows into the snapshot. One thread.</summary>
internal sealed class RowLoader(Database database) : IDisposable
{
    private static readonly byte[] Global = "global"u8.ToArray();

    private readonly Target?[] targets = new Target?[Plans.Maps.Length];

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">Read only.</param>
    /// <param name="firstSource">The source number of the file's first document.</param>
    /// <param name="names">The file's accounts and regions.</param>
    public unsafe void Write(RowBatch batch, long firstSource, byte[][] names)
    {
        var cells = batch.Cells;

        // A batch's array is never empty, so an empty text has an address too; without one it would be a null.
        fixed (byte* bytes = batch.Bytes)
        {
            foreach (ref readonly var row in batch.Rows)
            {
                var target = targets[row.Map] ??= new Target(database, Plans.Maps[row.Map]);
                var insert = target.Insert;
                target.Place(firstSource + row.Document, names[row.Account], names[row.Region]);
                var own = cells.Slice(row.FirstCell, target.CellCount);
                for (var i = 0; i < own.Length; i++)
                {
                    ref readonly var cell = ref own[i];
                    switch (cell.Length)
                    {
                        case Cell.Null: insert.BindNull(i + 4); break;
                        case Cell.Integer: insert.Bind(i + 4, cell.Value); break;
                        case Cell.Real: insert.Bind(i + 4, BitConverter.Int64BitsToDouble(cell.Value)); break;
                        default: insert.Bind(i + 4, bytes + cell.Value, cell.Length); break;
                    }
                }

                insert.Run();
            }
        }
    }

    public void Dispose()
    {
        foreach (var target in targets)
        {
            target?.Insert.Dispose();
        }
    }

    /// <summary>One map's insert, and what its leading parameters hold already.</summary>
    private sealed class Target(Database database, MapPlan map)
    {
        private readonly bool isGlobal = map.Call.Scope == Calls.CallScope.Global;
        private long source = -1;
        private byte[]? account;
        private byte[]? region;

        public BulkInsert Insert { get; } = new(database, map.InsertSql, map.Cells.Length + 3);

        public int CellCount { get; } = map.Cells.Length;

        // Row after row lies in one account and region; the names are the file's own, so the same object is the same name.
        public void Place(long newSource, byte[] newAccount, byte[] newRegion)
        {
            if (source != newSource)
            {
                source = newSource;
                Insert.Bind(1, newSource);
            }

            if (!ReferenceEquals(account, newAccount))
            {
                account = newAccount;
                Insert.BindCopy(2, newAccount);
            }

            var nextRegion = isGlobal ? Global : newRegion;
            if (!ReferenceEquals(region, nextRegion))
            {
                region = nextRegion;
                Insert.BindCopy(3, nextRegion);
            }
        }
    }
}
