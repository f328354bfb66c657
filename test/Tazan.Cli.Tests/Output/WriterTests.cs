using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

/// <summary>What holds for every format, and what other people's formats demand.</summary>
public sealed class WriterTests
{
    [Fact]
    public void One_model_gives_the_same_bytes_in_every_format_and_through_either_door()
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var first = Render.Text(Sample.Nasty(), format);
            using var text = new StringWriter();
            ReportWriter.Write(Sample.Nasty(), format, text, new ReportOptions());

            Assert.Equal(first, Render.Text(Sample.Nasty(), format));
            Assert.Equal(first, text.ToString());
            Assert.NotEqual('\uFEFF', first[0]);
        }
    }

    [Fact]
    public void Every_format_writes_any_text_as_valid_utf8_that_cannot_steer_a_terminal()
    {
        for (var seed = 1000UL; seed < 1150; seed++)
        {
            var report = Sample.Random(new Chance(seed));
            foreach (var format in Enum.GetValues<ReportFormat>())
            {
                // JSON keeps what is data; it hides nothing from a program, and the escapes that steer a terminal are control characters.
                var isJson = format is ReportFormat.Json or ReportFormat.Ndjson or ReportFormat.Sarif or ReportFormat.Ocsf or ReportFormat.Asff;
                var steering = Render.Text(report, format).Where(c => c is not ('\n' or '\r' or '\t') && (char.IsControl(c) || (!isJson && (c is '\u202e' or '\u200b' or '\u2028'))));
                Assert.Equal("", string.Concat(steering.Select(c => $"{format} {(int)c:x4} ").Distinct()));
            }

            XDocument.Parse(Render.Text(report, ReportFormat.JUnit));
            foreach (var format in (ReportFormat[])[ReportFormat.Sarif, ReportFormat.Ocsf, ReportFormat.Asff])
            {
                using var document = JsonDocument.Parse(Render.Text(report, format));
            }
        }
    }

    [Theory]
    [InlineData("jsno", "json")]
    [InlineData("tabel", "table")]
    [InlineData("sarrif", "sarif")]
    [InlineData("xunit", "junit")]
    public void An_unknown_format_names_the_nearest(string typed, string nearest)
    {
        var error = Assert.Throws<UserError>(() => ReportFormats.Parse(typed));

        Assert.Contains($"Did you mean '{nearest}'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_reads_back_from_its_name()
    {
        Assert.All(Enum.GetValues<ReportFormat>(), f => Assert.Equal(f, ReportFormats.Parse(f.Name().ToUpperInvariant())));
        Assert.Equal(9, ReportFormats.Names.Distinct().Count());
    }

    [Fact]
    public void Markdown_rows_keep_their_cells_whatever_stands_in_them()
    {
        var text = Render.Text(Sample.Nasty(), ReportFormat.Md, new ReportOptions { Verbose = true });
        var widths = text.Split('\n').Where(l => l.StartsWith('|')).Select(l => Regex.Count(l, @"(?<!\\)(?:\\\\)*\|")).ToList();

        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cron@", text, StringComparison.Ordinal);
        Assert.All(widths, w => Assert.True(w is 4 or 7, $"{w - 1} cells"));
        Assert.True(widths.Count > 400);
    }

    [Fact]
    public void Sarif_has_what_code_scanning_needs()
    {
        using var document = JsonDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.Sarif));
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        var results = run.GetProperty("results").EnumerateArray().ToList();

        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        Assert.Equal(4, rules.Count);
        Assert.Equal("https://example.com/postmortem", rules[0].GetProperty("helpUri").GetString());
        Assert.False(rules[1].TryGetProperty("helpUri", out _)); // "not an address" is none
        Assert.Equal(403, results.Count);
        Assert.All(results, r =>
        {
            Assert.Equal(rules[r.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), r.GetProperty("ruleId").GetString());
            Assert.NotEmpty(r.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Contains(r.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
            Assert.Equal("fleet.db", r.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        });
        Assert.Equal(403, results.Select(r => r.GetProperty("partialFingerprints").GetProperty(Sarif.Fingerprint).GetString()).Distinct().Count());
        var invocation = run.GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(2, invocation.GetProperty("toolExecutionNotifications").GetArrayLength());
    }

    [Theory]
    [InlineData("fleet.db", "fleet.db")]
    [InlineData("a b/ü#.db", "a%20b/%C3%BC%23.db")]
    [InlineData("/tmp/fleet.db", "file:///tmp/fleet.db")]
    [InlineData(@"C:\fleets\a b.db", "file:///C:/fleets/a%20b.db")]
    public void A_snapshots_path_becomes_a_uri(string path, string uri) => Assert.Equal(uri, Sarif.ArtifactUri(path));

    [Fact]
    public void JUnit_counts_what_it_lists()
    {
        var suites = XDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.JUnit)).Root!;

        foreach (var suite in suites.Elements("testsuite").Append(suites))
        {
            Assert.Equal((int)suite.Attribute("tests")!, suite.Descendants("testcase").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Descendants("failure").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Descendants("skipped").Count());
        }

        Assert.Equal(4, suites.Elements("testsuite").Count());
        Assert.Equal(403 + 2 + 1, (int)suites.Attribute("tests")!);
    }

    [Fact]
    public void Ocsf_findings_have_the_required_attributes()
    {
        using var document = JsonDocument.Parse(Render.Text(Sample.Nasty(), ReportFormat.Ocsf));
        var findings = document.RootElement.EnumerateArray().ToList();

        Assert.Equal(403 + 1 + 1 + 1, findings.Count); // the rest: unread beside exposed, unknown, clear
        Assert.All(findings, f =>
        {
            Assert.Equal(2, f.GetProperty("category_uid").GetInt32());
            Assert.Equal(2003, f.GetProperty("class_uid").GetInt32());
            Assert.Equal(200301, f.GetProperty("type_uid").GetInt32());
            Assert.Equal(1, f.GetProperty("activity_id").GetInt32());
            Assert.Equal(Sample.Noon.ToUnixTimeMilliseconds(), f.GetProperty("time").GetInt64());
            Assert.InRange(f.GetProperty("severity_id").GetInt32(), 1, 5);
            Assert.Equal("1.3.0", f.GetProperty("metadata").GetProperty("version").GetString());
            Assert.Equal("Tazan", f.GetProperty("metadata").GetProperty("product").GetProperty("vendor_name").GetString());
            Assert.NotEmpty(f.GetProperty("finding_info").GetProperty("uid").GetString()!);
            Assert.NotEmpty(f.GetProperty("finding_info").GetProperty("title").GetString()!);
            Assert.True(f.GetProperty("compliance").GetProperty("standards").GetArrayLength() > 0);
            Assert.Equal("AWS", f.GetProperty("cloud").GetProperty("provider").GetString());
        });
        Assert.Equal([(1, 1), (2, 2), (3, 403)], findings.GroupBy(f => f.GetProperty("compliance").GetProperty("status_id").GetInt32()).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
        Assert.Equal(5, findings[0].GetProperty("severity_id").GetInt32());
    }
}
