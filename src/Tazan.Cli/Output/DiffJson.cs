using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>A diff as one document (<c>tazan.diff/1</c>) or as lines; the rules of <see cref="CheckJson"/> hold.</summary>
internal static class DiffJson
{
    public const string Format = "tazan.diff/1";

    public static void WriteDocument(DiffReport report, Stream output)
    {
        using var json = Json.OpenPretty(output);
        json.WriteStartObject();
        Head(json, report);
        json.WriteStartArray("changes");
        foreach (var change in report.Changes)
        {
            json.WriteStartObject();
            Change(json, change, "kind");
            json.WriteEndObject();
            json.FlushIfLarge();
        }

        json.WriteEndArray();
        json.WriteStartArray("blindSpots");
        foreach (var spot in report.BlindSpots)
        {
            json.WriteStartObject();
            json.BlindSpot(spot);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Json.Close(json, output);
    }

    /// <summary>A <c>report</c> line, then <c>change</c> and <c>blindSpot</c> lines.</summary>
    public static void WriteLines(DiffReport report, Stream output)
    {
        using var json = Json.OpenCompact(output);
        Line(json, output, "report", j => Head(j, report));
        foreach (var change in report.Changes)
        {
            Line(json, output, "change", j => Change(j, change, "change"));
        }

        foreach (var spot in report.BlindSpots)
        {
            Line(json, output, "blindSpot", j => j.BlindSpot(spot));
        }
    }

    private static void Line(Utf8JsonWriter json, Stream output, string kind, Action<Utf8JsonWriter> fields)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        fields(json);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }

    private static void Head(Utf8JsonWriter json, DiffReport report)
    {
        json.WriteString("format", Format);
        json.WriteString("tazan", report.Version);
        json.WriteStartObject("before");
        json.WriteString("snapshot", report.Before);
        json.Time("collectedAt", report.BeforeCollectedAt);
        json.WriteEndObject();
        json.WriteStartObject("after");
        json.WriteString("snapshot", report.After);
        json.Time("collectedAt", report.AfterCollectedAt);
        json.WriteEndObject();
        json.Time("comparedAt", report.ComparedAt);
        json.WriteStartObject("summary");
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            json.WriteNumber(kind.ToText(), report.Changes.Count(c => c.Kind == kind));
        }

        json.WriteEndObject();
    }

    // A line's own "kind" says what the line is, so there the change's kind needs another name.
    private static void Change(Utf8JsonWriter json, FleetChange change, string kindName)
    {
        json.WriteString(kindName, change.Kind.ToText());
        json.WriteString("key", change.Key);
        json.Resource("resource", change.Resource);
        json.WriteString("service", change.Service);
        json.WriteStartArray("columns");
        foreach (var column in change.Columns)
        {
            json.WriteStartObject();
            json.WriteString("column", column.Column);
            json.WriteString("before", column.Before);
            json.WriteString("after", column.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
