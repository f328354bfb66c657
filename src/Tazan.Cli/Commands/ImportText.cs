using System.Globalization;
using Tazan.Cli.Output;
using Tazan.Inventory.Import;

namespace Tazan.Cli.Commands;

/// <summary>What an import did, for people and for scripts.</summary>
internal static class ImportText
{
    // Of each kind of trouble, so many are named; --verbose names all.
    private const int Named = 10;

    /// <summary>One sentence: files, what they were, what is in the snapshot.</summary>
    internal static string Summary(ImportReport report)
    {
        var read = report.Documents.Count(static d => d.Status == DocumentStatus.Read);
        var accounts = report.Places.Select(static p => p.Account).Distinct().Count();
        var regions = report.Places.Select(static p => p.Region).Distinct().Count();
        var counts = string.Join(", ", new[] { "instance", "volume", "security_group", "network_interface", "image" }
            .Where(report.Rows.ContainsKey).Select(t => $"{report.Rows[t].ToString("#,0", CultureInfo.InvariantCulture)} {t.Replace('_', ' ')}{(report.Rows[t] == 1 ? "" : "s")}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Count(read, "answer")} in {Count(report.Files, "file")} ({report.Bytes / 1048576.0:0.0} MiB): {(counts.Length > 0 ? counts : "no instances or what belongs to them")}; {Count(accounts, "account")}, {Count(regions, "region")}; {Count(report.BlindSpots, "blind spot")}");
    }

    internal static void Write(TextWriter to, ImportReport report, string target, bool verbose, bool quiet)
    {
        if (verbose)
        {
            foreach (var document in report.Documents)
            {
                to.WriteLine(Line(document));
            }
        }
        else
        {
            Some(to, report, DocumentStatus.Broken, "broken");
            Some(to, report, DocumentStatus.Refused, "refused by AWS");
            if (!quiet)
            {
                Skipped(to, report);
            }
        }

        if (quiet)
        {
            return;
        }

        foreach (var note in report.Notes)
        {
            to.WriteLine("note: " + PlainText.Clean(note));
        }

        to.WriteLine(Summary(report));
        to.WriteLine($"wrote {target}; next: tazan check {target}");
    }

    internal static void WriteJson(Stream stream, ImportReport report, string target)
    {
        using (var json = Json.OpenPretty(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", "tazan.import/1");
            json.WriteString("snapshot", target);
            json.WriteNumber("files", report.Files);
            json.WriteNumber("bytes", report.Bytes);
            json.WriteNumber("blind_spots", report.BlindSpots);
            json.WriteStartObject("rows");
            foreach (var (table, rows) in report.Rows)
            {
                json.WriteNumber(table, rows);
            }

            json.WriteEndObject();
            json.WriteStartArray("notes");
            foreach (var note in report.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteStartArray("documents");
            foreach (var document in report.Documents)
            {
                json.WriteStartObject();
                json.WriteString("path", document.Path);
                json.WriteNumber("document", document.Document);
                json.WriteString("status", document.Status.ToString().ToLowerInvariant());
                json.WriteString("service", document.Service);
                json.WriteString("operation", document.Operation);
                json.WriteNumber("items", document.Items);
                json.WriteString("account", document.Account);
                json.WriteString("account_from", document.AccountFrom);
                json.WriteString("region", document.Region);
                json.WriteString("region_from", document.RegionFrom);
                json.WriteString("note", document.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            Json.Close(json, stream);
        }
    }

    private static void Some(TextWriter to, ImportReport report, DocumentStatus status, string word)
    {
        var all = report.Documents.Where(d => d.Status == status).ToArray();
        foreach (var document in all.Take(Named))
        {
            to.WriteLine($"{word}: {PlainText.Clean(document.Note)}");
        }

        if (all.Length > Named)
        {
            to.WriteLine($"{word}: {all.Length - Named} more; -v names all");
        }
    }

    private static void Skipped(TextWriter to, ImportReport report)
    {
        var reasons = report.Documents.Where(static d => d.Status == DocumentStatus.Skipped)
            .GroupBy(static d => d.Note, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).ToArray();
        foreach (var reason in reasons.Take(5))
        {
            to.WriteLine($"skipped {reason.Count()}: {PlainText.Clean(reason.Key)} ({PlainText.Clean(reason.First().Path)}{(reason.Count() > 1 ? ", ..." : "")})");
        }

        if (reasons.Length > 5)
        {
            to.WriteLine($"skipped {reasons.Skip(5).Sum(static g => g.Count())} more; -v names all");
        }
    }

    private static string Line(DocumentReport document)
    {
        var name = PlainText.Clean(document.Path) + (document.Document > 1 ? $" [{document.Document}]" : "");
        if (document.Status != DocumentStatus.Read)
        {
            return $"{name}: {document.Status.ToString().ToLowerInvariant()}: {PlainText.Clean(document.Note)}";
        }

        var from = $"account {document.Account}{From(document.AccountFrom)}, region {document.Region}{From(document.RegionFrom)}";
        return $"{name}: {document.Service} {document.Operation}, {Count(document.Items, "item")}, {PlainText.Clean(from)}{(document.Note.Length > 0 ? "; " + PlainText.Clean(document.Note) : "")}";
    }

    private static string From(string what) => what.Length > 0 ? $" ({what})" : "";

    private static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {noun}{(number == 1 ? "" : "s")}");
}
