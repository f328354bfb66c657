using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

/// <summary>Every format of one hand-built report beside its approved file; TAZAN_APPROVE=1 writes the files anew.</summary>
public sealed class ApprovedTests
{
    public static TheoryData<ReportFormat> Formats => [.. Enum.GetValues<ReportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_check_reads_as_approved(ReportFormat format) => Approve($"check.{format.Name()}", Render.Text(Short(Sample.Nasty()), format));

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_diff_reads_as_approved(ReportFormat format) => Approve($"diff.{format.Name()}", Render.Text(Sample.NastyDiff(), format));

    [Theory]
    [InlineData("narrow-why", 80, true, false, false)]
    [InlineData("wide-colours", 160, false, false, true)]
    [InlineData("verbose", 120, false, true, false)]
    public void A_table_reads_as_approved(string name, int width, bool why, bool verbose, bool colours) =>
        Approve($"check.table.{name}", Render.Text(Short(Sample.Nasty()), ReportFormat.Table, new ReportOptions { Width = width, Why = why, Verbose = verbose, Colours = colours }));

    [Fact]
    public void A_verbose_diff_reads_as_approved() =>
        Approve("diff.table.verbose", Render.Text(Sample.NastyDiff(), ReportFormat.Table, new ReportOptions { Verbose = true }));

    [Fact]
    public void The_unshortened_table_says_400_instances_in_one_line() => Approve("check.table.400", Render.Text(Sample.Nasty(), ReportFormat.Table));

    // 400 rows would hide the three hostile ones from a reviewer.
    private static CheckReport Short(CheckReport report) => report with
    {
        Answers = [report.Answers[0] with { Exposures = [.. report.Answers[0].Exposures.Take(4)] }, .. report.Answers.Skip(1)],
    };

    private static void Approve(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "test", "Tazan.Cli.Tests", "Output", "approved", name + ".txt");
        if (Environment.GetEnvironmentVariable("TAZAN_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing; TAZAN_APPROVE=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
