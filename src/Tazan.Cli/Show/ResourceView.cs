using System.Collections.Immutable;
using Tazan.Inventory;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Cli.Show;

/// <summary>One table's rows about a resource.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="IsFact">Whether it is derived.</param>
/// <param name="Columns">The columns that some row has a value in.</param>
/// <param name="Rows">Each with a cell for each column; null for no value.</param>
internal sealed record ResourceRows(string Table, bool IsFact, ImmutableArray<string> Columns, ImmutableArray<string?[]> Rows);

/// <summary>All that a snapshot knows of one resource.</summary>
/// <param name="Resource">Which.</param>
/// <param name="Own">Its own row.</param>
/// <param name="Related">What refers to it, and what it refers to.</param>
/// <param name="Facts">What was derived about it.</param>
internal sealed record ResourceView(Resource Resource, ResourceRows Own, ImmutableArray<ResourceRows> Related, ImmutableArray<ResourceRows> Facts)
{
    // Columns that name a resource of any type.
    private static readonly string[] AnyReference = ["subject_id", "resource_id", "target_id", "entity_value", "resource_arn", "source_resource_arn"];

    /// <summary>Finds a resource by id, name or ARN in the tables that answers fill; null when there is none.</summary>
    /// <remarks>Where several accounts or types share a name, the first by table and account is taken and the others are told by <see cref="Others"/>.</remarks>
    internal static ResourceView? Find(Snapshot snapshot, string id)
    {
        var found = Places(snapshot, id);
        if (found.Count == 0)
        {
            return null;
        }

        var (table, column, resource) = found[0];
        var own = Read(snapshot.Database, table, $"{column} = ?1 and ifnull(account, '') = ?2 and ifnull(region, '') = ?3", resource.Id, resource.Account, resource.Region)!;
        var related = ImmutableArray.CreateBuilder<ResourceRows>();
        var facts = ImmutableArray.CreateBuilder<ResourceRows>();
        foreach (var other in SnapshotSchema.Tables)
        {
            var columns = other.Columns.Where(c => c.Name == column || Array.IndexOf(AnyReference, c.Name) >= 0 || (column != "name" && c.Name.EndsWith('_' + column, StringComparison.Ordinal)))
                .Select(static c => c.Name).Where(c => other.Name != table.Name || c != column).ToArray();
            if (columns.Length == 0 || other.Name == table.Name)
            {
                continue;
            }

            var rows = Read(snapshot.Database, other, string.Join(" or ", columns.Select(static c => c + " = ?1")), resource.Id);
            if (rows is not null)
            {
                (other.IsFact ? facts : related).Add(rows);
            }
        }

        foreach (var rows in Referred(snapshot.Database, own, table))
        {
            related.Add(rows);
        }

        Through(snapshot.Database, resource, own, related, facts);
        return new ResourceView(resource, own, related.ToImmutable(), facts.ToImmutable()) { Others = [.. found.Skip(1).Select(static f => f.Resource)] };
    }

    /// <summary>Other resources of the same id or name.</summary>
    internal ImmutableArray<Resource> Others { get; private init; } = [];

    /// <summary>Ids that look like the one that was not found, at most three.</summary>
    internal static List<string> Alike(Snapshot snapshot, string id)
    {
        var alike = new List<string>();
        var start = id.Length > 6 ? id[..6] : id;
        foreach (var table in SnapshotSchema.Tables.Where(static t => !t.IsFact && t.Key.Length == 1))
        {
            using var query = snapshot.Database.Prepare($"select {table.Key[0]} from {table.Name} where {table.Key[0]} >= ?1 and {table.Key[0]} < ?2 limit 3");
            query.Bind(1, start).Bind(2, start + "\uffff");
            while (query.Step() && alike.Count < 3)
            {
                alike.Add(query.GetString(0));
            }
        }

        return alike;
    }

