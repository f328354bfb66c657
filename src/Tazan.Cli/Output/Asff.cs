using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>Security Hub's finding format: an array of requests to BatchImportFindings, one request a line.</summary>
/// <remarks>
/// The limits are AWS's: 100 findings and 6 MB a batch, 240 KB a finding, one account a batch, and that account the
/// caller's (Security Hub partner guide, "Guidelines for using the BatchImportFindings API"). A custom product's ARN
/// names a region, so a batch has one region as well. String lengths: ASFF syntax in the Security Hub user guide.
/// Clear is not sent: a hub of passed findings hides the failed ones.
/// </remarks>
internal sealed class Asff(FindingsReport report, ReportOptions options)
{
    public const int BatchFindings = 100;
    public const int BatchBytes = 6_000_000;
    public const int FindingBytes = 240_000;
    private const int TitleChars = 256;
    private const int DescriptionChars = 1024;
    private const int IdChars = 512;
    private const int AdviceChars = 512;
    private const int FieldNameChars = 128;
    private const int FieldValueChars = 2048;
    private const int Fields = 50;

    // Not an account anybody has: Security Hub will refuse it, and the reader sees why. --asff-account names the real one.
    private const string NoAccount = "000000000000";

    public void Write(Stream output)
    {
        var findings = report.Rules.SelectMany(Entries)
            .OrderBy(static e => e.Account, StringComparer.Ordinal).ThenBy(static e => e.Region, StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = Json.OpenCompact(buffer);
        var (account, region, count, bytes) = ("", "", 0, 0);
        output.WriteByte((byte)'[');
        foreach (var entry in findings)
        {
            Fitting(json, buffer, entry);
            if (count > 0 && (count == BatchFindings || bytes + buffer.WrittenCount + 1 > BatchBytes || entry.Account != account || entry.Region != region))
            {
                output.Write("]},"u8);
                count = 0;
            }

            if (count == 0)
            {
                output.Write("\n{\"Findings\":["u8);
                (account, region, bytes) = (entry.Account, entry.Region, "{\"Findings\":[]}".Length);
            }
            else
            {
                output.WriteByte((byte)',');
            }

            output.Write(buffer.WrittenSpan);
            bytes += buffer.WrittenCount + 1;
            count++;
        }

        output.Write(count > 0 ? "]}\n]\n"u8 : "]\n"u8);
    }

    private sealed record Entry(Rule Rule, Finding? Finding, Resource Resource, string Account, string Region);

    private IEnumerable<Entry> Entries(Rule rule)
    {
        foreach (var finding in rule.Findings)
        {
            yield return new Entry(rule, finding, finding.Resource, Account(finding.Resource.Account), Region(finding.Resource.Region));
        }

        if (!rule.IsPartial)
        {
            yield break;
        }

        // One for each account and region that could not be read, since each has a hub of its own.
        var places = rule.BlindSpots.Select(static s => (s.Account, s.Region)).DefaultIfEmpty((Identity.Unknown, Identity.Unknown));
        foreach (var (account, region) in places.Select(p => (Account(p.Item1), Region(p.Item2))).Distinct())
        {
            yield return new Entry(rule, null, new Resource("account", account, account, region), account, region);
        }
    }

    private string Account(string account) => account is { Length: 12 } && account.All(char.IsAsciiDigit) ? account
        : options.AsffAccount.Length > 0 ? options.AsffAccount : NoAccount;

    private string Region(string region) => region is not (Identity.Unknown or Identity.Global or "") ? region
        : options.AsffRegion.Length > 0 ? options.AsffRegion : "us-east-1";

    // Details are what can be long; with none of them the other limits keep a finding far below AWS's.
    private void Fitting(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Entry entry)
    {
        for (var details = entry.Finding?.Details.Length ?? 0; ; details /= 2)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            One(json, entry, details);
            json.Flush();
            if (buffer.WrittenCount <= FindingBytes || details == 0)
            {
                return;
            }
        }
    }

