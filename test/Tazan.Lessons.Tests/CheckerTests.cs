using Tazan.Inventory.Calls;
using Tazan.Lessons.Reading;
using Tazan.Testing;

namespace Tazan.Lessons.Tests;

public sealed class CheckerTests
{
    [Fact]
    public void A_fleet_without_the_call_is_unknown_and_the_blind_spot_says_what_to_save()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeVolumes");

        var answer = Ask(fleet, Paravirtual());

        Assert.Equal(Answer.Unknown, answer.Answer);
        var spot = Assert.Single(answer.BlindSpots);
        Assert.Equal(("DescribeInstances", FleetRows.Account, FleetRows.Region), (spot.Operation, spot.Account, spot.Region));
        Assert.Contains("aws ec2 describe-instances", spot.Mend, StringComparison.Ordinal);
        Assert.Contains("ec2:DescribeInstances", spot.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fleet_that_was_read_and_has_nothing_is_clear()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Add("instance", ("instance_id", "i-1"), ("virtualization_type", "hvm"));

        var answer = Ask(fleet, Paravirtual());

        Assert.Equal(Answer.Clear, answer.Answer);
        Assert.Equal("Looked at 1 instance. No instance is paravirtual.", answer.Why);
    }

    [Fact]
    public void An_exposure_counts_although_something_beside_it_could_not_be_read()
    {
        using var fleet = new FleetRows().Add("instance", ("instance_id", "i-1"), ("virtualization_type", "paravirtual")).Read("ec2", "DescribeVolumes");

        var answer = Ask(fleet, Paravirtual());

        Assert.Equal(Answer.Exposed, answer.Answer);
        Assert.NotEmpty(answer.BlindSpots);
    }

    [Fact]
    public void The_blind_spot_table_gives_the_reason()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeVolumes");
        fleet.Database.Execute($"insert into blind_spot values ('{FleetRows.Account}', '{FleetRows.Region}', 'ec2', 'DescribeInstances', 'UnauthorizedOperation', 'Allow ec2:DescribeInstances.')");

