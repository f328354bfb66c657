using Tazan.Inventory.Facts.Network;
using static Tazan.Inventory.Tests.Facts.Network.Rules;

namespace Tazan.Inventory.Tests.Facts.Network;

/// <summary>The numbers in remarks are those of the documented rules: both ways open, narrow port allowed, families apart, and so on.</summary>
public sealed class TrackingTests
{
    private static FlowTracking Only(IEnumerable<GroupRule> rules, bool inbound = true, string protocol = "tcp", IpFamily family = IpFamily.V4) =>
        Assert.Single(Tracking.Judge(rules, inbound, protocol, family));

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public void A_flow_that_is_open_both_ways_is_not_tracked_though_its_port_is_narrow(string protocol)
    {
        var flow = Only([In(protocol, 80, "0.0.0.0/0"), AllOut()], protocol: protocol);

        Assert.False(flow.IsTracked);
        Assert.Equal(new PortRange(80, 80), flow.Ports);
        Assert.Equal(AllOut(), flow.Response);
    }

    [Fact]
    public void Answers_must_be_let_go_on_all_ports()
    {
        var flow = Only([In("tcp", 80, "0.0.0.0/0"), Out("tcp", new PortRange(1024, 65535), "0.0.0.0/0")]);

        Assert.True(flow.IsTracked);
        Assert.Contains("no egress rule lets answers go to 0.0.0.0/0 on all ports (the widest is sg-a: tcp 1024-65535 to 0.0.0.0/0)", flow.Reason);
    }

    [Fact]
    public void Two_rules_that_make_up_all_ports_together_are_not_one_rule_for_all_ports() =>
        Assert.True(Only([In("tcp", 80, "0.0.0.0/0"), Out("tcp", new PortRange(0, 1023), "0.0.0.0/0"), Out("tcp", new PortRange(1024, 65535), "0.0.0.0/0")]).IsTracked);

    [Fact]
    public void Answers_must_be_let_go_to_every_address() =>
        Assert.True(Only([In("tcp", 80, "0.0.0.0/0"), AllOut("10.0.0.0/8")]).IsTracked);

    [Fact]
    public void A_rule_for_another_protocol_answers_nothing() =>
        Assert.True(Only([In("tcp", 80, "0.0.0.0/0"), Out("udp", PortRange.All, "0.0.0.0/0")]).IsTracked);

    [Fact]
    public void Families_are_judged_apart()
    {
        GroupRule[] rules = [In("tcp", 80, "0.0.0.0/0"), In("tcp", 80, "::/0"), AllOut("::/0")];

        Assert.True(Only(rules).IsTracked);
        Assert.False(Only(rules, family: IpFamily.V6).IsTracked);
    }

    [Theory]
    [InlineData("203.0.113.7/32")]
    [InlineData("sg-b")]
    [InlineData("pl-12345678")]
    public void A_narrower_source_of_any_kind_makes_the_flow_tracked(string source)
    {
        var flow = Only([In("tcp", 11211, source), AllOut()]);

        Assert.True(flow.IsTracked);
        Assert.StartsWith($"sg-a: tcp 11211 from {source} is narrower than 0.0.0.0/0, so every flow is tracked", flow.Reason);
    }

    [Fact]
    public void Icmp_is_always_tracked() => Assert.True(Only([In("icmp", -1, "0.0.0.0/0"), AllOut()], protocol: "icmp").IsTracked);

    [Fact]
    public void Icmp_of_the_sixth_version_is_always_tracked() =>
        Assert.True(Only([In("icmpv6", -1, "::/0"), AllOut("::/0")], protocol: "icmp", family: IpFamily.V6).IsTracked);

    [Fact]
    public void Other_protocols_are_tracked_by_address_and_number()
    {
        var flow = Only([In("47", PortRange.All, "0.0.0.0/0"), AllOut()], protocol: "other");

        Assert.True(flow.IsTracked);
        Assert.Contains("protocol 47", flow.Reason);
        Assert.Contains("by address and protocol number", flow.Reason);
    }

    [Fact]
    public void Two_halves_of_the_address_space_are_not_every_address() =>
        Assert.True(Only([In("tcp", 80, "0.0.0.0/1"), In("tcp", 80, "128.0.0.0/1"), AllOut()]).IsTracked);

    [Fact]
    public void Groups_are_judged_together()
    {
        GroupRule[] web = [In("tcp", 80, "0.0.0.0/0", "sg-web")];

        Assert.True(Only(web).IsTracked);
        Assert.False(Only([.. web, Out("all", PortRange.All, "0.0.0.0/0", "sg-base")]).IsTracked);
    }

