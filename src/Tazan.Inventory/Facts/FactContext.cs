using System.Globalization;
using Tazan.Inventory.Facts.Network;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>What a fact may use: the tables (each read is noted, so that blind spots reach the answers), the time, the user's settings.</summary>
/// <remarks>Not thread-safe: facts are derived one after the other.</remarks>
public sealed class FactContext(Database database, DateTimeOffset now, FleetSettings settings)
{
    private readonly Dictionary<(string Fact, string Table), bool> reads = [];
    private IFact? current;
    private InstanceRoll? instances;
    private InterfaceRoll? interfaces;

    /// <summary>The moment facts are judged at: when the fleet was collected, or when it was imported where nothing says so. UTC.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>What <c>tazan.yaml</c> declares.</summary>
    public FleetSettings Settings { get; } = settings;

    /// <summary>Which fact reads which table, and whether the fact is worth nothing without it.</summary>
    public IReadOnlyDictionary<(string Fact, string Table), bool> Reads => reads;

    internal Database Database => database;

    /// <summary>Texts that stay where they are while facts are derived.</summary>
    internal TextArena Texts { get; } = new();

    /// <summary>The instances; filled by the first fact that goes over them, for those after it. Each notes what it reads itself.</summary>
    internal InstanceRoll Instances
    {
        get => instances ??= InstanceRoll.Read(this);
        set => instances = value;
    }

    /// <summary>The interfaces, read once for all facts with a row for each. Each notes what it reads itself.</summary>
    internal InterfaceRoll Interfaces => interfaces ??= InterfaceRoll.Read(this);

    /// <summary>Notes the tables of a query whose rows are at hand already.</summary>
    internal void Note(string sql, bool required) => Prepare(sql, required).Dispose();

    internal void Begin(IFact fact) => current = fact;

    /// <summary>A query without which the fact says nothing: where its tables could not be read, the fact is unknown.</summary>
    public Statement Query(string sql) => Prepare(sql, required: true);

    /// <summary>A query that only sharpens the fact (metrics, say): without its tables the fact still holds.</summary>
    public Statement Refine(string sql) => Prepare(sql, required: false);

    /// <summary>An insert into one of the fact's own tables, its parameters being account, region and then the columns in the schema's order.</summary>
    public FactWriter Write(string table)
    {
        var definition = SnapshotSchema.Get(table);
        var columns = definition.Columns.Length + 2;
        var parameters = string.Join(",", Enumerable.Range(1, columns).Select(static n => "?" + n.ToString(CultureInfo.InvariantCulture)));
        return new FactWriter(database.Prepare($"INSERT INTO {table} VALUES ({parameters})"), columns);
    }

    private Statement Prepare(string sql, bool required)
    {
        foreach (var table in database.TablesRead(sql))
        {
            foreach (var fact in current?.Tables ?? [])
            {
                reads[(fact, table)] = required || reads.GetValueOrDefault((fact, table));
            }
        }

        return database.Prepare(sql);
    }
}
