namespace Tazan.Inventory.Facts.Network;

/// <summary>How flows to some ports are treated by the rules of an interface.</summary>
/// <param name="Ports">The ports of the side that accepts the connection.</param>
/// <param name="IsTracked">Whether each flow takes an entry in the connection table.</param>
/// <param name="Rule">The rule that lets the flow begin.</param>
/// <param name="Response">The rule for the other direction that decides about its answers; null where none does.</param>
/// <param name="Reason">For a person to check.</param>
public sealed record FlowTracking(PortRange Ports, bool IsTracked, GroupRule Rule, GroupRule? Response, string Reason);

/// <summary>
/// Whether flows are tracked, from the rules of all groups of an interface together. A TCP or UDP flow is untracked only
/// if a rule lets it in from every address and a rule for the other direction lets answers go to every address on every
/// port; that is judged for each family on its own.
/// </summary>
/// <remarks>
/// Pure. Source: Amazon EC2 User Guide, "Amazon EC2 security group connection tracking". A port that both an open and a
/// narrow rule allow is judged by the open one: rules only ever permit, and the user guide says that where several
/// rules cover a port the most permissive is applied. Whether several rules together may make up "every address" or
/// "every port" is not documented; they are taken as narrow here, so that a limit is feared rather than overlooked.
/// Paths that are tracked whatever the rules say are a fact of their own (<see cref="AutomaticTrackingFact"/>).
/// </remarks>
public static class Tracking
{
    /// <summary>The protocols that are judged apart: <c>other</c> stands for all but TCP, UDP and ICMP.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["tcp", "udp", "icmp", "other"];

    /// <summary>Judges flows that begin in one direction.</summary>
    /// <param name="rules">Those of all groups of the interface, in any order: the answer does not depend on it.</param>
    /// <param name="inbound">Whether the other side opens the connection.</param>
    /// <param name="protocol">One of <see cref="Protocols"/>.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <returns>Disjoint ports, ascending; ports that no rule allows are left out. ICMP and others have one entry over all ports.</returns>
    public static List<FlowTracking> Judge(IEnumerable<GroupRule> rules, bool inbound, string protocol, IpFamily family)
    {
        var ofFamily = rules.Where(rule => rule.Family == family).ToList();
        var starting = ofFamily.Where(rule => rule.IsEgress != inbound && Matches(rule, protocol, family)).Order(ByNarrowness).ToList();
        if (starting.Count == 0)
        {
            return [];
        }

        if (protocol is "icmp" or "other")
        {
            var reason = protocol == "icmp"
                ? $"{starting[0]}; ICMP is always tracked"
                : $"{starting[0]}; protocols other than TCP, UDP and ICMP are tracked by address and protocol number";
            return [new FlowTracking(PortRange.All, true, starting[0], null, reason)];
        }

        var answering = ofFamily.Where(rule => rule.IsEgress == inbound && rule.IsFor(protocol)).Order(ByNarrowness).ToList();
        var response = answering.Find(static rule => rule.IsOpen && rule.Ports.IsAll);

        // Where no rule is wide enough, the widest one is named, so that one sees what is missing.
        var widest = answering.LastOrDefault(static rule => rule.IsOpen) ?? answering.LastOrDefault();

        var flows = new List<FlowTracking>();
        foreach (var ports in PortRange.Cut(PortRange.All, starting.Select(static rule => rule.Ports)))
        {
            // The narrowest ports name a rule best: "tcp 11211 from sg-1" says more than "all traffic from sg-1".
            var allowing = starting.Where(rule => rule.Ports.Contains(ports)).ToList();
            if (allowing.Count == 0)
            {
                continue;
            }

            var open = allowing.Find(static rule => rule.IsOpen);
            var flow = open is null
                ? new FlowTracking(ports, true, allowing[0], response ?? widest, Narrow(allowing, inbound, family))
                : response is null
                    ? new FlowTracking(ports, true, open, widest, Unanswered(open, widest, inbound, family))
                    : new FlowTracking(ports, false, open, response, Untracked(open, response));

            if (flows.Count > 0 && flows[^1] is var last && last.Ports.Last + 1 == ports.First && last with { Ports = ports } == flow)
            {
                flows[^1] = last with { Ports = new PortRange(last.Ports.First, ports.Last) };
            }
            else
            {
                flows.Add(flow);
            }
        }

        return flows;
    }

    private static bool Matches(GroupRule rule, string protocol, IpFamily family) => protocol switch
    {
        "icmp" => rule.IsFor(family == IpFamily.V4 ? "icmp" : "icmpv6"),
        "other" => rule.Protocol is not ("tcp" or "udp" or "icmp" or "icmpv6"),
        _ => rule.IsFor(protocol),
    };

    private static string Narrow(List<GroupRule> allowing, bool inbound, IpFamily family)
    {
        var others = allowing.Count == 1 ? "" : FormattableString.Invariant($" (and {allowing.Count - 1} more as narrow)");
        return $"{allowing[0]}{others} is narrower than {family.Everywhere()}, so every flow is tracked{(inbound ? "" : ", with its answers")}";
    }

    private static string Unanswered(GroupRule open, GroupRule? widest, bool inbound, IpFamily family)
    {
        var wanted = inbound ? $"no egress rule lets answers go to {family.Everywhere()} on all ports" : $"no ingress rule lets answers come from {family.Everywhere()} on all ports";
        return $"{open}, but {wanted}{(widest is null ? "" : $" (the widest is {widest})")}, so every flow is tracked";
    }

    private static string Untracked(GroupRule open, GroupRule response) =>
        $"{open}, and answers by {response}: open both ways, so not tracked unless the path is tracked automatically";

    // Fewest ports first; the rest only makes the order, and with it the named rule, the same each time.
    private static Comparer<GroupRule> ByNarrowness { get; } = Comparer<GroupRule>.Create(static (a, b) =>
    {
        var order = (a.Ports.Last - a.Ports.First).CompareTo(b.Ports.Last - b.Ports.First);
        order = order != 0 ? order : a.Ports.First.CompareTo(b.Ports.First);
        order = order != 0 ? order : (a.Protocol == "all").CompareTo(b.Protocol == "all");
        order = order != 0 ? order : string.CompareOrdinal(a.GroupId, b.GroupId);
        order = order != 0 ? order : a.SourceKind.CompareTo(b.SourceKind);
        order = order != 0 ? order : string.CompareOrdinal(a.Source, b.Source);
        return order != 0 ? order : string.CompareOrdinal(a.Protocol, b.Protocol);
    });
}
