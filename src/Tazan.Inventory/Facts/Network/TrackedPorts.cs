using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>The inbound ports whose flows are tracked, by set of groups, such as <c>tcp/11211</c>.</summary>
internal sealed class TrackedPorts
{
    private readonly Dictionary<(string Account, string Region, string Set), List<(string Protocol, PortRange Ports)>> tracked = [];

    internal static TrackedPorts Read(FactContext context)
    {
        var ports = new TrackedPorts();
        using var query = context.Query("""
            select account, region, group_set, protocol, from_port, to_port from group_set_tracking
             where tracked = 1 and direction = 'inbound' and protocol in ('tcp', 'udp') order by rowid
            """);
        while (query.Step())
        {
            var set = (query.GetString(0), query.GetString(1), query.GetString(2));
            if (!ports.tracked.TryGetValue(set, out var list))
            {
                ports.tracked[set] = list = [];
            }

            list.Add((query.GetString(3), new PortRange((int)query.GetInt64(4), (int)query.GetInt64(5))));
        }

        return ports;
    }

    /// <summary>Ascending by protocol and port, both families together, adjoining ranges joined.</summary>
    internal List<string> Of(string account, string region, string set)
    {
        var texts = new List<string>();
        if (!tracked.TryGetValue((account, region, set), out var list))
        {
            return texts;
        }

        foreach (var protocol in list.GroupBy(static p => p.Protocol).OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            PortRange? open = null;
            foreach (var (_, ports) in protocol.OrderBy(static p => p.Ports.First))
            {
                if (open is { } current && ports.First <= current.Last + 1)
                {
                    open = current with { Last = Math.Max(current.Last, ports.Last) };
                    continue;
                }

                Add(protocol.Key, open);
                open = ports;
            }

            Add(protocol.Key, open);
        }

        return texts;

        void Add(string protocol, PortRange? ports)
        {
            if (ports is { } range)
            {
                texts.Add(string.Create(CultureInfo.InvariantCulture, $"{protocol}/{range}"));
            }
        }
    }
}
