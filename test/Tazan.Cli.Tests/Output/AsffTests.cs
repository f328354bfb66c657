using System.Text;
using System.Text.Json;
using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class AsffTests
{
    private static readonly string[] Required = ["SchemaVersion", "Id", "ProductArn", "GeneratorId", "AwsAccountId", "Types", "CreatedAt", "UpdatedAt", "Severity", "Title", "Description", "Resources"];

    [Fact]
    public void Batches_keep_to_the_hubs_limits_and_to_one_account_and_region()
    {
        using var document = JsonDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.Asff));
        var batches = document.RootElement.EnumerateArray().ToList();

        Check(document);
        Assert.Equal(403 + 1 + 14 + 1, batches.Sum(b => b.GetProperty("Findings").GetArrayLength()));
        Assert.Equal(100, batches.Max(b => b.GetProperty("Findings").GetArrayLength()));
    }

    [Fact]
    public void One_batch_is_one_line()
    {
        var text = Render.Text(Sample.Nasty(), ReportFormat.Asff);
        using var document = JsonDocument.Parse(text);

        Assert.Equal(document.RootElement.GetArrayLength() + 2, text.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void A_finding_with_a_megabyte_of_details_is_cut_below_the_limit()
    {
        var endless = string.Concat(Enumerable.Repeat("\"\\日本🙂", 4_000));
        var huge = Sample.Exposure("a", new string('x', 2000), evidence: endless, remedy: endless) with
        {
            Service = endless,
            Details = [.. Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"{i}{endless}", endless))],
        };
        var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [.. Enumerable.Range(0, 250).Select(i => i < 60 ? huge with { Resource = huge.Resource with { Id = huge.Resource.Id + i } } : Sample.Exposure("a", $"i-{i}"))]) with { Title = endless });
        using var document = JsonDocument.Parse(Render.Text(report, ReportFormat.Asff));

        Check(document);
        var ids = document.RootElement.EnumerateArray().SelectMany(b => b.GetProperty("Findings").EnumerateArray()).Select(f => f.GetProperty("Id").GetString()).ToList();
        Assert.Equal(250, ids.Count);
        Assert.Equal(250, ids.Distinct().Count());
    }

    [Fact]
    public void Nothing_exposed_is_an_empty_array() => Assert.Equal("[]\n", Render.Text(Sample.Check(Sample.Answer("a", Answer.Clear)), ReportFormat.Asff));

    [Fact]
    public void An_unnamed_account_takes_the_one_given()
    {
        var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure("a", account: Identity.Unknown, region: Identity.Global)]));
        var text = Render.Text(report, ReportFormat.Asff, new ReportOptions { AsffAccount = "111122223333", AsffRegion = "ap-northeast-1" });

        Assert.Contains("arn:aws:securityhub:ap-northeast-1:111122223333:product/111122223333/default", text, StringComparison.Ordinal);
    }

    // The limits as AWS writes them, not as the writer's constants do.
    private static void Check(JsonDocument document)
    {
        foreach (var batch in document.RootElement.EnumerateArray())
        {
            var findings = batch.GetProperty("Findings").EnumerateArray().ToList();
            Assert.InRange(findings.Count, 1, 100);
            Assert.True(Encoding.UTF8.GetByteCount(batch.GetRawText()) <= 6 * 1024 * 1024);
            Assert.Single(findings.Select(f => f.GetProperty("ProductArn").GetString()).Distinct());
            foreach (var finding in findings)
            {
                Assert.All(Required, r => Assert.True(finding.TryGetProperty(r, out _), r));
                Assert.True(Encoding.UTF8.GetByteCount(finding.GetRawText()) <= 240 * 1024);
                Assert.InRange(finding.GetProperty("Title").GetString()!.Length, 1, 256);
                Assert.InRange(finding.GetProperty("Description").GetString()!.Length, 1, 1024);
                Assert.InRange(finding.GetProperty("Id").GetString()!.Length, 1, 512);
                Assert.InRange(finding.GetProperty("Resources")[0].GetProperty("Id").GetString()!.Length, 1, 512);
                Assert.Matches("^[0-9]{12}$", finding.GetProperty("AwsAccountId").GetString());
                Assert.Contains($":{finding.GetProperty("AwsAccountId").GetString()}:product/", finding.GetProperty("ProductArn").GetString(), StringComparison.Ordinal);
                Assert.Contains(finding.GetProperty("Severity").GetProperty("Label").GetString(), (string[])["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"]);
                Assert.True(finding.GetProperty("ProductFields").EnumerateObject().Count() <= 50);
                Assert.All(finding.GetProperty("ProductFields").EnumerateObject(), p => Assert.True(p.Name.Length <= 128 && p.Value.GetString()!.Length is >= 1 and <= 2048));
            }
        }
    }
}
