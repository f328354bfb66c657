using System.Collections.Immutable;
using System.Text;

namespace Tazan.Inventory.Facts.Network;

/// <summary>How near each instance is to its limit of tracked connections, which is one for the instance, not one for each interface.</summary>
public sealed class ConnectionLimitFact : IFact
{
    public ImmutableArray<string> Tables => ["connection_limit"];

    public void Derive(FactContext context)
    {
        var tracked = TrackedPorts.Read(context);
        var metrics = ConnectionMetrics.Read(context);
        var types = LimitByType.Read(context, metrics);
        var timeouts = OwnTimeouts(context);
        var several = new Several();

        // Most instances have one interface, no timeout of their own and no metrics: these are copied in one go, by
        // their groups and type. The others are apart.
        using var map = new CombinationMap(context, "limit_of", ["group_set", "instance_type", "account", "region"], ["has_tracked", "ports", "maximum", "basis", "source", "timeout", "reason"]);
        var combinations = new Utf8Index();
        var limits = new List<Limit>();
        var key = new CombinationKey();
        using (var query = context.Query("select account, region, group_set, instance_type, instance_id from interface_group_set where instance_id <> ''"))
        {
            while (query.Step())
            {
                several.Add(query.GetUtf8(4));
                key.Start();
                for (var column = 0; column < 4; column++)
                {
                    key.Add(query.GetUtf8(column));
                }

                combinations.Add(key.Bytes, out var isNew);
                if (isNew)
                {
                    var limit = new Limit(tracked.Of(query.GetString(0), query.GetString(1), query.GetString(2)), types.Of(query.GetString(0), query.GetString(1), query.GetString(3)));
                    limits.Add(limit);
                    map.Add(query.GetString(2), query.GetString(3), query.GetString(0), query.GetString(1), limit.Ports.Count > 0, limit.PortsText,
                        limit.Type.Maximum.Value, limit.Type.Maximum.Basis, limit.Type.Maximum.Source, limit.Type.Timeout, limit.Reason);
                }
            }
        }

        using var apart = new CombinationMap(context, "limit_apart", ["instance_id"], []);
        foreach (var instance in several.Instances.Concat(metrics.Instances).Concat(timeouts.Values.Select(static t => t.Instance)).Distinct(StringComparer.Ordinal))
        {
            apart.Add(instance);
        }

        map.Copy($"""
            insert into connection_limit
            select g.account, g.region, g.instance_id, g.instance_type, limit_of.has_tracked, limit_of.ports, limit_of.maximum, limit_of.basis, limit_of.source,
                   null, null, null, null, null, limit_of.timeout, limit_of.reason
              from interface_group_set g cross join limit_of on {map.On("g")}
             where g.instance_id <> '' and g.instance_id not in (select instance_id from limit_apart)
             order by g.rowid
            """);
        WriteApart(context, tracked, metrics, types, timeouts);
    }

    private static void WriteApart(
        FactContext context, TrackedPorts tracked, ConnectionMetrics metrics, LimitByType types, Dictionary<string, (string Instance, long Seconds)> timeouts)
    {
        var merged = new SortedDictionary<string, Merged>(StringComparer.Ordinal);
        using (var query = context.Database.Prepare("select account, region, group_set, instance_type, instance_id, network_interface_id from interface_group_set where instance_id in (select instance_id from limit_apart) order by rowid"))
        {
            while (query.Step())
            {
                var instance = query.GetString(4);
                if (!merged.TryGetValue(instance, out var sum))
                {
                    merged[instance] = sum = new Merged(query.GetString(0), query.GetString(1), query.GetString(3));
                }

                sum.Add(tracked.Of(query.GetString(0), query.GetString(1), query.GetString(2)), timeouts.TryGetValue(query.GetString(5), out var own) ? own.Seconds : null);
            }
        }

        using var writer = context.Write("connection_limit");
        foreach (var (instance, sum) in merged)
        {
            Write(writer, instance, sum, new Limit(sum.Ports, types.Of(sum.Account, sum.Region, sum.InstanceType)), metrics.Find(Encoding.UTF8.GetBytes(instance)));
        }
    }

    private static void Write(FactWriter writer, string instance, Merged sum, Limit limit, ConnectionMetrics.Seen? seen)
    {
        var maximum = limit.Type.Maximum;
        var used = maximum.Value is { } max && seen?.AvailableMinimum is { } least ? Math.Max(0, max - least) : (long?)null;
        writer.Row(sum.Account, sum.Region).Add(instance).Add(sum.InstanceType)
            .Add((bool?)(limit.Ports.Count > 0)).Add(limit.PortsText).Add(maximum.Value).Add(maximum.Basis).Add(maximum.Source)
            .Add(seen?.AvailableMinimum).Add(used).Add(used is { } u && maximum.Value > 0 ? 1 - ((double)u / maximum.Value) : (double?)null)
            .Add(seen?.Exceeded).Add(seen?.IsFlat).Add(sum.Timeout ?? limit.Type.Timeout).Add(limit.Reason + seen?.Sentence(used)).End();
    }

    /// <summary>By interface, where it does not have its type's timeout.</summary>
    private static Dictionary<string, (string Instance, long Seconds)> OwnTimeouts(FactContext context)
    {
        var timeouts = new Dictionary<string, (string, long)>(StringComparer.Ordinal);
        using var query = context.Refine("select network_interface_id, instance_id, tcp_established_timeout from network_interface where tcp_established_timeout is not null and instance_id <> '' order by rowid");
        while (query.Step())
        {
            timeouts[query.GetString(0)] = (query.GetString(1), query.GetInt64(2));
        }

        return timeouts;
    }

    /// <summary>Instances with more than one interface, of which most fleets have few.</summary>
    private sealed class Several
    {
        private readonly Utf8Index all = new();
        private readonly Utf8Index twice = new();

        internal void Add(ReadOnlySpan<byte> instance)
        {
            all.Add(instance, out var isNew);
            if (!isNew)
            {
                twice.Add(instance);
            }
        }

        internal IEnumerable<string> Instances => Enumerable.Range(0, twice.Count).Select(twice.Text);
    }

    /// <summary>The interfaces of one instance taken together.</summary>
    private sealed class Merged(string account, string region, string instanceType)
    {
        internal string Account { get; } = account;

        internal string Region { get; } = region;

        internal string InstanceType { get; } = instanceType;

        internal List<string> Ports { get; private set; } = [];

        /// <summary>The longest of the interfaces' own timeouts, for the longest keeps entries longest.</summary>
        internal long? Timeout { get; private set; }

        internal void Add(List<string> ports, long? timeout)
        {
            Ports = [.. Ports.Concat(ports.Where(port => !Ports.Contains(port)))];
            Timeout = timeout is null ? Timeout : Math.Max(timeout.Value, Timeout ?? 0);
        }
    }

    /// <summary>What instances of one type with one set of groups share.</summary>
    private sealed class Limit
    {
        internal Limit(List<string> ports, LimitByType.Entry type)
        {
            Ports = ports;
            Type = type;
            PortsText = string.Join(", ", ports);
            Reason = (ports.Count == 0 ? "No inbound TCP or UDP flow is tracked by its rules" : $"Inbound flows to {PortsText} are tracked")
                + (type.Maximum.Value is { } max
                    ? FormattableString.Invariant($"; at most {max:#,0} connections ({type.Maximum.Basis}).")
                    : $"; the limit is unknown: {type.Maximum.Source}.");
        }

        internal List<string> Ports { get; }

        internal LimitByType.Entry Type { get; }

        internal string Reason { get; }

        internal string PortsText { get; }
    }
}
