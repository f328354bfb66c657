using System.Collections.Immutable;
using Tazan.Inventory.Facts.Network;
using static Tazan.Inventory.Tests.Facts.Network.Rules;

namespace Tazan.Inventory.Tests.Facts.Network;

public sealed class ReachTests
{
    private static readonly NetworkAcl OpenAcl = NetworkAcl.Open("acl-open");

    private static AddressRanges V4(params string[] texts) => AddressRanges.Parse(IpFamily.V4, texts);

    private static AclEntry Entry(int number, bool egress, bool allows, string protocol, string range, PortRange? ports = null)
    {
        Assert.True(AddressRange.TryParse(range, out var family, out var addresses));
        return new AclEntry(number, egress, protocol, allows, family, addresses, ports ?? PortRange.All);
    }

    private static ReachSituation Situation(IEnumerable<GroupRule> rules, NetworkAcl? acl = null, string subnet = "10.0.1.0/24", bool isPublic = false, params Route[] routes) => new()
    {
        Rules = [.. rules],
        Acl = acl ?? OpenAcl,
        SubnetV4 = V4(subnet),
        SubnetV6 = AddressRanges.None(IpFamily.V6),
        OriginsV4 = Origins.Of(IpFamily.V4, [new Route("10.0.0.0/16", "local", false), .. routes], Context(isPublic)),
        OriginsV6 = [],
        Members = static (id, family) => id == "sg-clients" && family == IpFamily.V4 ? V4("10.0.1.5", "10.0.2.5") : AddressRanges.None(family),
        PrefixLists = static (id, family) => id == "pl-office" ? AddressRanges.Parse(family, "198.51.100.0/24") : null,
    };

    private static OriginContext Context(bool isPublic) => new(
        ["10.0.0.0/16"], isPublic, HasIpv6: false,
        new Dictionary<string, ImmutableArray<string>> { ["pcx-1"] = ["10.9.0.0/16"] }, new HashSet<string>(), static _ => null);

    private static Reached Only(ReachSituation situation) => Assert.Single(Reach.Evaluate(situation, IpFamily.V4));

    [Fact]
    public void Without_a_public_address_an_open_rule_is_open_to_the_vpc_only()
    {
        var reached = Only(Situation([In("tcp", 22, "0.0.0.0/0")], routes: [new Route("0.0.0.0/0", "igw-1", false)]));

        Assert.Equal(V4("10.0.0.0/16"), reached.Sources);
        Assert.Equal(new PortRange(22, 22), reached.Ports);
    }

    [Fact]
    public void Without_a_route_to_an_internet_gateway_a_public_address_reaches_nobody() =>
        Assert.Equal(V4("10.0.0.0/16"), Only(Situation([In("tcp", 22, "0.0.0.0/0")], isPublic: true, routes: [new Route("0.0.0.0/0", "nat-1", false)])).Sources);

    [Fact]
    public void With_both_the_internet_comes_in_but_not_with_private_addresses()
    {
        var sources = Only(Situation([In("tcp", 22, "0.0.0.0/0")], isPublic: true, routes: [new Route("0.0.0.0/0", "igw-1", false)])).Sources;

        Assert.True(V4("8.8.8.8", "10.0.3.4").IsSubsetOf(sources));
        Assert.False(sources.Overlaps(V4("192.168.0.0/16", "10.1.0.0/16")));
    }

    [Fact]
    public void An_active_peering_with_a_route_lets_the_peer_in_and_no_further()
    {
        var reached = Only(Situation([In("tcp", 22, "10.0.0.0/8")], routes: [new Route("10.8.0.0/15", "pcx-1", false), new Route("10.20.0.0/16", "pcx-gone", false)]));

        Assert.Equal(V4("10.0.0.0/16", "10.9.0.0/16"), reached.Sources);
    }

