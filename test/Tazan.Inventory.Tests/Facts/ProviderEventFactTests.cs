using Tazan.Inventory.Facts.Events;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class ProviderEventFactTests
{
    [Fact]
    public void Completed_and_cancelled_events_are_over()
    {
        using var fleet = Pair("stateless");
        Event(fleet, "i-1", "2026-03-05T00:00:00Z", description: "[Completed] The instance is scheduled for a reboot");
        Event(fleet, "i-2", "2026-03-05T00:00:00Z", description: "[Canceled] The instance is scheduled for a reboot");
        Event(fleet, "i-3", "2026-03-05T00:00:00Z");

        fleet.Derive(new ProviderEventFact());

        Assert.Equal([["i-3"]], fleet.Rows("select instance_id from provider_event"));
    }

    [Theory]
    [InlineData("2026-03-05T09:00:00Z", "2026-03-20T00:00:00Z", "1")]
    [InlineData("2026-03-05T09:00:00Z", null, "0")]
    [InlineData("2026-03-05T09:00:00Z", "2026-03-01T00:00:00Z", "0")]
    [InlineData("2026-03-02T09:04:00Z", "2026-03-20T00:00:00Z", "0")]
    public void An_event_is_movable_with_a_deadline_ahead_and_more_than_five_minutes_left(string notBefore, string? deadline, string movable)
    {
        using var fleet = Pair("stateless");
        Event(fleet, "i-1", notBefore, deadline: deadline);

        fleet.Derive(new ProviderEventFact());

        Assert.Equal([[movable]], fleet.Rows("select movable from provider_event"));
    }

    [Fact]
    public void Two_of_three_in_overlapping_windows_break_a_quorum_and_one_does_not()
    {
        using var fleet = Pair("quorum", quorum: 2);
        Event(fleet, "i-1", "2026-03-05T00:00:00Z", "2026-03-05T04:00:00Z");
        Event(fleet, "i-2", "2026-03-05T03:00:00Z", "2026-03-05T06:00:00Z");
        Event(fleet, "i-3", "2026-03-07T00:00:00Z", "2026-03-07T02:00:00Z");

        fleet.Derive(new ProviderEventFact());

        Assert.Equal(
            [["i-1", "2", "1", "2.625"], ["i-2", "2", "1", "2.75"], ["i-3", "1", "0", "4.625"]],
            fleet.Rows("select instance_id, overlapping_members, breaks_quorum, days_left from provider_event order by 1"));
    }

    [Fact]
    public void A_window_that_ends_when_another_begins_does_not_overlap_it_and_an_end_not_told_is_two_hours_on()
    {
        using var fleet = Pair("primary-standby");
        Event(fleet, "i-1", "2026-03-05T00:00:00Z");
        Event(fleet, "i-2", "2026-03-05T02:00:00Z");

        fleet.Derive(new ProviderEventFact());

        Assert.Equal([["1"], ["1"]], fleet.Rows("select overlapping_members from provider_event"));
    }

    [Fact]
    public void A_stop_loses_instance_store_and_a_reboot_does_not()
    {
        using var fleet = Pair("stateless", type: "m3.large");
        Event(fleet, "i-1", "2026-03-05T00:00:00Z", code: "instance-stop");
        Event(fleet, "i-2", "2026-03-05T00:00:00Z", code: "system-reboot");

        fleet.Derive(new ProviderEventFact());

        Assert.Equal([["i-1", "1"], ["i-2", "0"]], fleet.Rows("select instance_id, loses_instance_store from provider_event order by 1"));
    }

    [Fact]
    public void The_share_of_a_zone_counts_its_running_instances_with_an_event_that_day()
    {
        using var fleet = Pair("stateless");
        Event(fleet, "i-1", "2026-03-05T00:00:00Z");
        Event(fleet, "i-2", "2026-03-05T22:00:00Z");

        fleet.Derive(new ProviderEventFact());

        Assert.All(fleet.Rows("select same_zone_share from provider_event"), static row => Assert.StartsWith("0.666", row[0], StringComparison.Ordinal));
    }

    [Fact]
    public void The_health_page_tells_of_an_event_that_the_status_did_not()
    {
        using var fleet = Pair("single");
        Event(fleet, "i-1", "2026-03-05T00:00:00Z");
        fleet.Add("health_event", ("region", "global"), ("arn", "arn:h"), ("event_type_code", "AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED"), ("event_type_category", "scheduledChange"),
                ("event_region", FleetRows.Region), ("start_time", "2026-03-11T00:00:00Z"), ("end_time", "2026-03-11T00:00:00Z"), ("status_code", "upcoming"))
            .Add("health_affected_entity", ("region", "global"), ("event_arn", "arn:h"), ("entity_value", "i-1"))
            .Add("health_affected_entity", ("region", "global"), ("event_arn", "arn:h"), ("entity_value", "i-2"));

        fleet.Derive(new ProviderEventFact());

        Assert.Equal(
            [["i-1", "instance-reboot", "0"], ["i-2", "instance-retirement", ""]],
            fleet.Rows("select instance_id, code, movable from provider_event order by 1"));
    }

    [Fact]
    public void The_health_page_is_no_condition_for_knowing_events()
    {
        using var fleet = new FleetRows();
        var context = new Tazan.Inventory.Facts.FactContext(fleet.Database, FleetRows.Now, Tazan.Inventory.Facts.FleetSettings.Default);
        var fact = new ProviderEventFact();
        context.Begin(fact);

        fact.Derive(context);

        Assert.True(context.Reads[("provider_event", "scheduled_event")]);
        Assert.False(context.Reads[("provider_event", "health_event")]);
        Assert.False(context.Reads[("provider_event", "health_affected_entity")]);
    }

    [Fact]
    public void Overlaps_agree_with_counting_pair_by_pair_on_random_windows()
    {
        var state = 7UL;
        int Next(int below)
        {
            state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
            return (int)((state >> 33) % (ulong)below);
        }

        for (var round = 0; round < 200; round++)
        {
            var events = Enumerable.Range(0, Next(12) + 1).Select(i =>
            {
                var start = FleetRows.Now.AddHours(Next(20));
                return new PendingEvent { Account = "", Region = "", InstanceId = "i-" + Next(8), Id = "e" + i, Code = "instance-reboot", NotBefore = start, NotAfter = start.AddHours(1 + Next(5)) };
            }).ToList();

            var counts = WindowOverlap.CountInstances(events);

            Assert.Equal(events.Select(a => events.Where(b => a.NotBefore < b.End && b.NotBefore < a.End).Select(static b => b.InstanceId).Distinct().Count()), counts);
        }
    }

    private static FleetRows Pair(string kind, int? quorum = null, string type = "m5.large")
    {
        var fleet = new FleetRows();
        fleet.Add("service", ("service", "db"), ("kind", kind), ("member_count", 3), ("running_count", 3), ("quorum_size", quorum));
        foreach (var id in new[] { "i-1", "i-2", "i-3" })
        {
            fleet.Add("instance", ("instance_id", id), ("instance_type", type), ("state", "running"), ("availability_zone", "ap-northeast-1a"))
                .Add("service_member", ("service", "db"), ("instance_id", id), ("state", "running"));
        }

        return fleet;
    }

    private static void Event(FleetRows fleet, string instance, string notBefore, string? notAfter = null, string? deadline = null, string code = "instance-reboot", string description = "scheduled") =>
        fleet.Add("scheduled_event", ("instance_id", instance), ("instance_event_id", "instance-event-" + instance), ("code", code), ("description", description),
            ("not_before", notBefore), ("not_after", notAfter), ("not_before_deadline", deadline), ("availability_zone", "ap-northeast-1a"));
}
