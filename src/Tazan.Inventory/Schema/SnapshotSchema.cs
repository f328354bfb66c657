using System.Collections.Frozen;
using System.Collections.Immutable;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Schema;

/// <summary>The whole schema of a snapshot: what calls fill, what facts derive, and what the snapshot says of itself.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public static class SnapshotSchema
{
    /// <summary>The version written to <c>PRAGMA user_version</c>; raised whenever an older program would misread a snapshot.</summary>
    public const int Version = 1;

    /// <summary>The value of <c>PRAGMA application_id</c>: <c>TAZN</c> in ASCII.</summary>
    public const int ApplicationId = 0x54415a4e;

    /// <summary>What the snapshot says of itself.</summary>
    public const string MetaSql = """
        CREATE TABLE snapshot (
          schema_version INTEGER NOT NULL, tazan_version TEXT NOT NULL,
          made_by TEXT NOT NULL, made_at TEXT NOT NULL,
          collected_at TEXT, tags_hashed INTEGER NOT NULL);
        CREATE TABLE source (
          id INTEGER PRIMARY KEY, path TEXT NOT NULL, document INTEGER NOT NULL,
          service TEXT, operation TEXT, account TEXT, region TEXT,
          account_from TEXT, region_from TEXT, resource TEXT, collected_at TEXT,
          items INTEGER NOT NULL, bytes INTEGER NOT NULL, status TEXT NOT NULL, note TEXT NOT NULL);
        CREATE TABLE call (
          account TEXT NOT NULL, region TEXT NOT NULL, service TEXT NOT NULL, operation TEXT NOT NULL,
          iam_action TEXT NOT NULL, status TEXT NOT NULL, pages INTEGER NOT NULL, items INTEGER NOT NULL,
          collected_at TEXT, note TEXT NOT NULL);
        CREATE TABLE blind_spot (
          account TEXT NOT NULL, region TEXT NOT NULL, service TEXT NOT NULL, operation TEXT NOT NULL,
          reason TEXT NOT NULL, mend TEXT NOT NULL);
        CREATE TABLE fact_source (
          fact TEXT NOT NULL, reads TEXT NOT NULL, required INTEGER NOT NULL);
        """;

    /// <summary>What people join most, spelt once. Views, so they cost nothing until asked.</summary>
    public const string ViewSql = """
        CREATE VIEW tag AS
          SELECT 'instance' AS resource_type, i.instance_id AS resource_id, i.account, i.region, t.key, t.value FROM instance i, json_each(i.tags) t
          UNION ALL SELECT 'volume', v.volume_id, v.account, v.region, t.key, t.value FROM volume v, json_each(v.tags) t
          UNION ALL SELECT 'image', m.image_id, m.account, m.region, t.key, t.value FROM image m, json_each(m.tags) t
          UNION ALL SELECT 'ebs_snapshot', s.snapshot_id, s.account, s.region, t.key, t.value FROM ebs_snapshot s, json_each(s.tags) t
          UNION ALL SELECT 'security_group', g.group_id, g.account, g.region, t.key, t.value FROM security_group g, json_each(g.tags) t
          UNION ALL SELECT 'db_instance', d.db_instance_identifier, d.account, d.region, t.key, t.value FROM db_instance d, json_each(d.tags) t
          UNION ALL SELECT 'auto_scaling_group', a.auto_scaling_group_name, a.account, a.region, t.key, t.value FROM auto_scaling_group a, json_each(a.tags) t;
        CREATE VIEW instance_security_group AS
          SELECT i.account, i.region, i.instance_id, g.value AS group_id FROM instance i, json_each(i.security_groups) g;
        CREATE VIEW network_interface_security_group AS
          SELECT n.account, n.region, n.network_interface_id, n.instance_id, g.value AS group_id FROM network_interface n, json_each(n.security_groups) g;
        CREATE VIEW connection_tracking AS
          SELECT s.account, s.region, s.network_interface_id, s.instance_id, t.direction, t.protocol, t.from_port, t.to_port,
                 t.family, t.tracked, t.rule, t.response_rule, t.reason
            FROM interface_group_set s JOIN group_set_tracking t ON t.group_set = s.group_set AND t.account = s.account AND t.region = s.region;
        CREATE VIEW interface_reachability AS
          SELECT s.account, s.region, s.network_interface_id, s.instance_id, r.protocol, r.from_port, r.to_port, r.family,
                 r.source_kind, r.source, r.exposure, r.reason
            FROM interface_reach_set s JOIN reachability r ON r.reach_set = s.reach_set AND r.account = s.account AND r.region = s.region;
        """;

    /// <summary>Tables that calls fill and facts derive, by declaration.</summary>
    public static ImmutableArray<Table> Tables { get; } =
        [.. Catalogue.Calls.SelectMany(static call => call.Declares), .. FactTables.All];

    private static readonly FrozenDictionary<string, Table> ByName =
        Tables.ToFrozenDictionary(static table => table.Name, StringComparer.Ordinal);

    /// <summary>The table of that name, or null.</summary>
    public static Table? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The table of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Table Get(string name) => ByName[name];

    /// <summary>Makes all tables and views in an empty database. Indexes are made by <see cref="Finish"/>.</summary>
    public static void Create(Database database)
    {
        database.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        database.Execute(MetaSql);
        foreach (var table in Tables)
        {
            database.Execute(table.CreateSql);
        }

        database.Execute(ViewSql);
    }

    /// <summary>Makes the index over the key of each of the named tables that have one, once their rows are in.</summary>
    public static void Finish(Database database, IEnumerable<Table> tables)
    {
        foreach (var table in tables)
        {
            if (table.Key.Length > 0 && table.IsIndexed)
            {
                database.Execute(table.IndexSql);
            }
        }
    }
}
