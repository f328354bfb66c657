using Tazan.Inventory.Import;

namespace Tazan.Inventory.Tests.Import;

/// <summary>What AWS really answered, and what it documents that it answers: all of it goes in, or says why not.</summary>
public sealed class RecordedAnswersTests
{
    [Fact]
    public void Every_recorded_file_is_read_or_skipped_with_a_reason()
    {
        var folder = Find() ?? "";
        if (folder.Length == 0)
        {
            Assert.Skip("The recorded answers are not there (../shared/data/recorded, or TAZAN_SHARED).");
        }

        using var saved = new SavedAnswers();
        var report = saved.ImportPaths([folder]);

        Assert.False(report.HasBroken);
        Assert.Equal(report.Files, report.Documents.Select(static d => d.Path).Distinct().Count());
        Assert.All(report.Documents.Where(static d => d.Status != DocumentStatus.Read), static d => Assert.NotEmpty(d.Note));
        var read = report.Documents.Where(static d => d.Status == DocumentStatus.Read).ToList();
        Assert.True(read.Count > 1400, $"{read.Count} read");
        Assert.True(read.Select(static d => d.Service + d.Operation).Distinct().Count() > 70, "operations");
        Assert.True(report.Rows["instance"] > 90 && report.Rows["security_group"] > 90 && report.Rows["image"] > 10, "rows");

        // A recorder names its files for the operation, so the name checks what the content told.
        foreach (var document in read)
        {
            var name = Path.GetFileNameWithoutExtension(document.Path).Split('_')[0];
            if (name.StartsWith("Describe", StringComparison.Ordinal) && document.Operation != name)
            {
                Assert.Contains((name, document.Operation), ((string, string)[])[("DescribeAlarmsForMetric", "DescribeAlarms"), ("DescribeImageAttribute", "")]);
            }
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TAZAN_SHARED") is { Length: > 0 } told)
        {
            return Existing(Path.Combine(told, "data", "recorded"));
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Tazan.slnx")) && at.Parent is { } above)
            {
                return Existing(Path.Combine(above.FullName, "shared", "data", "recorded"));
            }
        }

        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
