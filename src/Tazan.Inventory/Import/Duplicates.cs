using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>Takes out rows that are there twice: pages saved twice, overlapping files, and parts that another call tells in full.</summary>
/// <remarks>
/// Runs after the key indexes are made, and finds out from them alone whether a table has any: each is one walk along an
/// index in its own order. A full row wins over a partial one, then the one of the later file and the later place.
/// </remarks>
internal sealed class Duplicates(Database database)
{
    // One series comes in several pages, each with other points: only the very same page is a duplicate.
    private static readonly Dictionary<string, string> WholeKeys = new(StringComparer.Ordinal)
    {
        ["metric_series"] = "label, id, timestamps, points",
        ["metric_statistics"] = "resource, label, datapoints",
    };

    /// <summary>Rows that said the same as, or less than, one that was kept because it is the later.</summary>
    public long Removed { get; private set; }

    /// <summary>Takes duplicates out of the tables that have rows.</summary>
    public void Remove(IEnumerable<Table> tables, CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            cancellation.ThrowIfCancellationRequested();
            Remove(table);
        }
    }

    private void Remove(Table table)
    {
        // A row whose key is not known (what was it asked about?) is no duplicate of another such row.
        var own = WholeKeys.GetValueOrDefault(table.Name) ?? string.Join(", ", table.Key);
        var known = own.Length == 0 ? "1" : $"{own.Split(',')[0]} IS NOT NULL";
        var key = own.Length == 0 ? "account, region" : own + ", account, region";
        bool HasTwice(string columns) => database.Count($"SELECT EXISTS (SELECT 1 FROM {table.Name} WHERE {known} GROUP BY {columns} HAVING count(*) > 1)") == 1;

        // Along the index first, whatever it leaves out of the key: where that finds nothing, the whole key would not either.
        if ((own.Length > 0 && !table.IndexColumns.Contains("account") && !HasTwice(own)) || !HasTwice(key))
        {
            return;
        }

        var partial = string.Join(", ", Catalogue.Filling(table.Name)
            .Where(call => call.Fills.Any(f => f.Table == table.Name && f.IsPartial))
            .Select(static call => $"'{call.Service} {call.Operation}'"));
        var isPartial = partial.Length == 0 ? "0" : $"(SELECT s.service || ' ' || s.operation IN ({partial}) FROM source s WHERE s.id = t.source)";
        database.Execute($"""
            CREATE TEMP TABLE gone AS
              SELECT row, source, part, winner_source FROM (
                SELECT t.rowid AS row, t.source AS source, {isPartial} AS part,
                       row_number() OVER w AS place, first_value(t.source) OVER w AS winner_source
                FROM {table.Name} t WHERE {known}
                WINDOW w AS (PARTITION BY {key} ORDER BY {isPartial}, t.source DESC, t.rowid DESC)) WHERE place > 1
            """);
        Removed += database.Count("SELECT count(*) FROM gone WHERE NOT part");
        RemoveInner(table);
        database.Execute($"DELETE FROM {table.Name} WHERE rowid IN (SELECT row FROM gone)");
        database.Execute("DROP TABLE gone");
    }

    // What stood inside a row that goes, goes with it: else a permission that was taken away between two saves stays.
    private void RemoveInner(Table table)
    {
        if (table.Key.IsEmpty)
        {
            return;
        }

        var id = table.Key[0];
        foreach (var call in Catalogue.Filling(table.Name))
        {
            foreach (var outer in call.Fills.Where(f => f.Table == table.Name && !f.IsPartial && f.Items.Length > 0))
            {
                foreach (var inner in call.Fills.Where(f => f.Table != table.Name && f.Items.StartsWith(outer.Items + ".", StringComparison.Ordinal) && f.Columns.Any(c => c.Name == id)))
                {
                    database.Execute($"""
                        DELETE FROM {inner.Table} WHERE rowid IN (
                          SELECT i.rowid FROM gone g JOIN {table.Name} o ON o.rowid = g.row JOIN {inner.Table} i ON i.{id} = o.{id} AND i.source = g.source
                          WHERE g.source <> g.winner_source AND NOT g.part)
                        """);
                }
            }
        }
    }
}
