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
        context.Note("select account, region, group_set, instance_type, instance_id from interface_group_set", required: true);
        var roll = context.Interfaces;
        var places = PlacesWithRules(context);
        var limits = new LimitsByKind(context, tracked, types, places);

        // Most instances have one interface, no timeout of their own and no metrics: these are copied in one go, by
        // their groups and type. The others are apart.
        var apart = Apart(context, roll, metrics, timeouts);
        using (var copier = new RowCopier(context.Database, "connection_limit"))
        {
            foreach (var row in roll.Rows)
            {
                var kind = roll.Kinds[row.Kind];
                if (row.Instance < 0 || kind.GroupSet is null || apart[row.Instance])
                {
                    continue;
                }

                // Neither rules nor a measurement: a row would only repeat what is known of the type.
                var limit = limits.Of(row, kind);
                if (!limit.RulesAreRead)
                {
                    continue;
                }

                copier.Set(1, kind.AccountText).Set(2, kind.RegionText).Set(3, row.InstanceId).Set(4, row.InstanceType)
                    .Set(5, limit.Ports.Count > 0 ? 1 : 0).Set(6, limit.PortsPinned).Set(7, limit.Type.Maximum.Value).Set(8, limit.Basis).Set(9, limit.Source)
                    .Set(15, limit.Type.Timeout).Set(16, limit.ReasonPinned).Run();
            }
        }

        WriteApart(context, limits, metrics, types, timeouts, apart);
    }

    /// <summary>By instance number, whether it has several interfaces, metrics, or a timeout of its own.</summary>
    private static bool[] Apart(FactContext context, InterfaceRoll roll, ConnectionMetrics metrics, Dictionary<string, (string Instance, long Seconds)> timeouts)
    {
        var apart = new bool[context.Instances.Count];
        var seen = new bool[apart.Length];
        foreach (var row in roll.Rows)
        {
            if (row.Instance >= 0 && roll.Kinds[row.Kind].GroupSet is not null)
            {
                apart[row.Instance] |= seen[row.Instance];
                seen[row.Instance] = true;
            }
        }

        foreach (var instance in metrics.Instances.Concat(timeouts.Values.Select(static t => t.Instance)))
        {
            if (context.Instances.Find(Encoding.UTF8.GetBytes(instance)) is >= 0 and var number)
            {
                apart[number] = true;
            }
        }

        return apart;
    }

    private static void WriteApart(
        FactContext context, LimitsByKind limits, ConnectionMetrics metrics, LimitByType types, Dictionary<string, (string Instance, long Seconds)> timeouts, bool[] apart)
    {
        var merged = new SortedDictionary<string, Merged>(StringComparer.Ordinal);
        foreach (var row in context.Interfaces.Rows)
        {
            var kind = context.Interfaces.Kinds[row.Kind];
            if (row.Instance < 0 || kind.GroupSet is null || !apart[row.Instance])
            {
                continue;
            }

            var instance = row.InstanceId.ToString();
            if (!merged.TryGetValue(instance, out var sum))
            {
                merged[instance] = sum = new Merged(kind.Account, kind.Region, row.InstanceType.ToString());
            }

            sum.Add(limits.Of(row, kind).Ports, timeouts.Count > 0 && timeouts.TryGetValue(row.Id.ToString(), out var own) ? own.Seconds : null);
        }

        using var writer = context.Write("connection_limit");
        foreach (var (instance, sum) in merged)
        {
            Write(writer, instance, sum, new Limit(sum.Ports, types.Of(sum.Account, sum.Region, sum.InstanceType), limits.RulesAreRead(sum.Account, sum.Region)), metrics.Find(Encoding.UTF8.GetBytes(instance)));
        }
    }

    private static void Write(FactWriter writer, string instance, Merged sum, Limit limit, ConnectionMetrics.Seen? seen)
    {
        var maximum = limit.Type.Maximum;
        var used = maximum.Value is { } max && seen?.AvailableMinimum is { } least ? Math.Max(0, max - least) : (long?)null;
        writer.Row(sum.Account, sum.Region).Add(instance).Add(sum.InstanceType)
            .Add(limit.RulesAreRead ? limit.Ports.Count > 0 : (bool?)null).Add(limit.PortsText).Add(maximum.Value).Add(maximum.Basis).Add(maximum.Source)
            .Add(seen?.AvailableMinimum).Add(used).Add(used is { } u && maximum.Value > 0 ? 1 - ((double)u / maximum.Value) : (double?)null)
            .Add(seen?.Exceeded).Add(seen?.IsFlat).Add(sum.Timeout ?? limit.Type.Timeout).Add(limit.Reason + seen?.Sentence(used)).End();
    }

    /// <summary>The accounts and regions whose groups were read: elsewhere nothing is known of tracking, which is not the same as untracked.</summary>
    private static HashSet<(string Account, string Region)> PlacesWithRules(FactContext context)
    {
        var places = new HashSet<(string, string)>();
        using var query = context.Refine("select account, region from security_group union select account, region from security_group_rule");
        while (query.Step())
        {
            places.Add((query.GetString(0), query.GetString(1)));
        }

        return places;
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

    /// <summary>The limits already worked out, by kind of interface and type.</summary>
    private sealed class LimitsByKind(FactContext context, TrackedPorts tracked, LimitByType types, HashSet<(string Account, string Region)> placesWithRules)
    {
        private readonly Dictionary<(int Kind, nint Type), Limit> limits = [];

        internal bool RulesAreRead(string account, string region) => placesWithRules.Contains((account, region));

        internal unsafe Limit Of(Interface row, InterfaceKind kind)
        {
            // A type's text stands in one place only, so its address names it.
            if (!limits.TryGetValue((row.Kind, (nint)row.InstanceType.Start), out var limit))
            {
                limit = new Limit(tracked.Of(kind.Account, kind.Region, kind.GroupSet ?? ""), types.Of(kind.Account, kind.Region, row.InstanceType.ToString()), RulesAreRead(kind.Account, kind.Region));
                limit.Pin(context.Instances);
                limits[(row.Kind, (nint)row.InstanceType.Start)] = limit;
            }

            return limit;
        }
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
        internal Limit(List<string> ports, LimitByType.Entry type, bool rulesAreRead)
        {
            Ports = ports;
            RulesAreRead = rulesAreRead;
            Type = type;
            PortsText = string.Join(", ", ports);
            Reason = (!rulesAreRead ? "Whether its flows are tracked is unknown: no security groups were read"
                    : ports.Count == 0 ? "No inbound TCP or UDP flow is tracked by its rules" : $"Inbound flows to {PortsText} are tracked")
                + (type.Maximum.Value is { } max
                    ? FormattableString.Invariant($"; at most {max:#,0} connections ({type.Maximum.Basis}).")
                    : $"; the limit is unknown: {type.Maximum.Source}.");
        }

        internal List<string> Ports { get; }

        internal LimitByType.Entry Type { get; }

        internal bool RulesAreRead { get; }

        internal string Reason { get; }

        internal string PortsText { get; }

        internal PinnedText PortsPinned { get; private set; }

        internal PinnedText Basis { get; private set; }

        internal PinnedText Source { get; private set; }

        internal PinnedText ReasonPinned { get; private set; }

        /// <summary>Makes its texts ready to be written many times.</summary>
        internal void Pin(InstanceRoll texts)
        {
            PortsPinned = texts.Word(Encoding.UTF8.GetBytes(PortsText));
            Basis = texts.Word(Encoding.UTF8.GetBytes(Type.Maximum.Basis));
            Source = texts.Word(Encoding.UTF8.GetBytes(Type.Maximum.Source));
            ReasonPinned = texts.Word(Encoding.UTF8.GetBytes(Reason));
        }
    }
}
