using System.Collections.Immutable;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Facts.Network;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts.Network;

public sealed class NetworkFactsTests
{
    private const string Open = """[{"CidrIp":"0.0.0.0/0"}]""";

    private static FleetRows Fleet() => new();

    private static FleetRows AddInterface(FleetRows fleet, string id, string instance, string[] groups, string subnet = "subnet-1", string? publicAddress = null, string type = "c5.large", string address = "10.0.1.5", string interfaceType = "interface", int device = 0)
    {
        if (instance.Length > 0 && device == 0)
        {
            fleet.Add("instance", ("instance_id", instance), ("instance_type", type), ("state", "running"), ("security_groups", groups));
        }

        return fleet.Add("network_interface", ("network_interface_id", id), ("instance_id", instance.Length == 0 ? null : instance), ("vpc_id", "vpc-1"),
            ("subnet_id", subnet), ("security_groups", groups), ("public_ip_address", publicAddress), ("private_ip_address", address), ("interface_type", interfaceType), ("device_index", device));
    }

    private static FleetRows AddPermission(FleetRows fleet, string group, string direction, string protocol, int? from, int? to, string? ranges = null, string? pairs = null, string? ranges6 = null) =>
        fleet.Add("security_group_permission", ("group_id", group), ("direction", direction), ("ip_protocol", protocol), ("from_port", from), ("to_port", to), ("ip_ranges", ranges), ("ipv6_ranges", ranges6), ("group_pairs", pairs));

    private static FleetRows DeriveTracking(FleetRows fleet) =>
        fleet.Derive(new SecurityGroupRuleFact()).Derive(new GroupSetFact()).Derive(new GroupSetTrackingFact());

    [Fact]
    public void Permissions_are_flattened_one_source_a_row_and_a_group_reference_holds_for_both_families()
    {
        using var fleet = Fleet();
        AddPermission(fleet, "sg-a", "ingress", "tcp", 443, 443, """[{"CidrIp":"10.0.0.0/8","Description":"office"},{"CidrIp":"0.0.0.0/0"}]""", """[{"GroupId":"sg-b","UserId":"1"}]""", """[{"CidrIpv6":"::/0"}]""");
        AddPermission(fleet, "sg-a", "egress", "-1", null, null, Open);

        fleet.Derive(new SecurityGroupRuleFact());

        Assert.Equal(
            [
                "ingress tcp 443 443 ipv4 cidr 10.0.0.0/8 office", "ingress tcp 443 443 ipv4 cidr 0.0.0.0/0 ", "ingress tcp 443 443 ipv6 cidr ::/0 ",
                "ingress tcp 443 443 ipv4 group sg-b ", "ingress tcp 443 443 ipv6 group sg-b ", "egress all 0 65535 ipv4 cidr 0.0.0.0/0 ",
            ],
            fleet.Rows("select direction, ip_protocol, from_port, to_port, family, source_kind, source, description from security_group_rule").Select(static r => string.Join(' ', r)));
    }

    [Fact]
    public void Rules_listed_flat_serve_where_the_nested_ones_were_not_read()
    {
        using var fleet = Fleet();
        fleet.Add("security_group_rule_listed", ("security_group_rule_id", "sgr-1"), ("group_id", "sg-a"), ("is_egress", false), ("ip_protocol", "udp"), ("from_port", 53), ("to_port", 53), ("cidr_ipv6", "::/0"));

        var context = new FactContext(fleet.Database, FleetRows.Now, FleetSettings.Default);
        var fact = new SecurityGroupRuleFact();
        context.Begin(fact);
        fact.Derive(context);

        Assert.Equal(["ingress", "udp", "53", "ipv6", "::/0"], Assert.Single(fleet.Rows("select direction, ip_protocol, from_port, family, source from security_group_rule")));
        Assert.True(context.Reads[("security_group_rule", "security_group_rule_listed")]);
        Assert.False(context.Reads[("security_group_rule", "security_group_permission")]);
    }

