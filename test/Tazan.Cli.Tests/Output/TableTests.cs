using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class TableTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("ﾊﾝ", 2)]
    [InlineData("Ａ", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("か\u3099", 2)]
    [InlineData("🙂", 2)]
    [InlineData("…", 1)]
    public void A_character_takes_the_columns_that_a_terminal_gives_it(string text, int columns) => Assert.Equal(columns, PlainText.Width(text));

    [Theory]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("abc", 0, "")]
    public void A_cut_never_halves_a_wide_character(string text, int columns, string cut) => Assert.Equal(cut, PlainText.Cut(text, columns));

    [Fact]
    public void No_line_is_wider_than_the_terminal_and_none_holds_a_control_character()
    {
        for (var seed = 0UL; seed < 150; seed++)
        {
            var chance = new Chance(seed);
            var width = 80 + chance.Below(121);
            var options = new ReportOptions { Width = width, Why = chance.Below(2) == 0, Verbose = chance.Below(2) == 0 };
            foreach (var line in Render.Text(Sample.Random(chance), ReportFormat.Table, options).TrimEnd('\n').Split('\n'))
            {
                Assert.True(PlainText.Width(line) <= width, $"seed {seed}, width {width}: {line}");
                Assert.Equal(PlainText.Clean(line), line);
            }
        }
    }

    [Fact]
    public void With_colours_the_only_escapes_are_the_colours_own()
    {
        var options = new ReportOptions { Colours = true };
        var coloured = Render.Text(Sample.Nasty(), ReportFormat.Table, options);

        var bare = System.Text.RegularExpressions.Regex.Replace(coloured, "\x1b\\[[0-9;]*m", "");
        Assert.NotEqual(coloured, bare);
        Assert.DoesNotContain('\x1b', bare);
        Assert.Contains("\\x1b[2Jowned", bare, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_hundred_exposures_that_are_one_image_rebuild_read_as_one_line()
    {
        var text = Render.Text(Sample.Nasty(), ReportFormat.Table, new ReportOptions { Width = 200 });

        var line = Assert.Single(text.Split('\n'), l => l.Contains("rebuild-image ami-0abc", StringComparison.Ordinal));
        Assert.Contains("400 instances in 3 services (api 210, feed 120, web 70), e.g. i-00000000000000000", line, StringComparison.Ordinal);
        Assert.Equal(3 + 1, text.Split("i-0000000000000").Length - 1); // three examples and the next command
    }

    [Fact]
    public void Many_jobs_are_cut_with_a_count_and_shown_on_request()
    {
        var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [.. Enumerable.Range(0, 25).Select(i => Sample.Exposure("a", $"i-{i}", remedy: "move", target: $"t-{i:00}"))]));

        Assert.Contains("… and 15 more jobs with 15 exposures; -v lists them.", Render.Text(report, ReportFormat.Table), StringComparison.Ordinal);
        Assert.Contains("move t-24", Render.Text(report, ReportFormat.Table, new ReportOptions { Verbose = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_is_never_shown_without_its_reason_and_its_mend_is_shown_with_why()
    {
        var bare = Render.Text(Sample.Nasty(), ReportFormat.Table);
        var why = Render.Text(Sample.Nasty(), ReportFormat.Table, new ReportOptions { Why = true });

        Assert.Contains("Looked at 10 for slow-restore.", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("Looked at 10 for dns-packet-limit.", bare, StringComparison.Ordinal);
        Assert.Contains("Looked at 10 for dns-packet-limit.", why, StringComparison.Ordinal);
        Assert.Contains("ec2 DescribeVolumes in 14 regions of 2 accounts: UnauthorizedOperation", why, StringComparison.Ordinal);
        Assert.Contains("mend: Allow ec2:DescribeVolumes.", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, true, true)]
    [InlineData(false, "", true, true)]
    [InlineData(true, null, true, false)]
    [InlineData(false, "1", true, false)]
    [InlineData(false, "0", true, false)]
    [InlineData(false, null, false, false)]
    public void Colours_need_a_terminal_and_nobody_against(bool flag, string? variable, bool terminal, bool wanted) =>
        Assert.Equal(wanted, ReportOptions.WantsColours(flag, variable, terminal));

    [Theory]
    [InlineData("i-0a1b", "i-0a1b")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("-v", "'-v'")]
    [InlineData("", "''")]
    public void A_name_in_a_command_to_paste_is_one_word(string name, string word) => Assert.Equal(word, Words.Shell(name));

    [Theory]
    [InlineData("bucket", "buckets")]
    [InlineData("policy", "policies")]
    [InlineData("nat_gateway", "nat gateways")]
    [InlineData("address", "addresses")]
    public void More_than_one_is_plural(string type, string plural) => Assert.Equal(plural, Words.Plural(type));
}
