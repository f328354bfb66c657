namespace Tazan.Cli.Output;

/// <summary>The formats that a check and a diff can be written in, each from the same model.</summary>
public enum ReportFormat
{
    /// <summary>For a person at a terminal.</summary>
    Table,

    /// <summary>One versioned document with everything in it.</summary>
    Json,

    /// <summary>One JSON object a line, for streams and <c>jq</c>.</summary>
    Ndjson,

    /// <summary>RFC 4180, for spreadsheets.</summary>
    Csv,

    /// <summary>GitHub's Markdown, for a pull request or a wiki.</summary>
    Md,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>JUnit XML, for CI systems.</summary>
    JUnit,

    /// <summary>OCSF Compliance Findings, for security lakes.</summary>
    Ocsf,

    /// <summary>Batches for Security Hub's BatchImportFindings.</summary>
    Asff,
}

/// <summary>The names of <see cref="ReportFormat"/> on the command line.</summary>
public static class ReportFormats
{
    private static readonly (ReportFormat Format, string Name, string Extension)[] All =
    [
        (ReportFormat.Table, "table", "txt"),
        (ReportFormat.Json, "json", "json"),
        (ReportFormat.Ndjson, "ndjson", "ndjson"),
        (ReportFormat.Csv, "csv", "csv"),
        (ReportFormat.Md, "md", "md"),
        (ReportFormat.Sarif, "sarif", "sarif"),
        (ReportFormat.JUnit, "junit", "xml"),
        (ReportFormat.Ocsf, "ocsf", "ocsf.json"),
        (ReportFormat.Asff, "asff", "asff.json"),
    ];

    /// <summary>Every name, in the order in which help should list them.</summary>
    public static IEnumerable<string> Names => All.Select(static f => f.Name);

    /// <summary>The name on the command line.</summary>
    public static string Name(this ReportFormat format) => All[(int)format].Name;

    /// <summary>What a file of this format ends in, without the dot.</summary>
    public static string Extension(this ReportFormat format) => All[(int)format].Extension;

    /// <summary>Reads a name as typed after <c>-o</c>; capitals do not matter.</summary>
    /// <exception cref="UserError">There is no such format; the message names the nearest.</exception>
    public static ReportFormat Parse(string name)
    {
        foreach (var form in All)
        {
            if (string.Equals(form.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return form.Format;
            }
        }

        throw new UserError("TZN1801", "-o", $"there is no output format '{PlainText.Clean(name)}'.", Nearest.Mend(name, Names));
    }
}
