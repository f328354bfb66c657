using System.Text;
using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>Writes a check or a diff in any format: UTF-8 without a byte order mark, the same bytes for the same model.</summary>
/// <remarks>
/// Our own formats (table, json, ndjson, csv, md) keep all that the model knows, so check and diff each have their own.
/// Other people's formats (sarif, junit, ocsf, asff) know only rules and findings: for those both become a
/// <see cref="FindingsReport"/>, so a format is written once. Nothing here holds state; every method is thread-safe.
/// The stream is left open. What the stream throws is passed on: see <see cref="AtomicFile"/> for whole files.
/// </remarks>
public static class ReportWriter
{
    /// <summary>Writes a check.</summary>
    public static void Write(CheckReport report, ReportFormat format, Stream output, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        switch (format)
        {
            case ReportFormat.Table:
                Text(output, to => new CheckTable(report, to, options).Write());
                break;
            case ReportFormat.Json:
                CheckJson.WriteDocument(report, output);
                break;
            case ReportFormat.Ndjson:
                CheckJson.WriteLines(report, output);
                break;
            case ReportFormat.Csv:
                Text(output, to => CheckCsv.Write(report, to));
                break;
            case ReportFormat.Md:
                Text(output, to => CheckMarkdown.Write(report, to, options));
                break;
            default:
                Findings(FindingsReport.From(report), format, output, options);
                break;
        }
    }

    /// <summary>Writes a diff.</summary>
    public static void Write(DiffReport report, ReportFormat format, Stream output, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        switch (format)
        {
            case ReportFormat.Table:
                Text(output, to => new DiffTable(report, to, options).Write());
                break;
            case ReportFormat.Json:
                DiffJson.WriteDocument(report, output);
                break;
            case ReportFormat.Ndjson:
                DiffJson.WriteLines(report, output);
                break;
            case ReportFormat.Csv:
                Text(output, to => DiffCsv.Write(report, to));
                break;
            case ReportFormat.Md:
                Text(output, to => DiffMarkdown.Write(report, to, options));
                break;
            default:
                Findings(FindingsReport.From(report), format, output, options);
                break;
        }
    }

    /// <summary>As the stream form, for a caller that has only a text writer. Holds the whole report in memory once.</summary>
    public static void Write(CheckReport report, ReportFormat format, TextWriter output, ReportOptions options) =>
        Whole(output, stream => Write(report, format, stream, options));

    /// <inheritdoc cref="Write(CheckReport, ReportFormat, TextWriter, ReportOptions)"/>
    public static void Write(DiffReport report, ReportFormat format, TextWriter output, ReportOptions options) =>
        Whole(output, stream => Write(report, format, stream, options));

    private static void Findings(FindingsReport report, ReportFormat format, Stream output, ReportOptions options)
    {
        switch (format)
        {
            case ReportFormat.Sarif:
                Sarif.Write(report, output);
                break;
            case ReportFormat.JUnit:
                JUnit.Write(report, output);
                break;
            case ReportFormat.Ocsf:
                Ocsf.Write(report, output);
                break;
            case ReportFormat.Asff:
                new Asff(report, options).Write(output);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    private static void Text(Stream output, Action<TextWriter> write)
    {
        using var to = new StreamWriter(output, Utf8, bufferSize: 32 * 1024, leaveOpen: true) { NewLine = "\n" };
        write(to);
    }

    private static void Whole(TextWriter output, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var whole = new MemoryStream();
        write(whole);
        output.Write(Utf8.GetString(whole.GetBuffer(), 0, (int)whole.Length));
    }

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
}
