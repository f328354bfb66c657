using System.Text;
using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

/// <summary>A report as text.</summary>
internal static class Render
{
    public static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Text(CheckReport report, ReportFormat format, ReportOptions? options = null) =>
        StrictUtf8.GetString(Bytes(to => ReportWriter.Write(report, format, to, options ?? new ReportOptions())));

    public static string Text(DiffReport report, ReportFormat format, ReportOptions? options = null) =>
        StrictUtf8.GetString(Bytes(to => ReportWriter.Write(report, format, to, options ?? new ReportOptions())));

    public static byte[] Bytes(Action<Stream> write)
    {
        using var to = new MemoryStream();
        write(to);
        return to.ToArray();
    }
}