    [Fact]
    public void The_longest_prefix_carries_the_answer_and_a_black_hole_swallows_it()
    {
        var reached = Only(Situation([In("tcp", 22, "172.16.0.0/12")], routes: [new Route("172.16.0.0/12", "tgw-1", false), new Route("172.20.0.0/16", "vgw-1", true)]));

        Assert.Equal(V4("172.16.0.0/12").Subtract(V4("172.20.0.0/16")), reached.Sources);
    }

    [Fact]
    public void The_lowest_entry_of_an_acl_that_matches_decides()
    {
        var acl = new NetworkAcl("acl-1",
        [
            Entry(200, false, true, "all", "0.0.0.0/0"), Entry(100, false, false, "tcp", "10.0.2.0/24", new PortRange(22, 22)), Entry(100, true, true, "all", "0.0.0.0/0"),
        ]);

        Assert.Equal(V4("10.0.0.0/16").Subtract(V4("10.0.2.0/24")), Only(Situation([In("tcp", 22, "10.0.0.0/16")], acl)).Sources);
    }

    [Fact]
    public void Answers_need_an_entry_of_their_own()
    {
        var acl = new NetworkAcl("acl-1", [Entry(100, false, true, "all", "0.0.0.0/0"), Entry(100, true, true, "tcp", "10.0.2.0/24", new PortRange(32768, 61000))]);

        // The own subnet never meets the ACL.
        Assert.Equal(V4("10.0.1.0/24", "10.0.2.0/24"), Only(Situation([In("tcp", 22, "10.0.0.0/16")], acl)).Sources);
    }

    [Fact]
    public void Within_a_subnet_no_acl_is_asked()
    {
        var acl = new NetworkAcl("acl-1", []);

        Assert.Equal(V4("10.0.1.0/24"), Only(Situation([In("tcp", 22, "10.0.0.0/16")], acl)).Sources);
    }

    [Fact]
    public void A_referenced_group_is_the_private_addresses_of_its_members()
    {
        Assert.Equal(V4("10.0.1.5", "10.0.2.5"), Only(Situation([In("tcp", 11211, "sg-clients")])).Sources);
        Assert.Equal(V4("10.0.1.5"), Only(Situation([In("tcp", 11211, "sg-clients")], new NetworkAcl("acl-1", []))).Sources);
    }

    [Fact]
    public void A_prefix_list_is_its_ranges() =>
        Assert.Equal(V4("198.51.100.0/24"), Only(Situation([In("tcp", 22, "pl-office")], isPublic: true, routes: [new Route("0.0.0.0/0", "igw-1", false)])).Sources);

    [Fact]
    public void Opening_the_group_and_narrowing_the_acl_admits_nobody_new_when_all_clients_are_in_other_subnets()
    {
        GroupRule[] narrow = [In("tcp", 11211, "10.0.2.0/24")];
        GroupRule[] open = [In("tcp", 11211, "0.0.0.0/0")];
        AclEntry[] answers = [Entry(100, true, true, "all", "0.0.0.0/0")];
        var narrowAcl = new NetworkAcl("acl-2", [Entry(100, false, true, "tcp", "10.0.2.0/24", new PortRange(11211, 11211)), .. answers]);

        var opened = Reach.Compare(Situation(narrow), Situation(open), IpFamily.V4);
        var moved = Reach.Compare(Situation(narrow), Situation(open, narrowAcl), IpFamily.V4);
        var alone = Reach.Compare(Situation(narrow, subnet: "10.0.1.0/32"), Situation(open, narrowAcl, subnet: "10.0.1.0/32"), IpFamily.V4);

        Assert.Equal(V4("10.0.0.0/16").Subtract(V4("10.0.2.0/24")), Assert.Single(opened.Added).Sources);

        // The neighbours in its own subnet get in: the ACL is not asked about them. With none there, nobody does.
        Assert.Equal(V4("10.0.1.0/24"), Assert.Single(moved.Added).Sources);
        Assert.False(moved.AdmitsNobodyNew);
        Assert.Equal(["10.0.1.0/32"], Assert.Single(alone.Added).Sources.ToCidrs());
        Assert.Empty(moved.Removed);
    }

