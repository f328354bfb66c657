using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>OCSF 1.3 Compliance Findings (class 2003, https://schema.ocsf.io/1.3.0/classes/compliance_finding) as one array.</summary>
/// <remarks>A finding with status Fail for each exposure; for a lesson without any, one with Pass, or with Warning (the schema's word for "no result for want of information").</remarks>
internal static class Ocsf
{
    private const string SchemaVersion = "1.3.0";
    private const int FindingsCategory = 2;
    private const int ComplianceFinding = 2003;
    private const int Create = 1; // activity_id: the schema's "Create"; type_uid is class_uid * 100 + activity_id

    public static void Write(FindingsReport report, Stream output)
    {
        using var json = Json.OpenPretty(output);
        json.WriteStartArray();
        foreach (var rule in report.Rules)
        {
            foreach (var finding in rule.Findings)
            {
                One(json, report, rule, finding);
                json.FlushIfLarge();
            }

            if (rule.Findings.IsEmpty || rule.IsPartial)
            {
                One(json, report, rule, null);
            }
        }

        json.WriteEndArray();
        Json.Close(json, output);
    }

    private static void One(Utf8JsonWriter json, FindingsReport report, Rule rule, Finding? finding)
    {
        var at = report.At.ToUnixTimeMilliseconds();
        var severity = finding?.Severity ?? (rule.IsPartial ? rule.Severity : Severity.Info);
        json.WriteStartObject();
        json.WriteNumber("activity_id", Create);
        json.WriteString("activity_name", "Create");
        json.WriteNumber("category_uid", FindingsCategory);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("class_uid", ComplianceFinding);
        json.WriteString("class_name", "Compliance Finding");
        json.WriteNumber("type_uid", (ComplianceFinding * 100) + Create);
        json.WriteString("type_name", "Compliance Finding: Create");
        json.WriteNumber("time", at);
        json.WriteNumber("severity_id", (int)severity + 1); // Informational 1 … Critical 5
        json.WriteString("severity", severity == Severity.Info ? "Informational" : severity.ToString());
        json.WriteNumber("status_id", 1);
        json.WriteString("status", "New");
        var text = finding?.Text ?? (rule.IsPartial ? rule.Unread : rule.Why);
        json.WriteString("message", text);
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteStartArray("profiles");
        json.WriteStringValue("cloud");
        json.WriteEndArray();
        json.WriteStartObject("product");
        json.WriteString("name", "Tazan");
        json.WriteString("vendor_name", "Tazan");
        json.WriteString("version", report.Version);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("finding_info");
        json.WriteString("uid", finding?.Key ?? $"{rule.Id}/{(rule.IsPartial ? "unknown" : "clear")}");
        json.WriteString("title", rule.Title);
        json.WriteString("desc", text);
        json.WriteNumber("created_time", at);
        if (rule.Address is { } address)
        {
            json.WriteString("src_url", address);
        }

        json.WriteEndObject();
        Compliance(json, report, rule, finding);
        Cloud(json, finding);
        Resources(json, finding);
        if (finding is { Advice.Length: > 0 })
        {
            json.WriteStartObject("remediation");
            json.WriteString("desc", finding.Advice);
            json.WriteEndObject();
        }

        json.WriteStartObject("unmapped");
        json.WriteString("service", finding?.Service ?? "");
        json.WriteString("client", finding?.Client ?? "");
        json.WriteString("remedy", finding?.Remedy ?? "");
        json.WriteString("remedy_target", finding?.RemedyTarget ?? "");
        json.Pairs("details", finding?.Details ?? []);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Compliance(Utf8JsonWriter json, FindingsReport report, Rule rule, Finding? finding)
    {
        var (id, status) = finding is not null ? (3, "Fail") : rule.IsPartial ? (2, "Warning") : (1, "Pass");
        json.WriteStartObject("compliance");
        json.WriteStartArray("standards");
        json.WriteStringValue(report.Verb == "diff" ? "Tazan diff" : "Tazan lessons");
        json.WriteEndArray();
        json.WriteString("control", rule.Id);
        json.WriteNumber("status_id", id);
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    private static void Cloud(Utf8JsonWriter json, Finding? finding)
    {
        json.WriteStartObject("cloud");
        json.WriteString("provider", "AWS");
        if (finding is not null)
        {
            if (finding.Resource.Region is not (Identity.Unknown or Identity.Global))
            {
                json.WriteString("region", finding.Resource.Region);
            }

            if (finding.Resource.Account != Identity.Unknown)
            {
                json.WriteStartObject("account");
                json.WriteString("uid", finding.Resource.Account);
                json.WriteNumber("type_id", 10); // the schema's "AWS Account"
                json.WriteString("type", "AWS Account");
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void Resources(Utf8JsonWriter json, Finding? finding)
    {
        json.WriteStartArray("resources");
        if (finding is not null)
        {
            json.WriteStartObject();
            json.WriteString("uid", finding.Resource.Arn);
            json.WriteString("name", finding.Resource.Id);
            json.WriteString("type", finding.Resource.Type);
            json.WriteString("region", finding.Resource.Region);
            if (finding.Service.Length > 0)
            {
                json.WriteStartObject("group");
                json.WriteString("name", finding.Service);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
