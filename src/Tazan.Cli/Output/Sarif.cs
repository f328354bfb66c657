using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run, a rule for each lesson, a result for each exposure.</summary>
/// <remarks>Unknown is no result: it is a notification of the run, and the run then counts as not wholly successful.</remarks>
internal static class Sarif
{
    public const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>The fingerprint's name; a new number if <see cref="Exposure.Key"/> is ever made otherwise.</summary>
    public const string Fingerprint = "tazanKey/v1";

    public static void Write(FindingsReport report, Stream output)
    {
        using var json = Json.OpenPretty(output);
        var artifact = ArtifactUri(report.Artifact);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, report);
        Invocation(json, report);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"tazan/{report.Verb}/");
        json.WriteEndObject();
        json.WriteStartArray("artifacts");
        json.WriteStartObject();
        json.WriteStartObject("location");
        json.WriteString("uri", artifact);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        for (var i = 0; i < report.Rules.Length; i++)
        {
            foreach (var finding in report.Rules[i].Findings)
            {
                Result(json, report.Rules[i], i, finding, artifact);
                json.FlushIfLarge();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        Json.Close(json, output);
    }

    private static void Tool(Utf8JsonWriter json, FindingsReport report)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "tazan");
        json.WriteString("version", report.Version);
        json.WriteStartArray("rules");
        foreach (var rule in report.Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Message(json, "shortDescription", rule.Title);
            Message(json, "fullDescription", rule.Why);
            if (rule.Address is { } address)
            {
                json.WriteString("helpUri", address);
            }

            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("answer", rule.Answer.Name());
            json.WriteString("severity", rule.Severity.Name());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Invocation(Utf8JsonWriter json, FindingsReport report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", !report.Rules.Any(static r => r.IsPartial));
        json.WriteString("endTimeUtc", Words.Iso(report.At));
        json.WriteStartArray("toolExecutionNotifications");
        for (var i = 0; i < report.Rules.Length; i++)
        {
            var rule = report.Rules[i];
            if (!rule.IsPartial)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("level", "warning");
            Message(json, "message", $"{rule.Id}: {rule.Unread}");
            json.WriteStartObject("associatedRule");
            json.WriteString("id", rule.Id);
            json.WriteNumber("index", i);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Result(Utf8JsonWriter json, Rule rule, int index, Finding finding, string artifact)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", rule.Id);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", Level(finding.Severity));
        var advice = finding.Advice.Length == 0 ? "" : $" Remedy: {finding.Advice}";
        Message(json, "message", $"{finding.Resource.Id}: {finding.Text}{advice}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", artifact);
        json.WriteNumber("index", 0);
        json.WriteEndObject();

        // A snapshot has no lines, but GitHub's code scanning refuses a result without a region.
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", finding.Resource.Id);
        json.WriteString("fullyQualifiedName", $"{finding.Resource.Account}/{finding.Resource.Region}/{finding.Resource.Type}/{finding.Resource.Id}");
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString(Fingerprint, finding.Key);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("severity", finding.Severity.Name());
        json.WriteString("arn", finding.Resource.Arn);
        json.WriteString("service", finding.Service);
        json.WriteString("client", finding.Client);
        json.WriteString("remedy", finding.Remedy);
        json.WriteString("remedyTarget", finding.RemedyTarget);
        json.Pairs("details", finding.Details);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text.Length == 0 ? "-" : text);
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    /// <summary>A path as a URI reference: each part escaped, absolute ones with <c>file://</c>.</summary>
    public static string ArtifactUri(string path)
    {
        var slashed = path.Replace('\\', '/');
        var escaped = string.Join('/', slashed.Split('/').Select(Uri.EscapeDataString));
        return slashed switch
        {
            ['/', ..] => "file://" + escaped,
            [var drive, ':', '/', ..] when char.IsAsciiLetter(drive) => $"file:///{drive}:{escaped[4..]}",
            _ => escaped,
        };
    }
}
