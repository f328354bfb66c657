using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tazan.Inventory.Schema;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons.Reading;

/// <summary>Reads the rows of an example's fleet.</summary>
internal static class ExampleReader
{
    /// <summary>The moment at which an example is looked at where it does not say.</summary>
    internal static readonly DateTimeOffset DefaultNow = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static ImmutableArray<ExampleTable> ReadFleet(Node fleet, ShapeCheck check)
    {
        var tables = ImmutableArray.CreateBuilder<ExampleTable>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in fleet.Entries)
        {
            if (SnapshotSchema.Find(key.Text) is not { } table)
            {
                check.Fault(key, $"there is no table '{key.Text}' in a snapshot.",
                    Nearest.Find(key.Text, SnapshotSchema.Tables.Select(static t => t.Name)) is { } near ? $"Did you mean '{near}'?" : "See: tazan schema");
            }
            else if (!seen.Add(key.Text))
            {
                check.Fault(key, $"'{key.Text}' stands here twice.", "Keep one.");
            }
            else if (value.Kind != NodeKind.List)
            {
                check.Fault(value, $"'{key.Text}' holds a list of rows.", "An empty one is written [].");
            }
            else
            {
                tables.Add(new ExampleTable(table.Name, [.. value.Items.Select(row => ReadRow(row, table, check))]));
            }
        }

        return tables.ToImmutable();
    }

    internal static ImmutableArray<KeyValuePair<string, Severity>> ReadFinds(Node? finds, ShapeCheck check)
    {
        var found = ImmutableArray.CreateBuilder<KeyValuePair<string, Severity>>();
        foreach (var (key, value) in finds?.Entries ?? [])
        {
            if (!Words.Severities.Contains(value.Text))
            {
                check.Fault(value, $"'{value.Text}' is not a severity.", Nearest.Mend(value.Text, Words.Severities));
            }
            else
            {
                found.Add(new(key.Text, LessonReader.ParseSeverity(value.Text)));
            }
        }

        if (finds is { Entries.Count: 0 })
        {
            check.Fault(finds, "'finds' is empty.", "Name the resources that must be found, each with its severity.");
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<KeyValuePair<string, object?>> ReadRow(Node row, Table table, ShapeCheck check)
    {
        if (row.Kind != NodeKind.Map)
        {
            check.Fault(row, $"a row of '{table.Name}' is keys and values.", "Such as {instance_id: i-1}.");
            return [];
        }

        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, object?>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in row.Entries)
        {
            if (key.Text is not ("account" or "region") && !table.Columns.Any(c => c.Name == key.Text))
            {
                check.Fault(key, $"the table '{table.Name}' has no column '{key.Text}'.",
                    Nearest.Mend(key.Text, [.. table.Columns.Select(static c => c.Name)]));
            }
            else if (!seen.Add(key.Text))
            {
                check.Fault(key, $"'{key.Text}' stands here twice.", "Keep one.");
            }
            else
            {
                values.Add(new(key.Text, Value(value)));
            }
        }

        return values.ToImmutable();
    }

    // Plain words mean what YAML's core schema says; lists and maps become the JSON text that such columns hold.
    private static object? Value(Node node)
    {
        if (node.Kind != NodeKind.Text)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, Plain))
            {
                Write(node, writer);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }

        if (!node.IsPlain)
        {
            return node.Text;
        }

        return node.Text switch
        {
            "" or "~" or "null" => null,
            "true" => 1L,
            "false" => 0L,
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            var text when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            var text => text,
        };
    }

    private static void Write(Node node, Utf8JsonWriter writer)
    {
        switch (node.Kind)
        {
            case NodeKind.List:
                writer.WriteStartArray();
                node.Items.ForEach(item => Write(item, writer));
                writer.WriteEndArray();
                break;
            case NodeKind.Map:
                writer.WriteStartObject();
                foreach (var (key, value) in node.Entries.OrderBy(static e => e.Key.Text, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key.Text);
                    Write(value, writer);
                }

                writer.WriteEndObject();
                break;
            default:
                // A number in a list stays a number, as it would in the answer it stands for.
                switch (Value(node))
                {
                    case null: writer.WriteNullValue(); break;
                    case long whole: writer.WriteNumberValue(whole); break;
                    case double number: writer.WriteNumberValue(number); break;
                    case var text: writer.WriteStringValue((string)text!); break;
                }

                break;
        }
    }
}
