using Tazan.Inventory.Calls;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Testing;

/// <summary>A snapshot in memory, made row by row: a test names only the columns it cares about.</summary>
public sealed class FleetRows : IDisposable
{
    public const string Account = "123456789012";
    public const string Region = "ap-northeast-1";

    /// <summary>The moment such fleets are looked at.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public FleetRows()
    {
        Database = Database.OpenInMemory();
        SnapshotSchema.Create(Database);
    }

    public Database Database { get; }

    /// <summary>Adds a row; <c>account</c> and <c>region</c> are filled in unless given.</summary>
    public FleetRows Add(string table, params (string Column, object? Value)[] values)
    {
        var all = new List<(string Column, object? Value)>(values);
        void Default(string column, object value)
        {
            if (!all.Exists(v => v.Column == column))
            {
                all.Add((column, value));
            }
        }

        Default("account", Account);
        Default("region", Region);
        if (!SnapshotSchema.Get(table).IsFact)
        {
            Default("source", 1);
        }

        using var insert = Database.Prepare(
            $"INSERT INTO {table} ({string.Join(",", all.Select(static v => v.Column))}) VALUES ({string.Join(",", all.Select(static (_, i) => "?" + (i + 1)))})");
        for (var i = 0; i < all.Count; i++)
        {
            switch (all[i].Value)
            {
                case null: insert.BindNull(i + 1); break;
                case int number: insert.Bind(i + 1, (long)number); break;
                case long number: insert.Bind(i + 1, number); break;
                case bool flag: insert.Bind(i + 1, flag ? 1L : 0L); break;
                case double number: insert.Bind(i + 1, number); break;
                case string[] list: insert.Bind(i + 1, JsonTexts.Array(list)); break;
                case DateTimeOffset time: insert.Bind(i + 1, time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")); break;
                case var other: insert.Bind(i + 1, other.ToString()); break;
            }
        }

        insert.Run();
        return this;
    }

    /// <summary>Says that a call was read for the usual account and region.</summary>
    public FleetRows Read(string service, string operation)
    {
        var call = Catalogue.Find(service, operation) ?? throw new ArgumentException($"There is no call {service} {operation}.");
        using var insert = Database.Prepare("INSERT INTO call VALUES (?1, ?2, ?3, ?4, ?5, 'read', 1, 0, NULL, '')");
        insert.Bind(1, Account).Bind(2, call.Scope == CallScope.Global ? Identity.Global : Region)
            .Bind(3, service).Bind(4, operation).Bind(5, call.IamAction).Run();
        return this;
    }

    /// <summary>Derives one fact (and what it needs must be there already).</summary>
    public FleetRows Derive(IFact fact, FleetSettings? settings = null)
    {
        var context = new FactContext(Database, Now, settings ?? FleetSettings.Default);
        context.Begin(fact);
        fact.Derive(context);
        return this;
    }

    /// <summary>All rows of a query, each value as text, null as "".</summary>
    public List<string[]> Rows(string sql)
    {
        using var query = Database.Prepare(sql);
        var rows = new List<string[]>();
        while (query.Step())
        {
            rows.Add([.. Enumerable.Range(0, query.ColumnCount).Select(query.GetString)]);
        }

        return rows;
    }

    public void Dispose() => Database.Dispose();
}
