using Tazan.Inventory.Facts;
using Tazan.Inventory.Facts.Network;
using Tazan.Inventory.Facts.Services;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts.Services;

public sealed class ServiceFactTests
{
    private int count;

    private FleetRows Add(FleetRows fleet, string tags, string[]? groups = null, string zone = "ap-northeast-1a", string state = "running", string? id = null, string account = FleetRows.Account, string region = FleetRows.Region) =>
        fleet.Add("instance", ("instance_id", id ?? $"i-{++count}"), ("tags", tags), ("security_groups", groups ?? []), ("availability_zone", zone), ("state", state), ("instance_type", "c5.large"), ("account", account), ("region", region));

    private static FleetRows Derive(FleetRows fleet, FleetSettings? settings = null) =>
        fleet.Derive(new SecurityGroupRuleFact()).Derive(new ServiceFact(), settings).Derive(new ServiceDependencyFact(), settings);

    private static string[] Names(FleetRows fleet) => [.. fleet.Rows("select service from service order by service").Select(static r => r[0])];

    private static string[] One(FleetRows fleet, string columns) => Assert.Single(fleet.Rows($"select {columns} from service"));

    [Fact]
    public void Evidence_goes_declared_tag_group_target_name()
    {
        using var fleet = new FleetRows();
        var settings = FleetSettings.Default with { Services = [new DeclaredService("mine", null, ["tag:service=a"], [], "")] };
        Add(fleet, """{"service":"a","aws:autoscaling:groupName":"g","Name":"n-1"}""", id: "i-declared");
        Add(fleet, """{"service":"b","aws:autoscaling:groupName":"g","Name":"n-1"}""", id: "i-tag");
        Add(fleet, """{"aws:autoscaling:groupName":"g","Name":"n-1"}""", id: "i-asg");
        Add(fleet, """{"Name":"n-1"}""", id: "i-listed").Add("auto_scaling_instance", ("instance_id", "i-listed"), ("auto_scaling_group_name", "listed"));
        Add(fleet, """{"Name":"n-1"}""", id: "i-target").Add("target_health", ("target_group_arn", "arn:aws:elasticloadbalancing:r:1:targetgroup/tg/1"), ("target_id", "i-target"));
        Add(fleet, """{"Name":"n-1"}""", id: "i-classic").Add("classic_load_balancer", ("load_balancer_name", "clb"), ("instance_ids", new[] { "i-classic" }));
        Add(fleet, """{"Name":"n-1"}""", id: "i-name");
        Add(fleet, "{}", ["sg-x"], id: "i-groups");

        Derive(fleet, settings);

        Assert.Equal(
            ["i-declared mine declared", "i-tag b tag", "i-asg g auto-scaling-group", "i-listed listed auto-scaling-group", "i-target tg target-group", "i-classic clb target-group", "i-name n name", "i-groups unnamed-sg-x security-group"],
            fleet.Rows("select m.instance_id, m.service, s.origin from service_member m join service s using (service) order by m.rowid").Select(static r => string.Join(' ', r)));
    }

