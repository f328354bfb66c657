using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Writes who reaches one combination: a row for each rule, piece of ports and range that it lets in.</summary>
internal sealed class ReachRows(ReachSet set, GroupMembers members, FactWriter writer)
{
    private readonly ReachSituation situation = set.Situation;
    private readonly string doubt = set.Missing.IsEmpty ? "" : $"; the rules of {string.Join(", ", set.Missing)} were not read";

    internal void Write()
    {
        foreach (var rule in situation.Rules)
        {
            if (rule.IsEgress || (rule.Family == IpFamily.V6 && !set.HasIpv6))
            {
                continue;
            }

            if (situation.Acl.IsOpen(rule.Family))
            {
                var (inNumber, outNumber) = situation.Acl.FirstNumbers(rule.Family);
                var acl = situation.Acl.Id.Length == 0 ? "its ACL was not read" : string.Create(CultureInfo.InvariantCulture, $"{situation.Acl.Id} lets all in by rule {inNumber} and out by rule {outNumber}");
                Write(rule, rule.Protocol, rule.Ports, AddressRanges.All(rule.Family), acl);
                continue;
            }

            // A rule for all traffic meets an ACL that may tell protocols apart.
            var protocols = rule.Protocol == "all" ? Split(rule.Family) : [rule.Protocol];
            foreach (var protocol in protocols)
            {
                WriteByPieces(rule, protocol);
            }
        }
    }

    private IEnumerable<string> Split(IpFamily family)
    {
        var named = new SortedSet<string>(situation.Acl.Protocols, StringComparer.Ordinal);
        named.ExceptWith(["tcp", "udp", "icmp", "icmpv6", "all"]);
        return ["tcp", "udp", family == IpFamily.V4 ? "icmp" : "icmpv6", .. named, "other"];
    }

    private void WriteByPieces(GroupRule rule, string protocol)
    {
        var hasPorts = protocol is "tcp" or "udp";
        var pieces = hasPorts ? PortRange.Cut(rule.Ports, situation.Acl.Edges(egress: false, protocol, rule.Family)) : [PortRange.All];
        (PortRange Ports, AddressRanges Passing, string Acl)? open = null;
        foreach (var piece in pieces)
        {
            var (inNumbers, outNumbers) = (new SortedSet<int>(), new SortedSet<int>());
            var passing = Reach.Passing(situation, protocol, piece, rule.Family, inNumbers, outNumbers);
            var acl = inNumbers.Count == 0 || outNumbers.Count == 0
                ? $"{situation.Acl.Id} lets only its own subnet by, which it is not asked about"
                : $"{situation.Acl.Id} lets in by rule {string.Join(", ", inNumbers)} and answers out by rule {string.Join(", ", outNumbers)}";
            if (open is { } current && current.Acl == acl && current.Passing.Equals(passing))
            {
                open = (new PortRange(current.Ports.First, piece.Last), passing, acl);
                continue;
            }

            Flush(rule, protocol, open);
            open = (piece, passing, acl);
        }

        Flush(rule, protocol, open);
    }

    private void Flush(GroupRule rule, string protocol, (PortRange Ports, AddressRanges Passing, string Acl)? open)
    {
        if (open is { } piece)
        {
            Write(rule, protocol, protocol is "tcp" or "udp" ? piece.Ports : rule.Ports, piece.Passing, piece.Acl);
        }
    }

    private void Write(GroupRule rule, string protocol, PortRange ports, AddressRanges passing, string acl)
    {
        switch (rule.SourceKind)
        {
            case RuleSourceKind.Group:
                WriteGroup(rule, protocol, ports, passing, acl);
                break;
            case RuleSourceKind.PrefixList:
                var listed = situation.PrefixLists(rule.Source, rule.Family);
                foreach (var origin in situation.OriginsOf(rule.Family))
                {
                    if (!passing.Intersect(origin.Addresses).Intersect(listed ?? AddressRanges.All(rule.Family)).IsEmpty)
                    {
                        Row(rule, protocol, ports, rule.Source, origin.Exposure, $"{rule}{(listed is null ? ", whose ranges were not read" : "")}; {acl}; {origin.Reason}");
                    }
                }

                break;
            default:
                var permitted = AddressRanges.Parse(rule.Family, rule.Source).Intersect(passing);
                foreach (var origin in situation.OriginsOf(rule.Family))
                {
                    // On the internet nobody has the addresses that it does not carry, so 0.0.0.0/0 may be called that.
                    var sources = permitted.Intersect(origin.Addresses);
                    var indifferent = origin.Exposure == "internet" ? origin.Addresses.Complement() : AddressRanges.None(rule.Family);
                    foreach (var source in sources.ToCidrs(indifferent))
                    {
                        Row(rule, protocol, ports, source, origin.Exposure, $"{rule}; {acl}; {origin.Reason}");
                    }
                }

                break;
        }
    }

    private void WriteGroup(GroupRule rule, string protocol, PortRange ports, AddressRanges passing, string acl)
    {
        var count = members.Count(rule.Source, rule.Family);
        if (passing.IsEverything || count == 0)
        {
            // A group nobody is in yet is a way in for the next interface that gets it.
            if (!passing.IsEmpty)
            {
                Row(rule, protocol, ports, rule.Source, "group", string.Create(CultureInfo.InvariantCulture, $"{rule}, which {count} addresses have; {acl}"));
            }

            return;
        }

        var addresses = members.Addresses(rule.Source, rule.Family);
        var through = addresses.Intersect(passing);
        if (through.Equals(addresses))
        {
            Row(rule, protocol, ports, rule.Source, "group", string.Create(CultureInfo.InvariantCulture, $"{rule}, which {count} addresses have; {acl}"));
            return;
        }

        foreach (var source in through.ToCidrs())
        {
            Row(rule, protocol, ports, source, "group", $"{rule}, of whose addresses only some pass; {acl}", "cidr");
        }
    }

    private void Row(GroupRule rule, string protocol, PortRange ports, string source, string exposure, string reason, string? kind = null) =>
        writer.Row(set.Account, set.Region).Add(set.Name).Add(protocol).Add((long)ports.First).Add((long)ports.Last).Add(rule.Family.ToText())
            .Add(kind ?? rule.SourceKind.ToText()).Add(source).Add(exposure).Add(reason + doubt).End();
}
