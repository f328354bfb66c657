using System.Collections.Immutable;
using System.Text.Json;
using Tazan.Cli.Output;

namespace Tazan.Cli.Show;

/// <summary>A resource as one JSON document (format <c>tazan.show/1</c>).</summary>
internal static class ResourceJson
{
    internal static void Write(Stream stream, ResourceView view, ImmutableArray<Exposure> exposures)
    {
        using (var json = Json.OpenPretty(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", "tazan.show/1");
            json.WriteString("type", view.Resource.Type);
            json.WriteString("id", view.Resource.Id);
            json.WriteString("account", view.Resource.Account);
            json.WriteString("region", view.Resource.Region);
            json.WriteString("arn", view.Resource.Arn);
            json.WriteStartArray("exposures");
            foreach (var exposure in exposures)
            {
                json.WriteStartObject();
                json.WriteString("lesson", exposure.Lesson);
                json.WriteString("severity", exposure.Severity.ToString().ToLowerInvariant());
                json.WriteString("evidence", exposure.Evidence);
                json.WriteString("service", exposure.Service);
                json.WriteString("remedy", exposure.Remedy);
                json.WriteString("target", exposure.RemedyTarget);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("own");
            Columns(json, view.Own, view.Own.Rows[0]);
            json.WriteEndObject();
            Tables(json, "facts", view.Facts);
            Tables(json, "related", view.Related);
            json.WriteEndObject();
            Json.Close(json, stream);
        }
    }

    private static void Tables(Utf8JsonWriter json, string name, ImmutableArray<ResourceRows> tables)
    {
        json.WriteStartObject(name);
        foreach (var table in tables.GroupBy(static t => t.Table))
        {
            json.WriteStartArray(table.Key);
            foreach (var rows in table)
            {
                foreach (var row in rows.Rows)
                {
                    json.WriteStartObject();
                    Columns(json, rows, row);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Columns(Utf8JsonWriter json, ResourceRows rows, string?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            json.WriteString(rows.Columns[i], row[i]);
        }
    }
}