        Assert.Equal("UnauthorizedOperation", Assert.Single(Ask(fleet, Paravirtual()).BlindSpots).Reason);
    }

    [Fact]
    public void A_region_whose_population_was_read_and_is_empty_needs_nothing_else()
    {
        var lesson = Lesson("select count(*) from instance", "select v.volume_id as resource, v.account, v.region, 'x' as evidence from volume v join instance i on i.instance_id = v.snapshot_id");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Read("ec2", "DescribeVolumes").Add("instance", ("instance_id", "i-1"));
        fleet.Database.Execute($"insert into call values ('{FleetRows.Account}', 'us-west-1', 'ec2', 'DescribeInstances', '', 'read', 1, 0, null, '')");

        Assert.Equal(Answer.Clear, Ask(fleet, lesson).Answer);

        fleet.Add("instance", ("instance_id", "i-2"), ("region", "us-west-1"));
        var spot = Assert.Single(Ask(fleet, lesson).BlindSpots);
        Assert.Equal(("us-west-1", "DescribeVolumes"), (spot.Region, spot.Operation));
    }

    [Fact]
    public void A_call_asked_about_each_row_of_a_parent_is_not_missing_where_the_parent_has_none()
    {
        var lesson = Lesson("select count(*) from instance", "select target_id as resource, account, region, 'x' as evidence from target_health");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Read("elbv2", "DescribeTargetGroups").Add("instance", ("instance_id", "i-1"));

        Assert.Equal(Answer.Clear, Ask(fleet, lesson).Answer);

        fleet.Add("target_group", ("target_group_arn", "arn:1"));
        Assert.Equal("DescribeTargetHealth", Assert.Single(Ask(fleet, lesson).BlindSpots).Operation);
    }

    [Fact]
    public void A_parent_that_was_not_read_is_missing_with_its_child()
    {
        var lesson = Lesson("select count(*) from instance", "select target_id as resource, account, region, 'x' as evidence from target_health");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Add("instance", ("instance_id", "i-1"));

        Assert.Equal(["DescribeTargetGroups", "DescribeTargetHealth"], Ask(fleet, lesson).BlindSpots.Select(static b => b.Operation));
    }

    [Fact]
    public void A_fact_is_followed_to_the_calls_that_it_cannot_do_without()
    {
        var lesson = Lesson("select count(*) from instance", "select service as resource, account, region, 'x' as evidence from service");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Add("instance", ("instance_id", "i-1"));
        fleet.Database.Execute("insert into fact_source values ('service', 'service_member', 1), ('service_member', 'auto_scaling_group', 1), ('service', 'load_balancer', 0)");

        Assert.Equal("DescribeAutoScalingGroups", Assert.Single(Ask(fleet, lesson).BlindSpots).Operation);
        Assert.Equal(Answer.Clear, Ask(fleet, lesson with { Exposed = lesson.Exposed with { Optional = ["auto_scaling_group"] } }).Answer);
    }

    [Fact]
    public void A_table_filled_by_another_call_in_part_counts_as_read()
    {
        var lesson = Lesson("select count(*) from instance", "select network_interface_id as resource, account, region, 'x' as evidence from network_interface");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Add("instance", ("instance_id", "i-1"));

        Assert.True(Catalogue.Filling("network_interface").Length > 1);
        Assert.Equal(Answer.Clear, Ask(fleet, lesson).Answer);
    }

    [Fact]
    public void The_order_of_rows_in_the_sql_changes_nothing_and_the_worst_comes_first()
    {
        static Lesson Ordered(string order) => Lesson("select count(*) from instance",
            "select instance_id as resource, account, region, instance_type as severity, 'is ' || instance_type as evidence from instance order by instance_id " + order);
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");
        foreach (var (id, severity) in new[] { ("i-3", "low"), ("i-1", "critical"), ("i-2", "low"), ("i-4", "high") })
        {
            fleet.Add("instance", ("instance_id", id), ("instance_type", severity));
        }

        var up = Ask(fleet, Ordered("asc"));
        var down = Ask(fleet, Ordered("desc"));

        Assert.Equal(["i-1", "i-4", "i-2", "i-3"], up.Exposures.Select(static e => e.Resource.Id));
        Assert.Equal(up.Exposures.Select(static e => e.Key + e.Evidence), down.Exposures.Select(static e => e.Key + e.Evidence));
        Assert.Equal(Severity.Critical, up.Severity);
        Assert.Equal("Looked at 4 instances: 4 exposed (1 critical, 1 high, 2 low).", up.Why);
    }

    [Fact]
    public void Two_rows_about_one_resource_become_one_with_both_evidences()
    {
        var lesson = Lesson("select count(*) from instance", "select 'i-1' as resource, '1' as account, 'r' as region, 'low' as severity, 'B.' as evidence union all select 'i-1', '1', 'r', 'high', 'A.'");
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");

        var exposure = Assert.Single(Ask(fleet, lesson).Exposures);

        Assert.Equal((Severity.High, "A. B."), (exposure.Severity, exposure.Evidence));
    }

    [Fact]
    public void What_lies_outside_the_question_is_left_out_and_counted()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances")
            .Add("instance", ("instance_id", "i-1"), ("virtualization_type", "paravirtual"), ("tags", "{\"client\":\"acme\"}"))
            .Add("instance", ("instance_id", "i-2"), ("virtualization_type", "paravirtual"), ("tags", "{\"client\":\"globex\"}"));

        var answer = Ask(fleet, Paravirtual(), new CheckOptions { Tags = [new("client", "acme")], Client = "client" });
        var none = Ask(fleet, Paravirtual(), new CheckOptions { Floor = Severity.Critical });

        Assert.Equal(("i-1", "acme"), (Assert.Single(answer.Exposures).Resource.Id, answer.Exposures[0].Client));
        Assert.Contains("1 exposure lies outside", answer.Why, StringComparison.Ordinal);
        Assert.Equal(Answer.Clear, none.Answer);
        Assert.Contains("2 exposures lie outside", none.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select null as resource, '1' as account, 'r' as region, 'x' as evidence", "a row has no resource")]
    [InlineData("select 'i' as resource, '1' as account, 'r' as region, 'x' as evidence, 'bad' as severity", "has the severity 'bad'")]
    [InlineData("select 'i' as resource, '1' as account, 'r' as region, 'x' as evidence, 'add-standbi' as remedy", "Did you mean 'add-standby'?")]
    public void A_row_that_breaks_the_contract_stops_the_check(string sql, string message)
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");

        Assert.Contains(message, Assert.Throws<UserError>(() => Ask(fleet, Lesson("select 1", sql))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_missing_in_the_evidence_does_not_stop_the_check()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");

        var answer = Ask(fleet, Lesson("select 1", "select 'i-1' as resource, '1' as account, 'r' as region, 'a' || null as evidence"));

        Assert.StartsWith("i-1 matches the lesson's SQL", Assert.Single(answer.Exposures).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sql_without_end_is_stopped_with_the_name_of_its_lesson()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");
        var endless = Lesson("select 1", "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) as resource, '1' as account, 'r' as region, 'x' as evidence from n");

        var error = Assert.Throws<UserError>(() => Ask(fleet, endless, new CheckOptions { SqlTimeout = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal("TZN2007", error.Code);
        Assert.Contains("'disk-full' ran longer than 0.05 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_a_running_query()
    {
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var endless = Lesson("select 1", "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) as resource, '1' as account, 'r' as region, 'x' as evidence from n");

        Assert.ThrowsAny<OperationCanceledException>(() => Checker.Check(fleet.Database, "x", null, [endless], new CheckOptions(), TimeProvider.System, cancellation.Token));
    }

    [Fact]
    public void A_misspelt_name_of_a_lesson_is_told()
    {
        using var fleet = new FleetRows();

        Assert.Contains("Did you mean 'disk-full'?", Assert.Throws<UserError>(() => Ask(fleet, Paravirtual(), new CheckOptions { Only = ["disk-ful"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_checks_of_one_fleet_give_the_same_report()
    {
        var book = LessonBook.Load();
        using var fleet = new FleetRows().Read("ec2", "DescribeInstances").Add("instance", ("instance_id", "i-1"), ("virtualization_type", "paravirtual"), ("state", "running"));

        string Text() => string.Join('\n', Checker.Check(fleet.Database, "x", null, book.Lessons, new CheckOptions(), TimeProvider.System, TestContext.Current.CancellationToken).Answers
            .Select(static a => $"{a.Lesson} {a.Answer} {a.Severity} {a.Why} {string.Join(',', a.Exposures.Select(static e => e.Key))} {string.Join(',', a.BlindSpots)}"));

        var first = Text();

        Assert.Equal(first, Text());
        Assert.Contains("pv-slowdown Exposed", first, StringComparison.Ordinal);
    }

    private static LessonAnswer Ask(FleetRows fleet, Lesson lesson, CheckOptions? options = null) =>
        Checker.Check(fleet.Database, "fleet.db", FleetRows.Now, [lesson], options ?? new CheckOptions(), TimeProvider.System, TestContext.Current.CancellationToken).Answers[0];

    private static Lesson Paravirtual() => Lesson(
        "select count(*) from instance",
        "select instance_id as resource, account, region, instance_id || ' is paravirtual.' as evidence from instance where virtualization_type = 'paravirtual'") is var lesson
        ? lesson with { Exposed = lesson.Exposed with { Clear = "No instance is paravirtual." } } : throw new InvalidOperationException();

    private static Lesson Lesson(string among, string sql)
    {
        var faults = new List<UserError>();
        var lesson = LessonReader.Read(LessonTemplate.Text("disk-full"), "disk-full.yaml", false, faults)!;
        Assert.Empty(faults);
        return lesson with
        {
            Exposed = lesson.Exposed with { Among = new LessonSql(among, "disk-full.yaml", 20), Sql = new LessonSql(sql, "disk-full.yaml", 30) },
        };
    }
}
