namespace Tazan.EndToEnd.Tests;

/// <summary>What a broken input, a full stop or a killed process leaves behind: nothing half-written, one clear line.</summary>
public sealed class BadDayTests(DemoFleet fleet) : IClassFixture<DemoFleet>
{
    [Fact]
    public void A_snapshot_cut_off_anywhere_is_told_in_one_line()
    {
        var whole = File.ReadAllBytes(fleet.Snapshot);
        foreach (var length in new[] { 0, 1, 50, 99, 100, 4096, whole.Length / 2, whole.Length - 1 })
        {
            var cut = fleet.File("cut.db");
            File.WriteAllBytes(cut, whole.AsSpan(0, length));

            var run = Shell.Tazan("check", cut);

            Assert.True(run.Code == 2, $"{length}: {run.Code} {run.Error}");
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            Assert.Contains("cut.db", run.Error);
        }
    }

    [Fact]
    public void A_snapshot_of_a_newer_version_is_refused_with_the_mend()
    {
        if (!Shell.Has("sqlite3"))
        {
            Assert.Skip("sqlite3 is not installed");
        }

        var newer = fleet.File("newer.db");
        File.Copy(fleet.Snapshot, newer);
        Shell.Run("sqlite3", newer, "pragma user_version = 999");

        var run = Shell.Tazan("check", newer);

        Assert.Equal(2, run.Code);
        Assert.Contains("TZN1103", run.Error);
    }

    [Fact]
    public void A_broken_file_hides_no_other_and_ends_in_3()
    {
        var folder = Directory.CreateDirectory(fleet.File("broken")).FullName;
        var instances = Directory.EnumerateFiles(fleet.Answers, "ec2-describe-instances*.json", SearchOption.AllDirectories).First();
        File.Copy(instances, Path.Combine(folder, "a.json"));
        File.WriteAllText(Path.Combine(folder, "b.json"), File.ReadAllText(instances)[..5000]);
        File.WriteAllText(Path.Combine(folder, "c.json"), "");
        File.WriteAllBytes(Path.Combine(folder, "d.json"), [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 3]);
        var target = fleet.File("broken.db");

        var run = Shell.Tazan("import", folder, "-o", target);

        Assert.Equal(3, run.Code);
        Assert.Contains("b.json:", run.Error);
        Assert.Contains("d.json", run.Error);
        Assert.NotEqual("0\n", Shell.Tazan("sql", "select count(*) from instance", target, "-o", "csv").Out);
        Assert.Contains("DescribeInstances", Shell.Tazan("sql", "select operation from blind_spot where reason like '%b.json%'", target).Out);
    }

    [Theory]
    [InlineData("{\"Reservations\": [")]
    [InlineData("not json at all")]
    [InlineData("{\"hello\": \"world\"}")]
    public void An_input_with_nothing_in_it_writes_nothing(string text)
    {
        var file = fleet.File("nothing.json");
        File.WriteAllText(file, text);
        var target = fleet.File("nothing.db");

        var run = Shell.Tazan("import", file, "-o", target);

        Assert.Equal(2, run.Code);
        Assert.Contains("nothing.json", run.Error);
        Assert.False(File.Exists(target));
        Assert.Empty(Directory.GetFiles(fleet.Folder, "nothing.db*.partial"));
    }

    [Fact]
    public void A_killed_or_interrupted_import_leaves_the_old_snapshot_as_it_was()
    {
        var target = fleet.File("kept.db");
        File.Copy(fleet.Snapshot, target);
        var before = File.ReadAllBytes(target);
        // Standard input that never ends: the import is surely under way when it is stopped.
        foreach (var kill in new[] { true, false })
        {
            using var process = Shell.Start("dotnet", Path.Combine(Shell.Root, ".build", "tazan", "Tazan.Cli.dll"), "import", "-", fleet.Answers, "-o", target);
            process.StandardInput.Write("{\"Reservations\": [");
            process.StandardInput.Flush();
            SpinWait.SpinUntil(() => Directory.GetFiles(fleet.Folder, "kept.db.*.partial").Length > 0, TimeSpan.FromSeconds(30));
            if (kill)
            {
                process.Kill();
            }
            else
            {
                Shell.Interrupt(process);
                process.StandardInput.Close();
            }

            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
            Assert.Equal(before, File.ReadAllBytes(target));
            if (!kill)
            {
                Assert.Equal(130, process.ExitCode);
            }
        }

        // What the kill left goes with the next run.
        Assert.Equal(0, Shell.Tazan("import", fleet.Answers, "-o", target, "-q").Code);
        Assert.Empty(Directory.GetFiles(fleet.Folder, "*.partial"));
    }

    [Fact]
    public void A_lesson_with_a_misspelt_key_or_bad_sql_stops_the_check_with_file_and_line()
    {
        var folder = Directory.CreateDirectory(fleet.File("lessons")).FullName;
        Assert.Equal(0, Shell.Tazan("lesson", "new", "our-outage", "-o", folder).Code);
        var path = Path.Combine(folder, "our-outage.yaml");
        var good = File.ReadAllText(path);
        Assert.Equal(0, Shell.Tazan("lesson", "test", path).Code);
        Assert.Equal(0, Shell.Tazan("check", fleet.Snapshot, "--lessons", folder).Code);

        File.WriteAllText(path, good.Replace("severity:", "severty:", StringComparison.Ordinal));
        var misspelt = Shell.Tazan("check", fleet.Snapshot, "--lessons", folder);
        File.WriteAllText(path, good.Replace("select", "selct", StringComparison.Ordinal));
        var badSql = Shell.Tazan("lesson", "validate", path);

        Assert.Equal(2, misspelt.Code);
        Assert.Matches(@"our-outage\.yaml:\d+", misspelt.Error);
        Assert.Contains("severity", misspelt.Error);
        Assert.Equal(2, badSql.Code);
        Assert.Matches(@"our-outage\.yaml:\d+", badSql.Error);
    }

    [Fact]
    public void Everything_recorded_is_recognised_or_skipped_with_a_reason()
    {
        if (Shell.Recorded is not { } recorded)
        {
            Assert.Skip("the recorded answers are not beside the project (../shared/data/recorded)");
            return;
        }

        var target = fleet.File("recorded.db");
        var run = Shell.Tazan("import", recorded, "-o", target, "-v");

        Assert.Equal(0, run.Code);
        Assert.Contains("wrote", run.Error);
        using var counts = System.Text.Json.JsonDocument.Parse(Shell.Tazan("sql", "select (select count(*) from instance) i, (select count(*) from source where status = 'read') r, (select count(*) from source where status = 'skipped' and note = '') s, (select count(*) from security_group) g", target, "-o", "json").Out);
        var row = counts.RootElement[0];
        Assert.True(row.GetProperty("i").GetInt64() >= 90);
        Assert.True(row.GetProperty("r").GetInt64() >= 1_400);
        Assert.True(row.GetProperty("g").GetInt64() >= 90);
        Assert.Equal(0, row.GetProperty("s").GetInt64());
        Assert.Equal(0, Shell.Tazan("check", target).Code);
    }
}