    [Fact]
    public void Interfaces_with_the_same_groups_in_any_order_are_one_set_judged_once()
    {
        using var fleet = Fleet();
        for (var i = 0; i < 50; i++)
        {
            AddInterface(fleet, $"eni-{i}", $"i-{i}", i % 2 == 0 ? ["sg-a", "sg-b"] : ["sg-b", "sg-a"]);
        }

        AddPermission(fleet, "sg-a", "ingress", "tcp", 11211, 11211, pairs: """[{"GroupId":"sg-b"}]""");
        AddPermission(fleet, "sg-b", "egress", "-1", null, null, Open);
        DeriveTracking(fleet);

        Assert.Equal(["sg-a+sg-b", """["sg-a","sg-b"]""", "vpc-1", "50", "0"], Assert.Single(fleet.Rows("select group_set, group_ids, vpc_id, interface_count, has_ipv6 from group_set")));
        var row = Assert.Single(fleet.Rows("select tracked, rule, response_rule, reason from group_set_tracking where protocol = 'tcp' and direction = 'inbound'"));
        Assert.Equal(["1", "sg-a: tcp 11211 from sg-b", "sg-b: all traffic to 0.0.0.0/0", "sg-a: tcp 11211 from sg-b is narrower than 0.0.0.0/0, so every flow is tracked"], row);
        Assert.Equal("50", fleet.Rows("select count(*) from connection_tracking where protocol = 'tcp' and direction = 'inbound' and tracked = 1")[0][0]);
        Assert.Equal("c5.large", fleet.Rows("select distinct instance_type from interface_group_set")[0][0]);
    }

    [Fact]
    public void A_group_that_was_not_read_is_named_in_the_reason()
    {
        using var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a", "sg-lost"]);
        AddPermission(fleet, "sg-a", "ingress", "tcp", 80, 80, Open);

        DeriveTracking(fleet);

        Assert.EndsWith("; the rules of sg-lost were not read", fleet.Rows("select reason from group_set_tracking where protocol = 'tcp'")[0][0]);
    }

    [Fact]
    public void Every_automatically_tracked_path_is_found()
    {
        using var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a"]);
        AddInterface(fleet, "eni-2", "i-2", ["sg-a"], subnet: "subnet-2", address: "10.0.2.9");
        AddInterface(fleet, "eni-3", "", [], interfaceType: "lambda");
        fleet.Add("route_table_association", ("route_table_id", "rtb-1"), ("vpc_id", "vpc-1"), ("main", true))
            .Add("route_table_association", ("route_table_id", "rtb-2"), ("vpc_id", "vpc-1"), ("subnet_id", "subnet-2"))
            .Add("route", ("route_table_id", "rtb-1"), ("destination", "0.0.0.0/0"), ("target", "nat-1"), ("state", "active"))
            .Add("route", ("route_table_id", "rtb-1"), ("destination", "10.7.0.0/16"), ("target", "nat-2"), ("state", "blackhole"))
            .Add("route", ("route_table_id", "rtb-2"), ("destination", "::/0"), ("target", "eigw-1"), ("state", "active"))
            .Add("route", ("route_table_id", "rtb-2"), ("destination", "0.0.0.0/0"), ("target", "vpce-fw"), ("state", "active"))
            .Add("vpc_endpoint", ("vpc_endpoint_id", "vpce-fw"), ("vpc_endpoint_type", "GatewayLoadBalancer"), ("vpc_id", "vpc-1"), ("tags", """{"AWSNetworkFirewallManaged":"true"}"""))
            .Add("vpc_endpoint", ("vpc_endpoint_id", "vpce-ddb"), ("vpc_endpoint_type", "Gateway"), ("vpc_id", "vpc-1"), ("service_name", "com.amazonaws.ap-northeast-1.dynamodb"), ("route_table_ids", new[] { "rtb-1" }))
            .Add("vpc_endpoint", ("vpc_endpoint_id", "vpce-s3"), ("vpc_endpoint_type", "Gateway"), ("vpc_id", "vpc-1"), ("service_name", "com.amazonaws.ap-northeast-1.s3"), ("route_table_ids", new[] { "rtb-1" }))
            .Add("vpc_endpoint", ("vpc_endpoint_id", "vpce-if"), ("vpc_endpoint_type", "Interface"), ("vpc_id", "vpc-1"), ("state", "available"))
            .Add("load_balancer", ("load_balancer_arn", "arn:nlb"), ("load_balancer_name", "nlb"), ("type", "network"))
            .Add("load_balancer", ("load_balancer_arn", "arn:alb"), ("load_balancer_name", "alb"), ("type", "application"))
            .Add("target_group", ("target_group_arn", "arn:tg"), ("target_group_name", "tg"), ("load_balancer_arns", new[] { "arn:nlb" }))
            .Add("target_group", ("target_group_arn", "arn:tg2"), ("target_group_name", "tg2"), ("load_balancer_arns", new[] { "arn:alb" }))
            .Add("target_health", ("target_group_arn", "arn:tg"), ("target_id", "i-1"))
            .Add("target_health", ("target_group_arn", "arn:tg"), ("target_id", "10.0.2.9"))
            .Add("target_health", ("target_group_arn", "arn:tg2"), ("target_id", "i-2"));
        using (var update = fleet.Database.Prepare("update network_interface set ipv6_addresses = '[\"2001:db8::1\"]' where network_interface_id = 'eni-2'"))
        {
            update.Run();
        }

        fleet.Derive(new AutomaticTrackingFact());

        Assert.Equal(
            [
                "eni-1 dynamodb-endpoint vpce-ddb 2", "eni-1 interface-endpoint vpce-if 1", "eni-1 nat-gateway nat-1 1", "eni-1 network-load-balancer nlb 1",
                "eni-2 egress-only-internet-gateway eigw-1 1", "eni-2 interface-endpoint vpce-if 1", "eni-2 network-firewall vpce-fw 1", "eni-2 network-load-balancer nlb 1",
                "eni-3 lambda eni-3 1",
            ],
            fleet.Rows("select network_interface_id, path, via, entries_per_connection from automatic_tracking order by 1, 2").Select(static r => string.Join(' ', r)));
    }

