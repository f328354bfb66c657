using System.Globalization;
using System.Text;
using System.Xml;

namespace Tazan.Cli.Output;

/// <summary>JUnit XML as CI systems read it: a suite for each lesson, a failure for each exposure, a skipped case for unknown, a passed one for clear.</summary>
internal static class JUnit
{
    public static void Write(FindingsReport report, Stream output)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            CloseOutput = false,
        });
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", $"tazan {report.Verb} {report.Artifact}");
        Totals(xml, report.Rules);
        foreach (var rule in report.Rules)
        {
            Suite(xml, report, rule);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Suite(XmlWriter xml, FindingsReport report, Rule rule)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", rule.Id);
        Totals(xml, [rule]);
        Attribute(xml, "timestamp", report.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var finding in rule.Findings)
        {
            var resource = finding.Resource;
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", rule.Id);
            Attribute(xml, "name", $"{resource.Type} {resource.Id} ({resource.Account} {resource.Region})");
            Attribute(xml, "time", "0");
            xml.WriteStartElement("failure");
            Attribute(xml, "message", finding.Text);
            Attribute(xml, "type", finding.Severity.Name());
            xml.WriteString(Valid(Body(rule, finding)));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        if (rule.IsPartial)
        {
            Case(xml, rule, "what could not be read");
            xml.WriteStartElement("skipped");
            Attribute(xml, "message", "unknown: " + rule.Unread);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else if (rule.Findings.IsEmpty)
        {
            Case(xml, rule, rule.Title);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, Rule rule, string name)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", rule.Id);
        Attribute(xml, "name", name);
        Attribute(xml, "time", "0");
    }

    private static string Body(Rule rule, Finding finding)
    {
        var body = new StringBuilder().Append(rule.Title).Append('\n').Append(finding.Text).Append('\n').Append(finding.Resource.Arn).Append('\n');
        if (finding.Advice.Length > 0)
        {
            body.Append("remedy: ").Append(finding.Advice).Append('\n');
        }

        return body.ToString();
    }

    private static void Totals(XmlWriter xml, IReadOnlyCollection<Rule> rules)
    {
        var failures = rules.Sum(static r => r.Findings.Length);
        var skipped = rules.Count(static r => r.IsPartial);
        var passed = rules.Count(static r => !r.IsPartial && r.Findings.IsEmpty);
        Attribute(xml, "tests", (failures + skipped + passed).ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "failures", failures.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "errors", "0");
        Attribute(xml, "skipped", skipped.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "time", "0");
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Valid(value));

    /// <summary>
    /// XML 1.0 has no way to write most control characters: they become visible escapes as on a terminal, where this may
    /// end up too. Half pairs and the two non-characters that XML forbids become U+FFFD.
    /// </summary>
    public static string Valid(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = PlainText.CleanKeepingLayout(text);
        if (clean.All(XmlConvert.IsXmlChar))
        {
            return clean;
        }

        var mended = new StringBuilder(clean.Length);
        foreach (var rune in clean.EnumerateRunes())
        {
            // What needs a pair is always valid, and a lone half was enumerated as U+FFFD.
            mended.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return mended.ToString();
    }
}