    [Fact]
    public void A_port_that_an_open_and_a_narrow_rule_allow_is_judged_by_the_open_one()
    {
        var flows = Tracking.Judge([In("tcp", 11211, "sg-b"), In("tcp", new PortRange(11000, 12000), "0.0.0.0/0"), AllOut()], inbound: true, "tcp", IpFamily.V4);

        Assert.Equal(new FlowTracking(new PortRange(11000, 12000), false, In("tcp", new PortRange(11000, 12000), "0.0.0.0/0"), AllOut(), flows[0].Reason), Assert.Single(flows));
    }

    [Fact]
    public void Ports_are_split_where_rules_overlap()
    {
        var flows = Tracking.Judge([In("tcp", new PortRange(0, 100), "10.0.0.0/8"), In("tcp", new PortRange(80, 80), "0.0.0.0/0"), AllOut()], inbound: true, "tcp", IpFamily.V4);

        Assert.Equal([(0, 79, true), (80, 80, false), (81, 100, true)], flows.Select(static f => (f.Ports.First, f.Ports.Last, f.IsTracked)));
    }

    [Fact]
    public void Outbound_flows_need_every_answer_let_in()
    {
        GroupRule[] rules = [AllOut(), In("tcp", 80, "0.0.0.0/0")];

        Assert.True(Only(rules, inbound: false).IsTracked);
        Assert.False(Only([.. rules, In("tcp", PortRange.All, "0.0.0.0/0")], inbound: false).IsTracked);
    }

    /// <summary>The example of the user guide: SSH from one address, HTTP from everywhere, everything out.</summary>
    [Fact]
    public void The_documented_example_comes_out_as_documented()
    {
        GroupRule[] rules =
        [
            In("tcp", 22, "203.0.113.1/32"), In("tcp", 80, "0.0.0.0/0"), In("tcp", 80, "::/0"), In("icmp", -1, "0.0.0.0/0"), AllOut(), AllOut("::/0"),
        ];

        Assert.Equal([(22, true), (80, false)], Tracking.Judge(rules, inbound: true, "tcp", IpFamily.V4).Select(static f => (f.Ports.First, f.IsTracked)));
        Assert.Equal([(80, false)], Tracking.Judge(rules, inbound: true, "tcp", IpFamily.V6).Select(static f => (f.Ports.First, f.IsTracked)));
        Assert.True(Only(rules, protocol: "icmp").IsTracked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_fast_answer_is_that_of_judging_port_by_port(int seed)
    {
        var random = new Random(seed);
        string[] protocols = ["tcp", "udp", "all", "icmp"];
        string[] sources = ["0.0.0.0/0", "10.0.0.0/8", "sg-b", "::/0", "pl-1", "0.0.0.0/1", "2001:db8::/32"];
        int[] edges = [0, 1, 21, 22, 80, 443, 1023, 1024, 65534, 65535];
        for (var round = 0; round < 300; round++)
        {
            var rules = Enumerable.Range(0, random.Next(1, 7)).Select(_ =>
            {
                var protocol = protocols[random.Next(protocols.Length)];
                var first = random.Next(edges.Length);
                var ports = protocol == "all" || random.Next(3) == 0 ? PortRange.All : new PortRange(edges[first], edges[random.Next(first, edges.Length)]);
                var source = sources[random.Next(sources.Length)];
                return random.Next(2) == 0 ? In(protocol, ports, source) : Out(protocol, ports, source);
            }).ToList();

            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                foreach (var inbound in new[] { true, false })
                {
                    foreach (var protocol in new[] { "tcp", "udp" })
                    {
                        var flows = Tracking.Judge(rules, inbound, protocol, family);
                        foreach (var port in edges.Concat([2, 79, 81, 500, 30000]))
                        {
                            var flow = flows.SingleOrDefault(f => f.Ports.Contains(port));
                            Assert.Equal(Slowly(rules, inbound, protocol, family, port), flow?.IsTracked);
                            Assert.True(flow is null || (flow.Rule.Ports.Contains(port) && flow.Rule.IsEgress != inbound), $"seed {seed}, round {round}");
                        }
                    }
                }
            }
        }
    }

    // Null: nobody may come. Written from the documented rule alone, one port at a time.
    private static bool? Slowly(List<GroupRule> rules, bool inbound, string protocol, IpFamily family, int port)
    {
        var everywhere = family == IpFamily.V4 ? "0.0.0.0/0" : "::/0";
        bool allowed = false, open = false, answered = false;
        foreach (var rule in rules)
        {
            if (rule.Family != family || (rule.Protocol != protocol && rule.Protocol != "all"))
            {
                continue;
            }

            if (rule.IsEgress != inbound && rule.Ports.First <= port && port <= rule.Ports.Last)
            {
                allowed = true;
                open |= rule.Source == everywhere;
            }

            answered |= rule.IsEgress == inbound && rule.Source == everywhere && rule.Ports == new PortRange(0, 65535);
        }

        return allowed ? !(open && answered) : null;
    }
}