    private static FleetRows Cache(string type)
    {
        var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a"], type: type);
        AddPermission(fleet, "sg-a", "ingress", "tcp", 11211, 11211, pairs: """[{"GroupId":"sg-b"}]""");
        AddPermission(fleet, "sg-a", "egress", "-1", null, null, Open);
        return DeriveTracking(fleet);
    }

    [Theory]
    [InlineData("m7i-flex.large", "76957", "known")]
    [InlineData("c5.xlarge", "153912", "estimated")]
    [InlineData("m1.large", "", "unknown")]
    public void The_maximum_is_known_estimated_or_unknown_and_says_which(string type, string maximum, string basis)
    {
        using var fleet = Cache(type).Derive(new ConnectionLimitFact());

        Assert.Equal(["1", "tcp/11211", maximum, basis], Assert.Single(fleet.Rows("select has_tracked_inbound, tracked_ports, max_tracked, max_basis from connection_limit")));
    }

    [Fact]
    public void Without_any_group_read_nothing_is_called_untracked_and_only_what_was_measured_has_a_row()
    {
        using var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a"], type: "m7i-flex.large");
        AddInterface(fleet, "eni-2", "i-2", ["sg-a"], type: "m7i-flex.large");
        fleet.Add("metric", ("namespace", "CWAgent"), ("metric_name", "ethtool_conntrack_allowance_exceeded"), ("dimension", "InstanceId"),
            ("resource_id", "i-2"), ("statistic", "Maximum"), ("points", 20), ("period", 300), ("minimum", 0.0), ("average", 5.0), ("maximum", 10.0), ("last", 10.0), ("total", 10.0));

        DeriveTracking(fleet).Derive(new ConnectionLimitFact());

        var row = Assert.Single(fleet.Rows("select instance_id, has_tracked_inbound, exceeded, reason from connection_limit"));
        Assert.Equal(["i-2", "", "10"], row[..3]);
        Assert.Contains("unknown: no security groups were read", row[3]);
    }

    [Fact]
    public void What_the_user_measured_goes_before_what_is_published()
    {
        using var fleet = Cache("m7i-flex.large").Derive(new ConnectionLimitFact(), FleetSettings.Default with { MaxTracked = ImmutableDictionary<string, long>.Empty.Add("m7i-flex.large", 80_000) });

        Assert.Equal(["80000", "measured here"], fleet.Rows("select max_tracked, max_basis from connection_limit")[0]);
    }