    private static List<(Table Table, string Column, Resource Resource)> Places(Snapshot snapshot, string id)
    {
        var found = new List<(Table, string, Resource)>();
        foreach (var table in SnapshotSchema.Tables.Where(static t => (!t.IsFact && t.Key.Length == 1) || t.Name == "service"))
        {
            var names = table.Columns.Select(static c => c.Name).Where(n => n == table.Key[0] || n == table.Name + "_arn" || n is "arn" or "function_arn" or "target_group_name" or "load_balancer_name" || (n == "group_name" && table.Name == "security_group"));
            foreach (var name in names)
            {
                using var query = snapshot.Database.Prepare($"select {table.Key[0]}, account, region from {table.Name} where {name} = ?1 order by 2, 3");
                query.Bind(1, id);
                while (query.Step())
                {
                    found.Add((table, table.Key[0], new Resource(table.Name, query.GetString(0), query.GetString(1), query.GetString(2))));
                }
            }
        }

        // What describes a resource comes before what merely lists its status.
        string[] secondary = ["instance_status", "instance_attribute", "credit_specification", "volume_status", "auto_scaling_instance", "console_output", "function_concurrency", "function_recursion", "function_policy", "bucket_location", "bucket_versioning", "load_balancing_tag", "tagged_resource"];
        return [.. found.Where(f => found.Count == 1 || Array.IndexOf(secondary, f.Item1.Name) < 0).DistinctBy(static f => f.Item3)];
    }

    // What the resource itself names: its image, its subnet, its groups ...
    private static IEnumerable<ResourceRows> Referred(Database database, ResourceRows own, Table table)
    {
        for (var i = 0; i < own.Columns.Length; i++)
        {
            var column = own.Columns[i];
            var target = SnapshotSchema.Tables.FirstOrDefault(t => !t.IsFact && t.Name != table.Name && t.Key.Length == 1 && t.Key[0] == column && t.Name is not ("instance_status" or "volume_status" or "auto_scaling_instance" or "instance_attribute" or "credit_specification" or "console_output"));
            if (target is not null && own.Rows[0][i] is { } value && Read(database, target, column + " = ?1", value) is { } rows)
            {
                yield return rows;
            }
        }
    }

    // An instance's interfaces and volumes have facts of their own, which are facts about the instance.
    private static void Through(Database database, Resource resource, ResourceRows own, ImmutableArray<ResourceRows>.Builder related, ImmutableArray<ResourceRows>.Builder facts)
    {
        if (resource.Type != "instance")
        {
            return;
        }

        void Add(ImmutableArray<ResourceRows>.Builder to, Table table, string where)
        {
            if (Read(database, table, where, resource.Id) is { } rows)
            {
                to.Add(rows);
            }
        }

        Add(related, SnapshotSchema.Get("volume"), "volume_id in (select volume_id from block_device where instance_id = ?1)");
        Add(related, SnapshotSchema.Get("security_group"), "group_id in (select g.value from instance i, json_each(i.security_groups) g where i.instance_id = ?1)");
        Add(facts, SnapshotSchema.Get("service"), "service in (select service from service_member where instance_id = ?1)");
        Add(facts, SnapshotSchema.Get("group_set_tracking"), "group_set in (select group_set from interface_group_set where instance_id = ?1)");
        Add(facts, SnapshotSchema.Get("reachability"), "reach_set in (select reach_set from interface_reach_set where instance_id = ?1)");
    }

    private static ResourceRows? Read(Database database, Table table, string where, params string[] values)
    {
        var columns = table.Columns.Select(static c => c.Name).ToArray();
        using var query = database.Prepare($"select {string.Join(", ", columns)} from {table.Name} where {where} limit 200");
        for (var i = 0; i < values.Length; i++)
        {
            query.Bind(i + 1, values[i]);
        }

        var rows = new List<string?[]>();
        while (query.Step())
        {
            rows.Add([.. Enumerable.Range(0, columns.Length).Select(query.FindString)]);
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var used = Enumerable.Range(0, columns.Length).Where(i => rows.Exists(r => !string.IsNullOrEmpty(r[i]))).ToArray();
        return new ResourceRows(table.Name, table.IsFact, [.. used.Select(i => columns[i])], [.. rows.Select(r => used.Select(i => r[i]).ToArray())]);
    }
}