    [Fact]
    public void Environments_regions_and_accounts_part_services_of_one_name_and_only_then_the_name_grows()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"service":"web","env":"prod"}""");
        Add(fleet, """{"service":"web","Env":"test"}""");
        Add(fleet, """{"service":"db","env":"prod"}""");
        Add(fleet, """{"service":"api"}""");
        Add(fleet, """{"service":"api"}""", region: "us-east-1");

        Assert.Equal(["api-ap-northeast-1", "api-us-east-1", "db", "web-prod", "web-test"], Names(Derive(fleet)));
    }

    [Fact]
    public void An_application_and_its_part_make_one_service_for_each_part()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"app":"shop","role":"memcached"}""");
        Add(fleet, """{"app":"shop","role":"web"}""");
        Add(fleet, """{"app":"ledger","role":"replica"}""");

        Assert.Equal(["ledger", "shop-memcached", "shop-web"], Names(Derive(fleet)));
    }

    [Fact]
    public void Terminated_instances_are_no_members_and_stopped_ones_carry_no_zone()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"service":"web"}""");
        Add(fleet, """{"service":"web"}""", zone: "ap-northeast-1c");
        Add(fleet, """{"service":"web"}""", zone: "ap-northeast-1c");
        Add(fleet, """{"service":"web"}""", zone: "ap-northeast-1d", state: "stopped");
        Add(fleet, """{"service":"web"}""", state: "terminated");

        Assert.Equal(["4", "3", "2", """["ap-northeast-1a","ap-northeast-1c"]""", "0.667"], One(Derive(fleet), "member_count, running_count, zone_count, zones, round(largest_zone_share, 3)"));
    }

    [Theory]
    [InlineData("session-cache", 2, 0, "cache")]
    [InlineData("tokyo", 2, 11211, "cache")]
    [InlineData("tokyo", 2, 6379, "cache")]
    [InlineData("zookeeper", 3, 0, "quorum")]
    [InlineData("tokyo", 3, 2181, "quorum")]
    [InlineData("tokyo", 5, 2379, "quorum")]
    [InlineData("kafka-controller", 3, 0, "quorum")]
    [InlineData("tokyo", 3, 27017, "quorum")]
    [InlineData("orders-mysql", 2, 0, "primary-standby")]
    [InlineData("tokyo", 2, 5432, "primary-standby")]
    [InlineData("nightly", 1, 0, "batch")]
    [InlineData("report-batch", 4, 0, "batch")]
    [InlineData("tokyo", 1, 443, "single")]
    [InlineData("web", 4, 6379, "stateless")]
    [InlineData("tokyo", 4, 0, "stateless")]
    public void The_kind_follows_from_name_size_and_port(string name, int members, int port, string kind)
    {
        using var fleet = new FleetRows();
        for (var i = 0; i < members; i++)
        {
            Add(fleet, $$"""{"service":"{{name}}"}""", ["sg-a"]);
        }

        if (port > 0)
        {
            fleet.Add("security_group_permission", ("group_id", "sg-a"), ("direction", "ingress"), ("ip_protocol", "tcp"), ("from_port", port), ("to_port", port), ("ip_ranges", """[{"CidrIp":"10.0.0.0/8"}]"""));
        }

        var row = One(Derive(fleet), "kind, kind_reason, quorum_size");

        Assert.Equal(kind, row[0]);
        Assert.NotEmpty(row[1]);
        Assert.Equal(kind == "quorum" ? (members / 2 + 1).ToString() : "", row[2]);
    }

    [Fact]
    public void Role_tags_make_a_pair_and_name_its_primary()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"service":"orders","role":"Primary"}""");
        Add(fleet, """{"service":"orders","role":"replica"}""");

        Assert.Equal("primary-standby", One(Derive(fleet), "kind")[0]);
        Assert.Equal(["primary", "standby"], fleet.Rows("select role from service_member").Select(static r => r[0]));
    }

    [Fact]
    public void A_balancer_makes_a_service_stateless_and_an_even_quorum_is_doubted()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"service":"tokyo","aws:autoscaling:groupName":"g"}""");
        Add(fleet, """{"service":"tokyo","aws:autoscaling:groupName":"g"}""");
        fleet.Add("auto_scaling_group", ("auto_scaling_group_name", "g"), ("target_group_arns", new[] { "arn:tg" }));
        for (var i = 0; i < 4; i++)
        {
            Add(fleet, """{"service":"etcd"}""");
        }

        Derive(fleet);

        Assert.Equal(["etcd quorum 0.6 0", "tokyo stateless 0.9 1"], fleet.Rows("select service, kind, round(confidence, 2), load_balanced from service").Select(static r => string.Join(' ', r)));
    }

    [Fact]
    public void What_is_declared_corrects_kind_and_primary()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"Name":"tokyo-1"}""", id: "i-a");
        Add(fleet, """{"Name":"tokyo-2"}""", id: "i-b");
        var settings = FleetSettings.Default with { Services = [new DeclaredService("tokyo", ServiceKind.PrimaryStandby, [], ["db:orders"], "i-b")] };

        Derive(fleet, settings);

        Assert.Equal(["primary-standby", "declared in tazan.yaml", "1.0"], One(fleet, "kind, kind_reason, confidence"));
        Assert.Equal(["standby", "primary"], fleet.Rows("select role from service_member order by instance_id").Select(static r => r[0]));
        Assert.Equal(["tokyo", "db:orders", "declared"], Assert.Single(fleet.Rows("select service, depends_on, origin from service_dependency")));
    }

    [Fact]
    public void Group_references_tell_who_needs_whom_but_not_over_ssh_nor_from_itself()
    {
        using var fleet = new FleetRows();
        Add(fleet, """{"service":"web"}""", ["sg-web"]);
        Add(fleet, """{"service":"cache"}""", ["sg-cache"]);
        Add(fleet, """{"service":"bastion"}""", ["sg-bastion"]);
        void In(string group, int port, string from) => fleet.Add("security_group_permission", ("group_id", group), ("direction", "ingress"), ("ip_protocol", "tcp"), ("from_port", port), ("to_port", port), ("group_pairs", $$"""[{"GroupId":"{{from}}"}]"""));
        In("sg-cache", 11211, "sg-web");
        In("sg-cache", 11211, "sg-cache");
        In("sg-cache", 22, "sg-bastion");
        In("sg-db", 3306, "sg-web");
        In("sg-db", 9999, "sg-cache");
        fleet.Add("db_instance", ("db_instance_identifier", "orders"), ("endpoint_port", 3306), ("security_groups", new[] { "sg-db" }));

        Derive(fleet);

        Assert.Equal(["web cache tcp 11211", "web db:orders tcp 3306"], fleet.Rows("select service, depends_on, protocol, port from service_dependency").Select(static r => string.Join(' ', r)));
        Assert.Equal("sg-cache of cache lets in tcp 11211 from sg-web of web", fleet.Rows("select reason from service_dependency")[0][0]);
    }

    [Theory]
    [InlineData("web-01", "web")]
    [InlineData("web01a", "web")]
    [InlineData("web-1c", "web")]
    [InlineData("mc-a-12", "mc")]
    [InlineData("web-0f3a9c2e", "web")]
    [InlineData("web-facade", "web-facade")]
    [InlineData("web-ip-10-0-1-2", "web-ip")]
    [InlineData("app.prod.example.com", "app.prod.example.com")]
    [InlineData("app07.prod.example.com", "app.prod.example.com")]
    [InlineData("12345", "12345")]
    public void Numbered_siblings_share_a_stem(string name, string stem) => Assert.Equal(stem, NameStem.Of(name));
}
