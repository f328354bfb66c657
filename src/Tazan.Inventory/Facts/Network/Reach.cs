using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Who can open a connection to an interface: what its groups permit, its ACL lets in and lets answer, and its routes carry.</summary>
/// <remarks>
/// Pure and exact but for this: ICMP types are not told apart; members of a referenced group are taken to have a way
/// (a reference holds only inside a VPC, a peering or a transit gateway); a prefix list whose ranges were not read is
/// taken as everyone. What a balancer, a proxy or an appliance passes on is reach of that thing, not of this interface.
/// </remarks>
public static class Reach
{
    /// <summary>
    /// Whom the ACL lets in and lets answer, with those of the own subnet, whom it is never asked about.
    /// <paramref name="protocol"/> is <c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, a protocol number, or
    /// <c>other</c> for those no entry names; no entry may tell the <paramref name="ports"/> apart.
    /// </summary>
    public static AddressRanges Passing(ReachSituation situation, string protocol, PortRange ports, IpFamily family, SortedSet<int>? inNumbers = null, SortedSet<int>? outNumbers = null) =>
        situation.Acl.Passing(egress: false, protocol, ports, family, inNumbers)
            .Intersect(situation.Acl.Answered(protocol, family, outNumbers))
            .Union(situation.Subnet(family));

    /// <summary>Everyone who reaches anything, in one family: for each protocol disjoint ports, ascending.</summary>
    public static ImmutableArray<Reached> Evaluate(ReachSituation situation, IpFamily family)
    {
        var reached = ImmutableArray.CreateBuilder<Reached>();
        foreach (var protocol in Protocols(situation, situation))
        {
            foreach (var (ports, sources) in Evaluate(situation, protocol, family, []))
            {
                if (!sources.IsEmpty)
                {
                    Append(reached, protocol, ports, sources);
                }
            }
        }

        return reached.DrainToImmutable();
    }

    /// <summary>
    /// What a change of rules does, exactly: a remedy that opens a group and narrows the ACL instead is sound only if
    /// <see cref="ReachChange.AdmitsNobodyNew"/> holds in both families.
    /// </summary>
    public static ReachChange Compare(ReachSituation before, ReachSituation after, IpFamily family)
    {
        var added = ImmutableArray.CreateBuilder<Reached>();
        var removed = ImmutableArray.CreateBuilder<Reached>();
        foreach (var protocol in Protocols(before, after))
        {
            // Cut at the edges of both, so that the pieces of the two are the same.
            var was = Evaluate(before, protocol, family, Edges(after, protocol, family));
            var becomes = Evaluate(after, protocol, family, Edges(before, protocol, family));
            foreach (var ((ports, old), (_, now)) in was.Zip(becomes))
            {
                if (now.Subtract(old) is { IsEmpty: false } more)
                {
                    Append(added, protocol, ports, more);
                }

                if (old.Subtract(now) is { IsEmpty: false } fewer)
                {
                    Append(removed, protocol, ports, fewer);
                }
            }
        }

        return new ReachChange(added.DrainToImmutable(), removed.DrainToImmutable());
    }

    private static List<(PortRange Ports, AddressRanges Sources)> Evaluate(ReachSituation situation, string protocol, IpFamily family, IEnumerable<PortRange> moreEdges)
    {
        var exact = Exact(protocol, family);
        var rules = situation.Rules.Where(rule => !rule.IsEgress && rule.Family == family && rule.IsFor(exact)).ToList();
        var hasPorts = protocol is "tcp" or "udp";
        var pieces = hasPorts ? PortRange.Cut(PortRange.All, Edges(situation, protocol, family).Concat(moreEdges)) : [PortRange.All];
        var arriving = situation.Arriving(family);
        var reached = new List<(PortRange, AddressRanges)>();
        foreach (var ports in pieces)
        {
            var permitted = AddressRanges.None(family);
            foreach (var rule in rules)
            {
                if (!hasPorts || rule.Ports.Contains(ports))
                {
                    permitted = permitted.Union(Permitted(situation, rule, arriving));
                }
            }

            reached.Add((ports, permitted.IsEmpty ? permitted : permitted.Intersect(Passing(situation, exact, ports, family))));
        }

        return reached;
    }

    /// <summary>Whom a rule permits among those who can come.</summary>
    internal static AddressRanges Permitted(ReachSituation situation, GroupRule rule, AddressRanges arriving) => rule.SourceKind switch
    {
        RuleSourceKind.Group => situation.Members(rule.Source, rule.Family),
        RuleSourceKind.PrefixList => situation.PrefixLists(rule.Source, rule.Family)?.Intersect(arriving) ?? arriving,
        _ => AddressRanges.Parse(rule.Family, rule.Source).Intersect(arriving),
    };

    private static IEnumerable<PortRange> Edges(ReachSituation situation, string protocol, IpFamily family)
    {
        var exact = Exact(protocol, family);
        return situation.Rules.Where(rule => !rule.IsEgress && rule.Family == family && rule.IsFor(exact)).Select(static rule => rule.Ports)
            .Concat(situation.Acl.Edges(egress: false, exact, family));
    }

    /// <summary>The usual three, each number that a rule or an entry names, and <c>other</c> for all that none names.</summary>
    private static IEnumerable<string> Protocols(ReachSituation one, ReachSituation other)
    {
        var named = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var situation in new[] { one, other })
        {
            named.UnionWith(situation.Rules.Select(static rule => rule.Protocol));
            named.UnionWith(situation.Acl.Protocols);
        }

        named.ExceptWith(["tcp", "udp", "icmp", "icmpv6", "all"]);
        return ["tcp", "udp", "icmp", .. named, "other"];
    }

    private static string Exact(string protocol, IpFamily family) => protocol == "icmp" && family == IpFamily.V6 ? "icmpv6" : protocol;


    private static void Append(ImmutableArray<Reached>.Builder list, string protocol, PortRange ports, AddressRanges sources)
    {
        if (list.Count > 0 && list[^1] is var last && last.Protocol == protocol && last.Ports.Last + 1 == ports.First && last.Sources.Equals(sources))
        {
            list[^1] = last with { Ports = new PortRange(last.Ports.First, ports.Last) };
        }
        else
        {
            list.Add(new Reached(protocol, ports, sources));
        }
    }
}