    [Fact]
    public void A_numbered_protocol_meets_the_entries_for_that_number()
    {
        var acl = new NetworkAcl("acl-1", [Entry(90, false, false, "47", "0.0.0.0/0"), Entry(100, false, true, "all", "0.0.0.0/0"), Entry(100, true, true, "all", "0.0.0.0/0")]);

        Assert.Equal(V4("10.0.1.0/24"), Only(Situation([In("47", PortRange.All, "10.0.0.0/16")], acl)).Sources);
        Assert.Equal(V4("10.0.0.0/16"), Only(Situation([In("50", PortRange.All, "10.0.0.0/16")], acl)).Sources);
    }

    /// <summary>Packet by packet over 32 addresses, six ports and every port an answer may go to that an entry tells apart.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_exact_sets_are_those_of_trying_every_packet(int seed)
    {
        var random = new Random(seed);
        string[] ranges = ["10.0.0.0/27", "10.0.0.0/28", "10.0.0.8/29", "10.0.0.16/30", "10.0.0.3/32", "0.0.0.0/0", "10.0.0.16/28"];
        int[] ports = [22, 80, 1024, 11211, 40000, 65535];
        for (var round = 0; round < 150; round++)
        {
            string Range() => ranges[random.Next(ranges.Length)];
            PortRange Ports()
            {
                var first = random.Next(ports.Length);
                return random.Next(3) == 0 ? PortRange.All : new PortRange(ports[first], ports[random.Next(first, ports.Length)]);
            }

            var rules = Enumerable.Range(0, random.Next(1, 4)).Select(_ => In(random.Next(4) == 0 ? "all" : "tcp", Ports(), Range()) is { Protocol: "all" } all ? all with { Ports = PortRange.All } : In("tcp", Ports(), Range())).ToList();
            var entries = Enumerable.Range(1, random.Next(0, 7)).Select(n =>
            {
                var protocol = random.Next(3) == 0 ? "all" : random.Next(4) == 0 ? "udp" : "tcp";
                return Entry(n * 10, random.Next(2) == 0, random.Next(3) > 0, protocol, Range(), protocol == "all" ? PortRange.All : Ports());
            }).ToList();
            var situation = Situation(rules, new NetworkAcl("acl-1", entries), subnet: "10.0.0.4/30");
            var reached = Reach.Evaluate(situation, IpFamily.V4);

            foreach (var port in ports.Concat([23, 1023, 1025, 50000]))
            {
                for (var host = 0u; host < 32; host++)
                {
                    var address = (10u << 24) + host;
                    var fast = reached.Any(r => r.Protocol == "tcp" && r.Ports.Contains(port) && r.Sources.Contains(address));
                    Assert.True(Packet(rules, entries, address, port) == fast, $"seed {seed}, round {round}: 10.0.0.{host} to port {port}");
                }
            }
        }
    }

    private static bool Packet(List<GroupRule> rules, List<AclEntry> entries, uint address, int port)
    {
        if (!rules.Exists(rule => rule.Ports.Contains(port) && V4(rule.Source).Contains(address)))
        {
            return false;
        }

        if (address is >= (10u << 24) + 4 and <= (10u << 24) + 7)
        {
            return true;
        }

        bool Passes(bool egress, int to) => entries.Where(e => e.IsEgress == egress && e.Protocol is "tcp" or "all")
            .OrderBy(static e => e.Number)
            .FirstOrDefault(e => e.Ports.Contains(to) && e.Addresses.First <= address && address <= e.Addresses.Last)?.Allows ?? false;

        int[] answerPorts = [1024, 1025, 11210, 11211, 11212, 39999, 40000, 40001, 65534, 65535];
        return Passes(false, port) && answerPorts.Any(to => Passes(true, to));
    }
}
