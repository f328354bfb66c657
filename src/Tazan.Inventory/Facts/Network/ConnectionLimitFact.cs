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
        var several = WithSeveralInterfaces(context);

        var combinations = new Utf8Index();
        var limits = new List<Limit>();
        var key = new CombinationKey();
        var merged = new SortedDictionary<string, Merged>(StringComparer.Ordinal);

        using var query = context.Query("""
            select account, region, group_set, instance_type, instance_id, network_interface_id
              from interface_group_set where instance_id is not null and instance_id <> '' order by rowid
            """);
        using var writer = context.Write("connection_limit");
        while (query.Step())
        {
            var timeout = timeouts.Count == 0 ? null : timeouts.GetValueOrDefault(query.GetString(5));
            if (several.Contains(query.GetUtf8(4)))
            {
                var instance = query.GetString(4);
                if (!merged.TryGetValue(instance, out var sum))
                {
                    merged[instance] = sum = new Merged(query.GetString(0), query.GetString(1), query.GetString(3));
                }

                sum.Add(tracked.Of(query.GetString(0), query.GetString(1), query.GetString(2)), timeout);
                continue;
            }

            key.Start();
            for (var column = 0; column < 4; column++)
            {
                key.Add(query.GetUtf8(column));
            }

            var number = combinations.Add(key.Bytes, out var isNew);
            if (isNew)
            {
                limits.Add(new Limit(tracked.Of(query.GetString(0), query.GetString(1), query.GetString(2)), types.Of(query.GetString(0), query.GetString(1), query.GetString(3))));
            }

            Write(writer, query.GetUtf8(0), query.GetUtf8(1), query.GetUtf8(4), query.GetUtf8(3), limits[number], metrics.Find(query.GetUtf8(4)), timeout);
        }

        foreach (var (instance, sum) in merged)
        {
            var limit = new Limit(sum.Ports, types.Of(sum.Account, sum.Region, sum.InstanceType));
            var id = Encoding.UTF8.GetBytes(instance);
            Write(writer, Encoding.UTF8.GetBytes(sum.Account), Encoding.UTF8.GetBytes(sum.Region), id, Encoding.UTF8.GetBytes(sum.InstanceType), limit, metrics.Find(id), sum.Timeout);
        }
    }

    private static void Write(
        FactWriter writer, ReadOnlySpan<byte> account, ReadOnlySpan<byte> region, ReadOnlySpan<byte> instance, ReadOnlySpan<byte> type,
        Limit limit, ConnectionMetrics.Seen? seen, long? timeout)
    {
        var maximum = limit.Type.Maximum;
        var used = maximum.Value is { } max && seen?.AvailableMinimum is { } least ? Math.Max(0, max - least) : (long?)null;
        writer.RowUtf8(account, region).AddUtf8(instance).AddUtf8(type)
            .Add((bool?)(limit.Ports.Count > 0)).AddUtf8OrEmpty(limit.PortsUtf8)
            .Add(maximum.Value).AddUtf8(limit.BasisUtf8).AddUtf8(limit.SourceUtf8)
            .Add(seen?.AvailableMinimum).Add(used).Add(used is { } u && maximum.Value > 0 ? 1 - ((double)u / maximum.Value) : (double?)null)
            .Add(seen?.Exceeded).Add(seen?.IsFlat).Add(timeout ?? limit.Type.Timeout);

        // The sentence is the same for thousands of instances unless something was measured on this one.
        if (seen is null)
        {
            writer.AddUtf8(limit.ReasonUtf8).End();
        }
        else
        {
            writer.Add(limit.Reason + seen.Sentence(used)).End();
        }
    }

    private static Dictionary<string, long?> OwnTimeouts(FactContext context)
    {
        var timeouts = new Dictionary<string, long?>(StringComparer.Ordinal);
        using var query = context.Refine("select network_interface_id, tcp_established_timeout from network_interface where tcp_established_timeout is not null");
        while (query.Step())
        {
            timeouts[query.GetString(0)] = query.GetInt64(1);
        }

        return timeouts;
    }

    private static Several WithSeveralInterfaces(FactContext context)
    {
        var several = new Several();
        using var query = context.Query("select instance_id from interface_group_set where instance_id is not null and instance_id <> ''");
        while (query.Step())
        {
            several.Add(query.GetUtf8(0));
        }

        return several;
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

        internal bool Contains(ReadOnlySpan<byte> instance) => twice.Count > 0 && twice.Find(instance) >= 0;
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
            var text = string.Join(", ", ports);
            Reason = (ports.Count == 0 ? "No inbound TCP or UDP flow is tracked by its rules" : $"Inbound flows to {text} are tracked")
                + (type.Maximum.Value is { } max
                    ? FormattableString.Invariant($"; at most {max:#,0} connections ({type.Maximum.Basis}).")
                    : $"; the limit is unknown: {type.Maximum.Source}.");
            PortsUtf8 = Encoding.UTF8.GetBytes(text);
            BasisUtf8 = Encoding.UTF8.GetBytes(type.Maximum.Basis);
            SourceUtf8 = Encoding.UTF8.GetBytes(type.Maximum.Source);
            ReasonUtf8 = Encoding.UTF8.GetBytes(Reason);
        }

        internal List<string> Ports { get; }

        internal LimitByType.Entry Type { get; }

        internal string Reason { get; }

        internal byte[] PortsUtf8 { get; }

        internal byte[] BasisUtf8 { get; }

        internal byte[] SourceUtf8 { get; }

        internal byte[] ReasonUtf8 { get; }
    }
}