    [Fact]
    public void Measured_use_gives_headroom_drops_and_the_flat_ceiling()
    {
        using var fleet = Cache("m7i-flex.large");
        void Metric(string name, string space, double minimum, double maximum, double p90, double p99) => fleet.Add("metric", ("namespace", space), ("metric_name", name), ("dimension", "InstanceId"),
            ("resource_id", "i-1"), ("statistic", "Average"), ("points", 20), ("period", 300), ("minimum", minimum), ("maximum", maximum), ("p90", p90), ("p99", p99), ("total", 1.0));
        Metric("ethtool_conntrack_allowance_available", "CWAgent", 7_000, 70_000, 1, 1);
        Metric("ethtool_conntrack_allowance_exceeded", "CWAgent", 100, 350, 1, 1);
        Metric("NetworkPacketsIn", "AWS/EC2", 1, 1, 3_000_000, 3_010_000);
        Metric("CPUUtilization", "AWS/EC2", 1, 1, 30, 40);

        fleet.Derive(new ConnectionLimitFact());

        var row = Assert.Single(fleet.Rows("select available_minimum, used, round(headroom, 3), exceeded, packets_flat_ceiling, tcp_established_timeout, max_basis from connection_limit"));
        Assert.Equal(["7000", "69957", "0.091", "250", "1", "432000", "known"], row);
    }

    [Fact]
    public void More_free_entries_seen_than_published_are_a_lower_bound_of_the_maximum()
    {
        using var fleet = Cache("c5.large");
        fleet.Add("metric", ("namespace", "CWAgent"), ("metric_name", "ethtool_conntrack_allowance_available"), ("resource_id", "i-1"), ("statistic", "Average"), ("points", 3), ("minimum", 1000.0), ("maximum", 90000.0));

        fleet.Derive(new ConnectionLimitFact());

        var row = Assert.Single(fleet.Rows("select max_tracked, max_basis, max_source from connection_limit"));
        Assert.Equal(["90000", "measured here"], row[..2]);
        Assert.Contains("a lower bound", row[2]);
    }

    [Fact]
    public void An_instance_with_two_interfaces_has_one_limit_over_both()
    {
        using var fleet = Cache("c5.large");
        AddInterface(fleet, "eni-9", "i-1", ["sg-c"], device: 1);
        AddPermission(fleet, "sg-c", "ingress", "tcp", 22, 22, """[{"CidrIp":"10.0.0.0/8"}]""");
        foreach (var table in new[] { "security_group_rule", "group_set", "interface_group_set", "group_set_tracking" })
        {
            fleet.Database.Execute($"delete from {table}");
        }

        DeriveTracking(fleet).Derive(new ConnectionLimitFact());

        Assert.Equal(["i-1", "tcp/11211, tcp/22"], Assert.Single(fleet.Rows("select instance_id, tracked_ports from connection_limit")));
    }