    private void One(Utf8JsonWriter json, Entry entry, int details)
    {
        var (rule, finding) = (entry.Rule, entry.Finding);
        var partition = entry.Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
            : entry.Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
        var severity = Label(finding?.Severity ?? rule.Severity);
        json.WriteStartObject();
        json.WriteString("SchemaVersion", "2018-10-08");
        json.WriteString("Id", Id(finding?.Key ?? $"{rule.Id}/{entry.Account}/{entry.Region}/unknown"));
        json.WriteString("ProductArn", $"arn:{partition}:securityhub:{entry.Region}:{entry.Account}:product/{entry.Account}/default");
        json.WriteString("GeneratorId", Text($"tazan/{rule.Id}", IdChars));
        json.WriteString("AwsAccountId", entry.Account);
        Types(json);
        json.WriteString("CreatedAt", Words.Iso(report.At));
        json.WriteString("UpdatedAt", Words.Iso(report.At));
        json.WriteStartObject("Severity");
        json.WriteString("Label", severity);
        json.WriteEndObject();
        json.WriteString("Title", Text($"{rule.Id}: {rule.Title}", TitleChars));
        json.WriteString("Description", Text(finding?.Text ?? rule.Unread, DescriptionChars));
        json.WriteStartObject("Remediation");
        json.WriteStartObject("Recommendation");
        json.WriteString("Text", Text(finding is null ? "Make it readable, then check again: tazan check --why" : finding.Advice.Length > 0 ? finding.Advice : $"tazan lesson show {rule.Id}", AdviceChars));
        if (rule.Address is { Length: <= 512 } address)
        {
            json.WriteString("Url", address);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        ProductFields(json, entry, details);
        json.WriteStartArray("Resources");
        json.WriteStartObject();
        json.WriteString("Type", ResourceType(entry.Resource.Type));
        json.WriteString("Id", entry.Resource.Type == "account" ? $"AWS::::Account:{entry.Account}" : Id(entry.Resource.Arn));
        json.WriteString("Partition", partition);
        json.WriteString("Region", entry.Region);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("Compliance");
        json.WriteString("Status", finding is null ? "NOT_AVAILABLE" : "FAILED");
        json.WriteEndObject();
        json.WriteString("RecordState", "ACTIVE");
        json.WriteStartObject("FindingProviderFields");
        json.WriteStartObject("Severity");
        json.WriteString("Label", severity);
        json.WriteEndObject();
        Types(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Types(Utf8JsonWriter json)
    {
        json.WriteStartArray("Types");
        json.WriteStringValue("Software and Configuration Checks/Resilience/Published outages");
        json.WriteEndArray();
    }

    private static void ProductFields(Utf8JsonWriter json, Entry entry, int details)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject("ProductFields");
        Field("tazan/Service", entry.Finding?.Service ?? "");
        Field("tazan/Client", entry.Finding?.Client ?? "");
        Field("tazan/Remedy", entry.Finding?.Remedy ?? "");
        Field("tazan/RemedyTarget", entry.Finding?.RemedyTarget ?? "");
        foreach (var detail in (entry.Finding?.Details ?? []).Take(details))
        {
            Field("tazan/details/" + detail.Key, detail.Value);
        }

        json.WriteEndObject();

        void Field(string name, string value)
        {
            var key = Text(name, FieldNameChars);
            if (value.Length > 0 && used.Count < Fields && used.Add(key))
            {
                json.WriteString(key, Text(value, FieldValueChars));
            }
        }
    }

    // ASFF strings must hold something, and its pattern stops at a line end: one clean line each.
    private static string Text(string text, int chars)
    {
        // Cleaning only lengthens, so what is beyond the limit now is beyond it afterwards: no need to clean it.
        var start = text.Length > chars ? text[..(chars + 1)] : text;
        var clean = PlainText.CutChars(PlainText.Clean(start), chars);
        return string.IsNullOrWhiteSpace(clean) ? "-" : clean;
    }

    // An id must stay unique when it is cut, so what is cut is replaced by its digest.
    private static string Id(string key)
    {
        var clean = PlainText.Clean(key);
        return clean.Length <= IdChars ? Text(clean, IdChars)
            : Text(clean, IdChars - 33) + "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean)))[..32];
    }

    private static string Label(Severity severity) => severity == Severity.Info ? "INFORMATIONAL" : severity.Name().ToUpperInvariant();

    // The types that Security Hub has pages for; all others are its "Other".
    private static string ResourceType(string type) => type switch
    {
        "account" => "AwsAccount",
        "instance" => "AwsEc2Instance",
        "volume" => "AwsEc2Volume",
        "security_group" => "AwsEc2SecurityGroup",
        "network_interface" => "AwsEc2NetworkInterface",
        "subnet" => "AwsEc2Subnet",
        "vpc" => "AwsEc2Vpc",
        "launch_template" => "AwsEc2LaunchTemplate",
        "route_table" => "AwsEc2RouteTable",
        "auto_scaling_group" => "AwsAutoScalingAutoScalingGroup",
        "function" => "AwsLambdaFunction",
        "db_instance" => "AwsRdsDbInstance",
        "bucket" => "AwsS3Bucket",
        "workgroup" => "AwsAthenaWorkGroup",
        _ => "Other",
    };
}
