using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>What the snapshot holds about ACLs, subnets, VPCs, peerings, endpoints and prefix lists, by place and id.</summary>
internal sealed class ReachBook
{
    private readonly Dictionary<(string, string, string), NetworkAcl> aclOfSubnet = [];
    private readonly Dictionary<(string, string, string), NetworkAcl> defaultAclOf = [];
    private readonly Dictionary<(string, string, string), string[]> subnetRanges = [];
    private readonly Dictionary<(string, string, string), List<string>> vpcRanges = [];

    // A peering has the same id for both its VPCs; which of its two ranges is the other side depends on who asks.
    private readonly Dictionary<string, Dictionary<string, ImmutableArray<string>>> peersOfVpc = new(StringComparer.Ordinal);
    private readonly HashSet<string> passingEndpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> prefixLists = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, ImmutableArray<string>> NoPeers = [];
    private readonly RouteBook routes;

    private ReachBook(RouteBook routes) => this.routes = routes;

    internal static ReachBook Read(FactContext context)
    {
        var book = new ReachBook(RouteBook.Read(context));
        book.ReadAcls(context);
        book.ReadRanges(context);
        book.ReadWays(context);
        return book;
    }

    /// <summary>The subnet's own ACL, else its VPC's default one, else one that lets everything through.</summary>
    internal NetworkAcl Acl(string account, string region, string vpc, string subnet) =>
        aclOfSubnet.GetValueOrDefault((account, region, subnet)) ?? defaultAclOf.GetValueOrDefault((account, region, vpc)) ?? Unread;

    /// <summary>Stands in where no ACL was read.</summary>
    internal static NetworkAcl Unread { get; } = NetworkAcl.Open("");

    internal RouteTable? Table(string account, string region, string vpc, string subnet) => routes.Find(account, region, vpc, subnet);

    internal AddressRanges Subnet(string account, string region, string subnet, IpFamily family) =>
        AddressRanges.Parse(family, subnetRanges.GetValueOrDefault((account, region, subnet)) ?? []);

    internal OriginContext Context(string account, string region, string vpc, bool hasPublicAddress, bool hasIpv6) => new(
        vpcRanges.TryGetValue((account, region, vpc), out var ranges) ? [.. ranges] : [],
        hasPublicAddress, hasIpv6, PeerRangesFor(vpc), passingEndpoints, id => prefixLists.GetValueOrDefault(id));

    internal AddressRanges? PrefixList(string id, IpFamily family) =>
        prefixLists.TryGetValue(id, out var ranges) ? AddressRanges.Parse(family, ranges) : null;

    private void ReadAcls(FactContext context)
    {
        var entries = new Dictionary<(string, string, string), List<AclEntry>>();
        using (var query = context.Query("""
            select account, region, network_acl_id, rule_number, egress, protocol, rule_action, cidr_block, ipv6_cidr_block, from_port, to_port
              from network_acl_entry order by rowid
            """))
        {
            while (query.Step())
            {
                if (AddressRange.TryParse(query.FindString(7) ?? query.GetString(8), out var family, out var range))
                {
                    var protocol = NetworkAcl.ProtocolOf(query.GetString(5));
                    var ports = protocol is "tcp" or "udp" && query.FindInt64(9) is { } from && query.FindInt64(10) is { } to ? new PortRange((int)from, (int)to) : PortRange.All;
                    var acl = (query.GetString(0), query.GetString(1), query.GetString(2));
                    if (!entries.TryGetValue(acl, out var list))
                    {
                        entries[acl] = list = [];
                    }

                    list.Add(new AclEntry((int)query.GetInt64(3), query.GetInt64(4) != 0, protocol, query.GetString(6) == "allow", family, range, ports));
                }
            }
        }

        using (var query = context.Query("select account, region, network_acl_id, vpc_id, is_default, subnet_ids from network_acl order by rowid"))
        {
            while (query.Step())
            {
                var (account, region, id) = (query.GetString(0), query.GetString(1), query.GetString(2));
                var acl = new NetworkAcl(id, entries.GetValueOrDefault((account, region, id)) ?? []);
                if (query.GetInt64(4) != 0)
                {
                    defaultAclOf[(account, region, query.GetString(3))] = acl;
                }

                foreach (var subnet in JsonTexts.ReadArray(query.GetUtf8(5)))
                {
                    aclOfSubnet[(account, region, subnet)] = acl;
                }
            }
        }
    }

    private void ReadRanges(FactContext context)
    {
        using (var query = context.Query("select account, region, subnet_id, cidr_block, ipv6_cidr_blocks from subnet order by rowid"))
        {
            while (query.Step())
            {
                subnetRanges[(query.GetString(0), query.GetString(1), query.GetString(2))] = [query.GetString(3), .. JsonTexts.ReadArray(query.GetUtf8(4))];
            }
        }

        using (var query = context.Query("select account, region, vpc_id, cidr_block, cidr_blocks, ipv6_cidr_blocks from vpc order by rowid"))
        {
            while (query.Step())
            {
                var ranges = new List<string>([.. JsonTexts.ReadArray(query.GetUtf8(4)), .. JsonTexts.ReadArray(query.GetUtf8(5))]);
                if (query.FindString(3) is { Length: > 0 } first && !ranges.Contains(first))
                {
                    ranges.Add(first);
                }

                if (ranges.Count > 0)
                {
                    vpcRanges[(query.GetString(0), query.GetString(1), query.GetString(2))] = ranges;
                }
            }
        }

        using (var query = context.Refine("select prefix_list_id, cidr from prefix_list_entry order by rowid"))
        {
            while (query.Step())
            {
                if (!prefixLists.TryGetValue(query.GetString(0), out var list))
                {
                    prefixLists[query.GetString(0)] = list = [];
                }

                list.Add(query.GetString(1));
            }
        }
    }

    private void ReadWays(FactContext context)
    {
        using (var query = context.Refine("""
            select vpc_peering_connection_id, requester_vpc_id, requester_cidr_block, accepter_vpc_id, accepter_cidr_block
              from vpc_peering_connection where status = 'active' order by rowid
            """))
        {
            while (query.Step())
            {
                AddPeer(query.GetString(1), query.GetString(0), query.GetString(4));
                AddPeer(query.GetString(3), query.GetString(0), query.GetString(2));
            }
        }

        using (var query = context.Refine("select vpc_endpoint_id from vpc_endpoint where vpc_endpoint_type = 'GatewayLoadBalancer'"))
        {
            while (query.Step())
            {
                passingEndpoints.Add(query.GetString(0));
            }
        }

        void AddPeer(string vpc, string peering, string range)
        {
            if (!peersOfVpc.TryGetValue(vpc, out var peers))
            {
                peersOfVpc[vpc] = peers = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
            }

            peers[peering] = range.Length == 0 ? [] : [range];
        }
    }

    private Dictionary<string, ImmutableArray<string>> PeerRangesFor(string vpc) =>
        peersOfVpc.TryGetValue(vpc, out var peers) ? peers : NoPeers;
}
