using Tazan.Inventory.Facts.Nets;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class SafetyNetFactTests
{
    [Theory]
    [InlineData(2, "ap-northeast-1a,ap-northeast-1c", "1")]
    [InlineData(1, "ap-northeast-1a,ap-northeast-1c", "0")]
    [InlineData(4, "ap-northeast-1a", "0")]
    public void A_minimum_size_holds_when_something_is_left_after_losing_the_fullest_zone(int minimum, string zones, string present)
    {
        using var fleet = new FleetRows();
        fleet.Add("auto_scaling_group", ("auto_scaling_group_name", "web"), ("min_size", minimum), ("desired_capacity", minimum), ("availability_zones", zones.Split(',')));

        Assert.Equal([[present]], Nets(fleet, "minimum-size"));
    }

    [Fact]
    public void A_group_behind_a_balancer_that_looks_at_EC2_alone_never_replaces_what_does_not_answer()
    {
        using var fleet = new FleetRows();
        fleet.Add("auto_scaling_group", ("auto_scaling_group_name", "a"), ("health_check_type", "EC2"), ("target_group_arns", new[] { "arn:tg" }))
            .Add("auto_scaling_group", ("auto_scaling_group_name", "b"), ("health_check_type", "ELB"), ("target_group_arns", new[] { "arn:tg" }), ("min_healthy_percentage", 90), ("max_healthy_percentage", 110))
            .Add("auto_scaling_group", ("auto_scaling_group_name", "c"), ("health_check_type", "EC2"));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["a", "0"], ["b", "1"]], fleet.Rows("select subject_id, present from safety_net where net = 'health-check-type' order by 1"));
        Assert.Equal([["a", "0"], ["b", "1"], ["c", "0"]], fleet.Rows("select subject_id, present from safety_net where net = 'instance-maintenance-policy' order by 1"));
    }

    [Theory]
    [InlineData("quorum", 3, 3, 0.34, 2, "1")]
    [InlineData("quorum", 3, 2, 0.67, 2, "0")]
    [InlineData("stateless", 3, 2, 0.67, null, "1")]
    [InlineData("stateless", 10, 2, 0.7, null, "0")]
    [InlineData("cache", 171, 1, 1.0, null, "0")]
    public void A_service_is_spread_when_the_loss_of_its_fullest_zone_leaves_enough(string kind, int running, int zones, double share, int? quorum, string present)
    {
        using var fleet = new FleetRows();
        fleet.Add("service", ("service", "s"), ("kind", kind), ("running_count", running), ("zone_count", zones), ("largest_zone_share", share), ("quorum_size", quorum));

        Assert.Equal([[present]], Nets(fleet, "zone-spread"));
    }

    [Fact]
    public void Status_alarms_are_counted_per_service_and_only_where_alarms_were_read()
    {
        using var fleet = Members();
        var unread = Nets(fleet, "status-alarm");
        fleet.Database.Execute("delete from safety_net");
        fleet.Add("alarm", ("alarm_name", "up-1"), ("metric_name", "StatusCheckFailed_System"), ("dimensions", """{"InstanceId":"i-1"}"""), ("alarm_actions", new[] { "arn:aws:automate:ap-northeast-1:ec2:recover" }))
            .Add("auto_scaling_instance", ("instance_id", "i-2"), ("auto_scaling_group_name", "web"));

        fleet.Derive(new SafetyNetFact());

        Assert.Empty(unread);
        Assert.Equal([["db", "0", "2 of 3 members"]], fleet.Rows("select subject_id, present, value from safety_net where net = 'status-alarm'"));
        Assert.Equal([["i-1", "1", "alarm up-1"]], fleet.Rows("select subject_id, present, value from safety_net where net = 'auto-recovery' and present = 1"));
    }

    [Fact]
    public void Only_instances_that_the_provider_would_not_recover_are_named()
    {
        using var fleet = new FleetRows();
        void Add(string id, string type, string? recovery = null, string? tenancy = null) =>
            fleet.Add("instance", ("instance_id", id), ("instance_type", type), ("state", "running"), ("auto_recovery", recovery), ("tenancy", tenancy));
        Add("i-1", "m5.large");
        Add("i-2", "m5.large", recovery: "disabled");
        Add("i-3", "m3.large");
        Add("i-4", "m5.metal");
        Add("i-5", "m5.large", tenancy: "host");
        Add("i-6", "m3.large");
        fleet.Add("auto_scaling_instance", ("instance_id", "i-6"), ("auto_scaling_group_name", "web"));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["i-2"], ["i-3"], ["i-4"], ["i-5"]], fleet.Rows("select subject_id from safety_net where net = 'auto-recovery' and present = 0 order by 1"));
    }

    [Fact]
    public void An_event_window_covers_members_by_id_and_by_tag()
    {
        using var fleet = Members();
        fleet.Add("event_window", ("instance_event_window_id", "w-1"), ("instance_ids", new[] { "i-1" }))
            .Add("event_window", ("instance_event_window_id", "w-2"), ("target_tags", """{"game":"a"}"""));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["0", "2 of 3 members"]], fleet.Rows("select present, value from safety_net where net = 'event-window'"));
    }

    [Fact]
    public void Contacts_are_missing_only_where_they_were_asked_for()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "m5.large"), ("account", "999999999999"))
            .Add("alternate_contact", ("region", "global"), ("alternate_contact_type", "SECURITY"), ("has_email", 1));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal(
            [["123456789012/billing", "0"], ["123456789012/operations", "0"], ["123456789012/security", "1"]],
            fleet.Rows("select subject_id, present from safety_net where net = 'alternate-contact' order by 1"));
    }

    [Fact]
    public void An_alarm_that_tells_nobody_is_named_unless_a_composite_alarm_speaks_for_it()
    {
        using var fleet = new FleetRows();
        fleet.Add("alarm", ("alarm_name", "silent"), ("alarm_actions", Array.Empty<string>())).Add("alarm", ("alarm_name", "off"), ("actions_enabled", false), ("alarm_actions", new[] { "arn:sns" }))
            .Add("alarm", ("alarm_name", "part"), ("alarm_actions", Array.Empty<string>())).Add("alarm", ("alarm_name", "loud"), ("actions_enabled", true), ("alarm_actions", new[] { "arn:sns" }))
            .Add("composite_alarm", ("alarm_name", "whole"), ("alarm_rule", "ALARM(\"part\")"));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["off"], ["silent"]], fleet.Rows("select subject_id from safety_net where net = 'alarm-actions' order by 1"));
    }

    [Theory]
    [InlineData("HTTP", "/health", "1", "itself: HTTP /health")]
    [InlineData("HTTP", "/health/db", "0", "deep: HTTP /health/db")]
    [InlineData("HTTPS", "/readyz", "0", "deep: HTTPS /readyz")]
    [InlineData("TCP", null, "0", "port: TCP")]
    public void A_health_check_should_ask_the_instance_for_itself_alone(string protocol, string? path, string present, string value)
    {
        using var fleet = new FleetRows();
        fleet.Add("target_group", ("target_group_arn", "arn:tg"), ("health_check_protocol", protocol), ("health_check_path", path), ("load_balancer_arns", new[] { "arn:lb" }))
            .Add("classic_load_balancer", ("load_balancer_name", "old"), ("health_check_target", $"{protocol}:8080{path}"), ("availability_zones", new[] { "ap-northeast-1a" }));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([[present, value], [present, value]], fleet.Rows("select present, value from safety_net where net = 'health-check-depth'"));
        Assert.Equal([["old", "0"]], fleet.Rows("select subject_id, present from safety_net where net = 'load-balancer-zones'"));
    }

    [Fact]
    public void A_database_needs_a_standby_a_backup_and_protection_and_a_replica_needs_no_standby()
    {
        using var fleet = new FleetRows();
        fleet.Add("db_instance", ("db_instance_identifier", "one"), ("multi_az", false), ("backup_retention_period", 0), ("deletion_protection", false))
            .Add("db_instance", ("db_instance_identifier", "two"), ("multi_az", true), ("backup_retention_period", 7), ("deletion_protection", true))
            .Add("db_instance", ("db_instance_identifier", "replica"), ("multi_az", false), ("read_replica_source", "two"))
            .Add("db_instance", ("db_instance_identifier", "aurora-1"), ("db_cluster_identifier", "aurora"), ("backup_retention_period", 0))
            .Add("db_cluster", ("db_cluster_identifier", "aurora"), ("members", new[] { "aurora-1", "aurora-2" }), ("backup_retention_period", 3));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["aurora-1", "1"], ["one", "0"], ["two", "1"]], fleet.Rows("select subject_id, present from safety_net where net = 'database-standby' order by 1"));
        Assert.Equal([["aurora-1", "1"], ["one", "0"], ["two", "1"]], fleet.Rows("select subject_id, present from safety_net where net = 'database-backup' order by 1"));
        Assert.Equal([["one", "0"], ["two", "1"]], fleet.Rows("select subject_id, present from safety_net where net = 'deletion-protection' order by 1"));
    }

    [Fact]
    public void Restore_testing_is_missing_where_plans_were_read_and_none_is_there()
    {
        using var fleet = new FleetRows();
        fleet.Read("backup", "ListRestoreTestingPlans");

        Assert.Equal([["0"]], Nets(fleet, "restore-testing"));
    }

    [Fact]
    public void Volumes_on_a_burst_bucket_are_counted_per_service_and_named_only_when_above_their_baseline()
    {
        using var fleet = new FleetRows();
        fleet.Add("burst", ("volume_id", "vol-1"), ("service", "db"), ("average_iops", 400.0), ("baseline_iops", 300.0), ("reason", "r"))
            .Add("burst", ("volume_id", "vol-2"), ("service", "db"), ("baseline_iops", 300.0), ("reason", "r"))
            .Add("credit", ("instance_id", "i-1"), ("mode", "standard"), ("reason", "r")).Add("credit", ("instance_id", "i-2"), ("mode", "unlimited"), ("reason", "r"))
            .Add("alarm", ("alarm_name", "burst"), ("metric_name", "BurstBalance"), ("dimensions", """{"VolumeId":"vol-2"}"""), ("alarm_actions", new[] { "arn:sns" }));

        fleet.Derive(new SafetyNetFact());

        Assert.Equal([["service", "db", "0", "1 of 2 volumes watched"], ["volume", "vol-1", "0", "no alarm"]], fleet.Rows("select subject_type, subject_id, present, value from safety_net where net = 'volume-burst' order by 1"));
        Assert.Equal([["i-1"]], fleet.Rows("select subject_id from safety_net where net = 'credit-mode'"));
    }

    private static List<string[]> Nets(FleetRows fleet, string net) => fleet.Derive(new SafetyNetFact()).Rows($"select present from safety_net where net = '{net}'");

    private static FleetRows Members()
    {
        var fleet = new FleetRows();
        fleet.Add("service", ("service", "db"), ("kind", "quorum"), ("running_count", 3), ("zone_count", 3), ("largest_zone_share", 0.34), ("quorum_size", 2));
        foreach (var id in new[] { "i-1", "i-2", "i-3" })
        {
            fleet.Add("service_member", ("service", "db"), ("instance_id", id), ("state", "running"))
                .Add("instance", ("instance_id", id), ("instance_type", "m5.large"), ("state", "running"), ("tags", id == "i-3" ? """{"game":"a"}""" : "{}"));
        }

        return fleet;
    }
}
