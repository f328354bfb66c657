using System.Text.Json;
using System.Text.Json.Nodes;
using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class CheckJsonTests
{
    private static readonly JsonSchema Schema = JsonSchema.Read("check-report.schema.json");

    [Fact]
    public void The_document_is_as_the_published_schema_says()
    {
        using var document = JsonDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.Json));

        Assert.Empty(Schema.Faults(document.RootElement));
        Assert.Equal(4, document.RootElement.GetProperty("answers").GetArrayLength());
    }

    [Theory]
    [InlineData("lacks", "snapshot")]
    [InlineData("is string", "summary")]
    public void The_schema_sees_a_missing_and_a_wrong_member(string fault, string member)
    {
        var document = JsonNode.Parse(Render.Text(Sample.Nasty(), ReportFormat.Json))!.AsObject();
        document.Remove(member);
        if (fault != "lacks")
        {
            document[member] = "text";
        }

        using var spoilt = JsonDocument.Parse(document.ToJsonString());
        Assert.Contains(Schema.Faults(spoilt.RootElement), f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Random_text_keeps_to_the_schema_and_comes_back_unchanged()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var report = Sample.Random(new Chance(seed));
            using var document = JsonDocument.Parse(Render.Text(report, ReportFormat.Json));

            Assert.Empty(Schema.Faults(document.RootElement));
            var read = document.RootElement.GetProperty("answers").EnumerateArray().SelectMany(a => a.GetProperty("exposures").EnumerateArray())
                .Select(e => e.GetProperty("evidence").GetString());
            Assert.Equal(report.Answers.SelectMany(a => a.Exposures).Select(e => Whole(e.Evidence)), read);
        }
    }

    [Fact]
    public void Every_line_of_ndjson_is_an_object_that_says_its_kind()
    {
        var report = Sample.Nasty();
        var lines = Render.Text(report, ReportFormat.Ndjson).TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!.AsObject()).ToList();

        int Of(string kind) => lines.Count(l => (string?)l["kind"] == kind);
        Assert.Equal(1, Of("report"));
        Assert.Equal(report.Answers.Length, Of("answer"));
        Assert.Equal(403, Of("exposure"));
        Assert.Equal(16, Of("blindSpot"));
        Assert.Equal(1 + 4 + 403 + 16, lines.Count);
    }

    [Fact]
    public void A_detail_that_comes_twice_is_kept_twice()
    {
        using var document = JsonDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.Json));
        var details = document.RootElement.GetProperty("answers")[1].GetProperty("exposures")[0].GetProperty("details");

        Assert.Equal("line one\r\nline two", details.GetProperty("note").GetString());
        Assert.Equal("twice", details.GetProperty("note_2").GetString());
    }

    [Fact]
    public void Every_json_format_of_a_diff_parses()
    {
        foreach (var format in (ReportFormat[])[ReportFormat.Json, ReportFormat.Sarif, ReportFormat.Ocsf, ReportFormat.Asff])
        {
            using var document = JsonDocument.Parse(Render.Text(Sample.NastyDiff(), format));
        }

        var kinds = Render.Text(Sample.NastyDiff(), ReportFormat.Ndjson).TrimEnd('\n').Split('\n').Select(l => (string?)JsonNode.Parse(l)!["kind"]).ToList();
        Assert.Equal(42, kinds.Count(k => k == "change"));
        Assert.Equal(44, kinds.Count);
    }

    // UTF-8 has no half pairs: each becomes U+FFFD.
    public static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
}
