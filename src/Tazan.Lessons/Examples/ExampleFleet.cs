using Tazan.Inventory.Calls;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Examples;

/// <summary>Makes a snapshot in memory from an example's rows, facts derived.</summary>
/// <remarks>
/// A table that the example names counts as read, and so do the tables that a named fact needs; everything else was not
/// in the input. Rows given for a fact stand instead of what would be derived.
/// </remarks>
internal static class ExampleFleet
{
    internal const string Account = "123456789012";
    internal const string Region = "ap-northeast-1";

    public static Database Make(Example example, CancellationToken cancellation)
    {
        var database = Database.OpenInMemory();
        try
        {
            SnapshotSchema.Create(database);
            foreach (var table in example.Tables)
            {
                if (!SnapshotSchema.Get(table.Table).IsFact)
                {
                    Insert(database, table);
                }
            }

            SnapshotSchema.Finish(database, SnapshotSchema.Tables.Where(static t => !t.IsFact));
            FactBook.DeriveAll(database, example.Now, FleetSettings.Default, null, cancellation);
            foreach (var table in example.Tables)
            {
                if (SnapshotSchema.Get(table.Table).IsFact && !table.Rows.IsEmpty)
                {
                    database.Execute($"delete from {table.Table}");
                    Insert(database, table);
                }
            }

            NoteCalls(database, example);
            var now = example.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            using (var snapshot = database.Prepare("insert into snapshot values (?1, '', 'tazan lesson test', ?2, ?2, 0)"))
            {
                snapshot.Bind(1, SnapshotSchema.Version).Bind(2, now).Run();
            }

            // From here on it is what a lesson meets in a real snapshot: nothing can be written.
            database.Execute("PRAGMA query_only = 1");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void Insert(Database database, ExampleTable table)
    {
        var isFact = SnapshotSchema.Get(table.Table).IsFact;
        foreach (var row in table.Rows)
        {
            var values = row.ToList();
            Default(values, "account", Account);
            Default(values, "region", IsGlobal(table.Table) ? Identity.Global : Region);
            if (!isFact)
            {
                values.Add(new("source", 1L));
            }

            using var insert = database.Prepare(
                $"insert into {table.Table} ({string.Join(",", values.Select(static v => v.Key))}) values ({string.Join(",", values.Select(static (_, i) => "?" + (i + 1)))})");
            for (var i = 0; i < values.Count; i++)
            {
                _ = values[i].Value switch
                {
                    null => insert.BindNull(i + 1),
                    long whole => insert.Bind(i + 1, whole),
                    double number => insert.Bind(i + 1, number),
                    var text => insert.Bind(i + 1, (string)text),
                };
            }

            insert.Run();
        }
    }

    private static void NoteCalls(Database database, Example example)
    {
        var named = new SortedSet<string>(example.Tables.Select(static t => t.Table), StringComparer.Ordinal);
        var readTables = new Checking.Readings(database).Expand(named, []);
        readTables.UnionWith(named.Where(static t => !SnapshotSchema.Get(t).IsFact));
        var readCalls = readTables
            .Select(static t => Catalogue.Filling(t).FirstOrDefault(c => c.Declares.Any(d => d.Name == t)))
            .OfType<Call>().Distinct().ToList();
        var places = Places(example);
        using var insert = database.Prepare("insert into call values (?1, ?2, ?3, ?4, ?5, 'read', 1, 0, null, '')");
        foreach (var (account, region) in places)
        {
            foreach (var call in readCalls)
            {
                insert.Bind(1, account).Bind(2, call.Scope == CallScope.Global ? Identity.Global : region)
                    .Bind(3, call.Service).Bind(4, call.Operation).Bind(5, call.IamAction).Run();
            }
        }

        using var blind = database.Prepare("insert into blind_spot values (?1, ?2, ?3, ?4, 'not in the input', ?5)");
        foreach (var (account, region) in places)
        {
            foreach (var call in Catalogue.Calls.Where(c => !readCalls.Contains(c)))
            {
                blind.Bind(1, account).Bind(2, call.Scope == CallScope.Global ? Identity.Global : region)
                    .Bind(3, call.Service).Bind(4, call.Operation).Bind(5, $"Save it with '{call.CliCommand}', or allow {call.IamAction}.").Run();
            }
        }
    }

    private static SortedSet<(string Account, string Region)> Places(Example example)
    {
        var places = new SortedSet<(string Account, string Region)>();
        foreach (var table in example.Tables)
        {
            foreach (var row in table.Rows)
            {
                var account = row.FirstOrDefault(static v => v.Key == "account").Value as string ?? Account;
                var region = row.FirstOrDefault(static v => v.Key == "region").Value as string ?? Region;
                if (region != Identity.Global && !IsGlobal(table.Table))
                {
                    places.Add((account, region));
                }
            }
        }

        if (places.Count == 0)
        {
            places.Add((Account, Region));
        }

        return places;
    }

    private static bool IsGlobal(string table) => Catalogue.Filling(table) is [var call, ..] && call.Scope == CallScope.Global;

    private static void Default(List<KeyValuePair<string, object?>> values, string column, string value)
    {
        if (!values.Exists(v => v.Key == column))
        {
            values.Add(new(column, value));
        }
    }
}
