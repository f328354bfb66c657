using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tazan.Inventory.Schema;
using Tazan.Lessons.Reading;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons;

/// <summary>Writes the JSON Schema of lessons from the same declaration that the reader checks them by.</summary>
public static class LessonSchema
{
    /// <summary>Its name; it has no home on the web, so editors are pointed at the file.</summary>
    public const string Id = "urn:tazan:lesson.schema.json";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of <c>docs/lesson.schema.json</c>, with a newline at its end.</summary>
    public static string Write()
    {
        var definitions = new JsonObject();
        foreach (var effect in EffectVocabulary.Effects)
        {
            definitions["effect-" + effect.Name] = Parameters(effect);
        }

        foreach (var remedy in RemedyVocabulary.Remedies)
        {
            definitions["remedy-" + remedy.Name] = Parameters(remedy);
        }

        definitions["fleet"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(SnapshotSchema.Tables.Select(static t => KeyValuePair.Create(t.Name, (JsonNode?)Rows(t)))),
        };
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Id,
            ["title"] = "Tazan lesson",
            ["description"] = "One published outage: the story, who is exposed, what happens, what one sees, what helps.",
        };
        foreach (var (key, value) in Write(LessonFormat.Lesson).ToList())
        {
            root[key] = value?.DeepClone();
        }

        root["$defs"] = definitions;
        return root.ToJsonString(Pretty).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Write(Shape shape) => shape switch
    {
        Shape.Line line => Text(line.Pattern),
        Shape.Choice choice => new JsonObject { ["type"] = "string", ["enum"] = Array(choice.Words) },
        Shape.ListOf list => new JsonObject { ["type"] = "array", ["minItems"] = list.Fewest, ["items"] = Write(list.Item) },
        Shape.Map map => Map(map),
        Shape.Parameters => new JsonObject { ["type"] = "object" },
        Shape.Rows => new JsonObject { ["$ref"] = "#/$defs/fleet" },
        Shape.Finds => new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = new JsonObject { ["enum"] = Array(Words.Severities) },
        },
        _ => throw new InvalidOperationException($"No schema for {shape}."),
    };

    private static JsonObject Map(Shape.Map map)
    {
        var properties = new JsonObject();
        foreach (var field in map.Fields)
        {
            var property = Write(field.Shape);
            property["description"] = field.Meaning;
            properties[field.Name] = property;
        }

        var written = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Array(map.Fields.Where(static f => f.IsRequired).Select(static f => f.Name)),
            ["properties"] = properties,
        };
        if (map.Fields.FirstOrDefault(static f => f.Shape is Shape.Parameters)?.Shape is Shape.Parameters { NamedBy: var key })
        {
            var words = key == "effect" ? EffectVocabulary.Effects : RemedyVocabulary.Remedies;
            written["allOf"] = new JsonArray([.. words.Select(word => (JsonNode)ParametersOf(key, word))]);
            if (key == "remedy")
            {
                properties["remedy"]!["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = Array(words.Select(static w => w.Name)) },
                    new JsonObject { ["pattern"] = "^" + RemedyVocabulary.OwnPrefix });
            }
        }

        return written;
    }

    private static JsonObject ParametersOf(string key, Word word)
    {
        var then = new JsonObject { ["properties"] = new JsonObject { ["with"] = new JsonObject { ["$ref"] = $"#/$defs/{key}-{word.Name}" } } };
        if (word.Parameters.Any(static p => p.IsRequired))
        {
            then["required"] = new JsonArray("with");
        }

        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = word.Name } } },
            ["then"] = then,
        };
    }

    private static JsonObject Parameters(Word word)
    {
        var properties = new JsonObject();
        foreach (var parameter in word.Parameters)
        {
            var property = Value(parameter);
            property["description"] = parameter.Meaning;
            properties[parameter.Name] = property;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = word.Meaning,
            ["additionalProperties"] = false,
            ["required"] = Array(word.Parameters.Where(static p => p.IsRequired).Select(static p => p.Name)),
            ["properties"] = properties,
        };
    }

    // A number without a unit may stand unquoted, and editors then see a number.
    private static JsonObject Value(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
        ParameterKind.Choice => new JsonObject { ["enum"] = Array(parameter.Choices) },
        ParameterKind.Choices => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["enum"] = Array(parameter.Choices) } },
        ParameterKind.Text => new JsonObject { ["type"] = "string", ["minLength"] = 1 },
        var kind when kind.Units().Length > 0 => new JsonObject { ["type"] = "string", ["pattern"] = kind.Pattern() },
        ParameterKind.Share => new JsonObject { ["type"] = new JsonArray("string", "number"), ["pattern"] = ParameterKind.Share.Pattern(), ["minimum"] = 0, ["maximum"] = 1 },
        var kind => new JsonObject { ["type"] = new JsonArray("string", "number"), ["pattern"] = kind.Pattern(), ["minimum"] = 0 },
    };

    private static JsonObject Rows(Table table)
    {
        var columns = new JsonObject { ["account"] = new JsonObject(), ["region"] = new JsonObject() };
        foreach (var column in table.Columns)
        {
            columns[column.Name] = column.Meaning.Length == 0 ? new JsonObject() : new JsonObject { ["description"] = column.Meaning };
        }

        return new JsonObject
        {
            ["description"] = table.Meaning,
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = columns },
        };
    }

    private static JsonObject Text(string pattern)
    {
        // YAML reads an unquoted 2018 as a number: editors must not complain about what the reader accepts.
        var text = new JsonObject { ["type"] = new JsonArray("string", "number"), ["minLength"] = 1 };
        if (pattern.Length > 0)
        {
            text["type"] = "string";
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(static w => (JsonNode)w)]);
}