    [Fact]
    public void Reachability_names_rule_acl_and_route_and_is_derived_once_for_equal_interfaces()
    {
        using var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a"], publicAddress: "203.0.113.5");
        AddInterface(fleet, "eni-2", "i-2", ["sg-a"], publicAddress: "203.0.113.6", address: "10.0.1.6");
        AddInterface(fleet, "eni-3", "i-3", ["sg-a"], subnet: "subnet-2", address: "10.0.2.6");
        AddPermission(fleet, "sg-a", "ingress", "tcp", 443, 443, Open, """[{"GroupId":"sg-a"}]""");
        fleet.Add("vpc", ("vpc_id", "vpc-1"), ("cidr_block", "10.0.0.0/16"))
            .Add("subnet", ("subnet_id", "subnet-1"), ("cidr_block", "10.0.1.0/24")).Add("subnet", ("subnet_id", "subnet-2"), ("cidr_block", "10.0.2.0/24"))
            .Add("route_table_association", ("route_table_id", "rtb-1"), ("vpc_id", "vpc-1"), ("subnet_id", "subnet-1"))
            .Add("route_table_association", ("route_table_id", "rtb-2"), ("vpc_id", "vpc-1"), ("main", true))
            .Add("route", ("route_table_id", "rtb-1"), ("destination", "10.0.0.0/16"), ("target", "local"), ("state", "active"))
            .Add("route", ("route_table_id", "rtb-1"), ("destination", "0.0.0.0/0"), ("target", "igw-1"), ("state", "active"))
            .Add("route", ("route_table_id", "rtb-2"), ("destination", "10.0.0.0/16"), ("target", "local"), ("state", "active"))
            .Add("network_acl", ("network_acl_id", "acl-1"), ("vpc_id", "vpc-1"), ("is_default", true));
        foreach (var egress in new[] { false, true })
        {
            fleet.Add("network_acl_entry", ("network_acl_id", "acl-1"), ("rule_number", 100), ("egress", egress), ("protocol", "-1"), ("rule_action", "allow"), ("cidr_block", "0.0.0.0/0"))
                .Add("network_acl_entry", ("network_acl_id", "acl-1"), ("rule_number", 32767), ("egress", egress), ("protocol", "-1"), ("rule_action", "deny"), ("cidr_block", "0.0.0.0/0"));
        }

        fleet.Derive(new SecurityGroupRuleFact()).Derive(new ReachabilityFact());

        Assert.Equal(
            [["sg-a|acl-1|public|igw-1", "1", "2"], ["sg-a|acl-1|private", "0", "1"]],
            fleet.Rows("select reach_set, public_path, interface_count from reach_set"));
        Assert.Equal(
            ["10.0.0.0/16 vpc", "0.0.0.0/0 internet", "sg-a group"],
            fleet.Rows("select source, exposure from reachability where reach_set = 'sg-a|acl-1|public|igw-1'").Select(static r => string.Join(' ', r)));
        Assert.Equal(
            "sg-a: tcp 443 from 0.0.0.0/0; acl-1 lets all in by rule 100 and out by rule 100; route 0.0.0.0/0 to igw-1 and a public address",
            fleet.Rows("select reason from reachability where exposure = 'internet'")[0][0]);
        Assert.Equal(["10.0.0.0/16 vpc", "sg-a group"], fleet.Rows("select source, exposure from interface_reachability where instance_id = 'i-3'").Select(static r => string.Join(' ', r)));
    }

    [Fact]
    public void A_restrictive_acl_cuts_ranges_and_tells_subnets_apart()
    {
        using var fleet = Fleet();
        AddInterface(fleet, "eni-1", "i-1", ["sg-a"]);
        AddInterface(fleet, "eni-2", "i-2", ["sg-a"], subnet: "subnet-2", address: "10.0.2.6");
        AddPermission(fleet, "sg-a", "ingress", "-1", null, null, """[{"CidrIp":"10.0.0.0/16"}]""");
        fleet.Add("vpc", ("vpc_id", "vpc-1"), ("cidr_block", "10.0.0.0/16"))
            .Add("subnet", ("subnet_id", "subnet-1"), ("cidr_block", "10.0.1.0/24")).Add("subnet", ("subnet_id", "subnet-2"), ("cidr_block", "10.0.2.0/24"))
            .Add("network_acl", ("network_acl_id", "acl-1"), ("vpc_id", "vpc-1"), ("subnet_ids", new[] { "subnet-1", "subnet-2" }))
            .Add("network_acl_entry", ("network_acl_id", "acl-1"), ("rule_number", 10), ("egress", false), ("protocol", "6"), ("rule_action", "allow"), ("cidr_block", "10.0.8.0/24"), ("from_port", 443), ("to_port", 443))
            .Add("network_acl_entry", ("network_acl_id", "acl-1"), ("rule_number", 10), ("egress", true), ("protocol", "-1"), ("rule_action", "allow"), ("cidr_block", "0.0.0.0/0"));

        fleet.Derive(new SecurityGroupRuleFact()).Derive(new ReachabilityFact());

        Assert.Equal(2, fleet.Rows("select reach_set from reach_set").Count);
        Assert.Equal(
            ["tcp 0 442 10.0.1.0/24", "tcp 443 443 10.0.1.0/24", "tcp 443 443 10.0.8.0/24", "tcp 444 65535 10.0.1.0/24"],
            fleet.Rows("select protocol, from_port, to_port, source from interface_reachability where instance_id = 'i-1' and protocol = 'tcp'").Select(static r => string.Join(' ', r)));
    }
}
