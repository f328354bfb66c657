using System.Text.Json;

namespace Tazan.EndToEnd.Tests;

/// <summary>From saved answers to an answer, as a user does it.</summary>
public sealed class MainJobTests(DemoFleet fleet) : IClassFixture<DemoFleet>
{
    private static readonly string[] FiveStories =
        ["pv-slowdown", "pv-grub-boot", "runaway-loop", "image-does-not-boot", "slow-restore", "reboot-wave", "conntrack-exhaustion"];

    [Fact]
    public void The_demo_fleet_is_exposed_to_all_seven_lessons_of_the_five_stories()
    {
        using var report = JsonDocument.Parse(Shell.Tazan("check", fleet.Snapshot, "-o", "json").Out);
        var answers = report.RootElement.GetProperty("answers").EnumerateArray().ToDictionary(a => a.GetProperty("lesson").GetString()!, a => a.GetProperty("answer").GetString());

        Assert.True(answers.Count >= 16);
        Assert.All(FiveStories, lesson => Assert.Equal("exposed", answers[lesson]));
    }

    [Fact]
    public void Every_format_comes_out_whole_and_fail_on_decides_the_exit_code()
    {
        foreach (var format in new[] { "table", "json", "ndjson", "csv", "md", "sarif", "junit", "ocsf", "asff" })
        {
            var file = fleet.File("report." + format);
            var run = Shell.Tazan("check", fleet.Snapshot, "-o", format, "--output-file", file);
            Assert.True(run.Code == 0, format + ": " + run.Error);
            Assert.Contains("conntrack", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(1, Shell.Tazan("check", fleet.Snapshot, "--fail-on", "high").Code);
        Assert.Equal(0, Shell.Tazan("check", fleet.Snapshot, "--lesson", "conntrack-exhaustion", "--fail-on", "none").Code);
    }

    [Fact]
    public void A_baseline_leaves_only_what_is_new()
    {
        var baseline = fleet.File("baseline.json");
        Assert.Equal(0, Shell.Tazan("check", fleet.Snapshot, "--write-baseline", baseline).Code);

        var run = Shell.Tazan("check", fleet.Snapshot, "--baseline", baseline, "--fail-on", "info", "-o", "json");

        Assert.Equal(0, run.Code);
        using var report = JsonDocument.Parse(run.Out);
        Assert.DoesNotContain(report.RootElement.GetProperty("answers").EnumerateArray(), a => a.GetProperty("answer").GetString() == "exposed");
    }

    [Fact]
    public void Two_imports_of_one_fleet_differ_in_nothing_but_times()
    {
        if (!Shell.Has("sqlite3"))
        {
            Assert.Skip("sqlite3 is not installed");
        }

        var again = fleet.File("again.db");
        Assert.Equal(0, Shell.Tazan("import", fleet.Answers, "-o", again, "--collected-at", "2026-03-02T09:00:00Z").Code);

        string[] Dump(string path) => [.. Shell.Run("sqlite3", path, ".dump").Out.Split('\n').Where(static line => !line.StartsWith("INSERT INTO snapshot VALUES", StringComparison.Ordinal))];
        var (first, second) = (Dump(fleet.Snapshot), Dump(again));
        Assert.True(first.Length > 10_000);
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_diff_of_a_fleet_with_itself_is_empty_and_of_a_changed_fleet_names_the_change()
    {
        var changed = fleet.File("changed");
        Copy(fleet.Answers, changed);
        var volumes = Directory.EnumerateFiles(changed, "ec2-describe-volumes*.json", SearchOption.AllDirectories).First(static f => File.ReadAllText(f).Contains("\"VolumeType\": \"gp2\"", StringComparison.Ordinal));
        File.WriteAllText(volumes, File.ReadAllText(volumes).Replace("\"VolumeType\": \"gp2\"", "\"VolumeType\": \"gp3\"", StringComparison.Ordinal));
        var after = fleet.File("changed.db");
        Assert.Equal(0, Shell.Tazan("import", changed, "-o", after, "--collected-at", "2026-03-02T09:00:00Z").Code);

        using var same = JsonDocument.Parse(Shell.Tazan("diff", fleet.Snapshot, fleet.Snapshot, "-o", "json").Out);
        using var other = JsonDocument.Parse(Shell.Tazan("diff", fleet.Snapshot, after, "-o", "json").Out);

        Assert.Empty(Changes(same));
        Assert.Contains(Changes(other), c => c.GetRawText().Contains("gp3", StringComparison.Ordinal));
        Assert.All(Changes(other), c => Assert.DoesNotContain("appeared", c.GetRawText()));
    }

    private static IEnumerable<JsonElement> Changes(JsonDocument diff) => diff.RootElement.GetProperty("changes").EnumerateArray();

    [Fact]
    public void Sql_answers_in_every_format_and_only_reads()
    {
        const string Query = "select count(*) as n from instance";

        Assert.Contains("2000", Shell.Tazan("sql", Query, fleet.Snapshot).Out);
        Assert.Equal("n\r\n2000\r\n", Shell.Tazan("sql", Query, fleet.Snapshot, "-o", "csv").Out);
        Assert.Equal("{\"n\":2000}\n", Shell.Tazan("sql", Query, fleet.Snapshot, "-o", "ndjson").Out);
        foreach (var harm in new[] { "delete from instance", "attach 'x.db' as x", "select 1; select 2", "select * from instnace", "drop table instance", "pragma user_version = 9" })
        {
            var run = Shell.Tazan("sql", harm, fleet.Snapshot);
            Assert.True(run.Code == 2, $"{harm}: {run.Code} {run.Error}");
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }

        Assert.Contains("2000", Shell.Tazan("sql", Query, fleet.Snapshot).Out);
    }

    [Fact]
    public void Show_tells_an_instance_its_service_facts_and_exposures()
    {
        using var found = JsonDocument.Parse(Shell.Tazan("sql", "select instance_id from service_member where service like '%memcached%' order by 1 limit 1", fleet.Snapshot, "-o", "json").Out);
        var id = found.RootElement[0].GetProperty("instance_id").GetString()!;

        var run = Shell.Tazan("show", id, fleet.Snapshot);

        Assert.Equal(0, run.Code);
        Assert.Contains("group_set_tracking", run.Out);
        Assert.Contains("11211", run.Out);
        using var json = JsonDocument.Parse(Shell.Tazan("show", id, fleet.Snapshot, "-o", "json").Out);
        Assert.Equal(id, json.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void A_company_with_clients_gets_one_report_for_each()
    {
        var folder = fleet.File("clients");
        var run = Shell.Tazan("check", fleet.Snapshot, "--client", "account", "--output-dir", folder, "-o", "md");

        Assert.Equal(0, run.Code);
        Assert.Contains("of 2 clients", run.Out);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }
}
