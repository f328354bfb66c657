using System.Collections.Immutable;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Compare;

/// <summary>What appeared, went and changed between two snapshots.</summary>
/// <remarks>
/// Both are read in the order of each table's key and merged, so memory does not grow with the fleet. What only one of
/// them could read is reported as a blind spot and compared no further: a call that was refused last night is no fleet
/// that vanished.
/// </remarks>
public static class SnapshotDiff
{
    // What happened, or was measured, is not what the fleet is: two collections always differ in it.
    private static readonly HashSet<string> History = new(StringComparer.Ordinal)
    {
        "metric_series", "metric_statistics", "metric", "console_output", "trail_event", "query_execution", "scaling_activity",
        "backup_job", "caller_identity", "security_group_permission", "security_group_rule_listed",
    };

    // Facts worth telling when they change; the others repeat what the tables say.
    private static readonly HashSet<string> Facts = new(StringComparer.Ordinal) { "service", "service_dependency", "security_group_rule" };

    // Columns that move by themselves.
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "state_updated", "last_updated_time", "available_ip_address_count", "latest_restorable_time", "stored_bytes", "progress",
        "estimated_time_to_complete", "initialization_progress", "last_execution", "last_execution_time", "last_launched_time",
        "visible_messages", "size_in_bytes", "last_backup_time", "last_updated_at", "reason", "kind_reason", "confidence",
    };

    /// <summary>Compares two snapshots.</summary>
    /// <param name="before">The older.</param>
    /// <param name="after">The newer.</param>
    /// <param name="comparedAt">Now, UTC.</param>
    /// <param name="version">The program's version, for the report.</param>
    /// <param name="cancellation">Looked at between tables.</param>
    public static DiffReport Compare(Snapshot before, Snapshot after, DateTimeOffset comparedAt, string version, CancellationToken cancellation)
    {
        var services = new ServiceLookup(before.Database, after.Database);
        var (readBefore, readAfter) = (ReadCalls(before.Database), ReadCalls(after.Database));
        var changes = new List<FleetChange>();
        var blind = new SortedDictionary<(string Account, string Region, string Service, string Operation), BlindSpot>();
        foreach (var table in SnapshotSchema.Tables.Where(static t => t.IsFact ? Facts.Contains(t.Name) : !History.Contains(t.Name)))
        {
            cancellation.ThrowIfCancellationRequested();
            bool CanBeCompared(string account, string region)
            {
                var calls = Catalogue.Filling(table.Name);
                if (calls.Length == 0)
                {
                    return true;
                }

                var (inBefore, inAfter) = (calls.Any(c => readBefore.Contains((account, region, c))), calls.Any(c => readAfter.Contains((account, region, c))));
                if (inBefore == inAfter)
                {
                    return true;
                }

                var call = calls[0];
                blind.TryAdd((account, region, call.Service, call.Operation), new BlindSpot(
                    account, region, call.Service, call.Operation, $"read only in {(inBefore ? before.Path : after.Path)}", $"Compare two snapshots that both hold it: {call.CliCommand}"));
                return false;
            }

            changes.AddRange(CompareTable(table, before.Database, after.Database, services, CanBeCompared));
        }

        return new DiffReport
        {
            Before = before.Path,
            After = after.Path,
            BeforeCollectedAt = before.CollectedAt,
            AfterCollectedAt = after.CollectedAt,
            ComparedAt = comparedAt,
            Version = version,
            Changes = [.. changes
                .OrderBy(static c => c.Service, StringComparer.Ordinal).ThenBy(static c => c.Kind)
                .ThenBy(static c => c.Resource.Type, StringComparer.Ordinal).ThenBy(static c => c.Resource.Account, StringComparer.Ordinal)
                .ThenBy(static c => c.Resource.Region, StringComparer.Ordinal).ThenBy(static c => c.Resource.Id, StringComparer.Ordinal)],
            BlindSpots = [.. blind.Values],
        };
    }

    private static IEnumerable<FleetChange> CompareTable(Table table, Database before, Database after, ServiceLookup services, Func<string, string, bool> canBeCompared)
    {
        var columns = table.Columns.Where(c => !Volatile.Contains(c.Name)).Select(static c => c.Name).ToArray();
        var keys = table.Key.Length == 0 ? "''" : string.Join(" || '/' || ", table.Key.Select(static k => $"ifnull({k}, '')"));
        var sql = $"select ifnull(account, ''), ifnull(region, ''), {keys}, {string.Join(", ", columns)} from {table.Name} order by 1, 2, 3, {string.Join(", ", columns)}";
        using var old = new Cursor(before.Prepare(sql), columns.Length);
        using var young = new Cursor(after.Prepare(sql), columns.Length);
        while (old.HasRow || young.HasRow)
        {
            var order = Cursor.Compare(old, young);
            var here = order <= 0 ? old : young;
            var resource = new Resource(table.Name, here.Key, here.Account, here.Region);
            ImmutableArray<ColumnChange> values = order == 0
                ? [.. columns.Select((name, i) => new ColumnChange(name, old.Values[i], young.Values[i])).Where(static c => c.Before != c.After)]
                : [.. columns.Select((name, i) => order < 0 ? new ColumnChange(name, old.Values[i], null) : new ColumnChange(name, null, young.Values[i])).Where(static c => c.Before is not null || c.After is not null).Take(6)];
            var kind = order == 0 ? ChangeKind.Changed : order < 0 ? ChangeKind.Went : ChangeKind.Appeared;
            if ((order != 0 || values.Length > 0) && canBeCompared(resource.Account, resource.Region))
            {
                yield return new FleetChange { Kind = kind, Resource = resource, Service = services.Find(table, here.Columns(columns)), Columns = values };
            }

            if (order <= 0)
            {
                old.Next();
            }

            if (order >= 0)
            {
                young.Next();
            }
        }
    }

    private static HashSet<(string Account, string Region, Call Call)> ReadCalls(Database database)
    {
        var read = new HashSet<(string, string, Call)>();
        using var rows = database.Prepare("select account, region, service, operation from call where status = 'read'");
        while (rows.Step())
        {
            if (Catalogue.Find(rows.GetString(2), rows.GetString(3)) is { } call)
            {
                read.Add((rows.GetString(0), rows.GetString(1), call));
            }
        }

        return read;
    }

    /// <summary>One table's rows in the order of account, region and key.</summary>
    private sealed class Cursor : IDisposable
    {
        private readonly Statement statement;

        internal Cursor(Statement statement, int columns)
        {
            this.statement = statement;
            Values = new string?[columns];
            Next();
        }

        internal bool HasRow { get; private set; }

        internal string Account { get; private set; } = "";

        internal string Region { get; private set; } = "";

        internal string Key { get; private set; } = "";

        internal string?[] Values { get; private set; }

        internal void Next()
        {
            HasRow = statement.Step();
            if (!HasRow)
            {
                return;
            }

            (Account, Region, Key) = (statement.GetString(0), statement.GetString(1), statement.GetString(2));
            for (var i = 0; i < Values.Length; i++)
            {
                Values[i] = statement.FindString(i + 3);
            }
        }

        internal Dictionary<string, string?> Columns(string[] names)
        {
            var columns = new Dictionary<string, string?>(names.Length, StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++)
            {
                columns[names[i]] = Values[i];
            }

            return columns;
        }

        // SQLite's own order of text is by byte of UTF-8; for ids and names that is ordinal order.
        internal static int Compare(Cursor old, Cursor young)
        {
            if (!old.HasRow || !young.HasRow)
            {
                return old.HasRow ? -1 : 1;
            }

            var order = string.CompareOrdinal(old.Account, young.Account);
            order = order != 0 ? order : string.CompareOrdinal(old.Region, young.Region);
            return order != 0 ? order : string.CompareOrdinal(old.Key, young.Key);
        }

        public void Dispose() => statement.Dispose();
    }

    /// <summary>Which service a row belongs to: by its instance, or by the instance its volume is on; the newer snapshot first.</summary>
    private sealed class ServiceLookup
    {
        private readonly Dictionary<string, string> byResource = new(StringComparer.Ordinal);

        internal ServiceLookup(params Database[] olderFirst)
        {
            foreach (var database in olderFirst)
            {
                using var members = database.Prepare(
                    "select instance_id, service from service_member union all select b.volume_id, m.service from block_device b join service_member m using (instance_id) where b.volume_id is not null "
                    + "union all select n.network_interface_id, m.service from network_interface n join service_member m using (instance_id)");
                while (members.Step())
                {
                    byResource[members.GetString(0)] = members.GetString(1);
                }
            }
        }

        internal string Find(Table table, Dictionary<string, string?> row)
        {
            if (table.Name is "service" or "service_dependency" && row.GetValueOrDefault("service") is { } name)
            {
                return name;
            }

            foreach (var column in new[] { "instance_id", "volume_id", "network_interface_id", "target_id" })
            {
                if (row.GetValueOrDefault(column) is { } id && byResource.TryGetValue(id, out var service))
                {
                    return service;
                }
            }

            return "";
        }
    }
}
