using System.Text.Json;

namespace Tazan.Cli.Tests.Output;

/// <summary>The part of JSON Schema that our schemas use, and stricter: a member that the schema does not describe is a fault.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    // A keyword that this reader does not know would be a check that never fails.
    private static readonly HashSet<string> Known = ["$schema", "$defs", "$ref", "title", "description", "type", "required", "properties",
        "additionalProperties", "items", "enum", "const", "format", "minimum"];

    public static JsonSchema Read(string name) =>
        new(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", name))).RootElement);

    public List<string> Faults(JsonElement value)
    {
        var faults = new List<string>();
        Check(root, value, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name))
            {
                throw new NotSupportedException($"{keyword.Name} is not known to this reader.");
            }
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, at, faults);
            return;
        }

        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            faults.Add($"{at}: is not {constant}");
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
        {
            faults.Add($"{at}: {value} is not one of {allowed}");
        }

        if (schema.TryGetProperty("type", out var type))
        {
            var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];
            if (!types.Contains(TypeOf(value)))
            {
                faults.Add($"{at}: is {TypeOf(value)}, not {type}");
                return;
            }
        }

        if (schema.TryGetProperty("format", out _) && value.ValueKind == JsonValueKind.String && !value.TryGetDateTimeOffset(out _))
        {
            faults.Add($"{at}: is no date-time");
        }

        if (schema.TryGetProperty("minimum", out var minimum) && value.GetDouble() < minimum.GetDouble())
        {
            faults.Add($"{at}: is below {minimum}");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            Object(schema, value, at, faults);
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                Check(items, item, $"{at}[{i}]", faults);
            }
        }
    }

    private void Object(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}: lacks {r}"));
        }

        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var described))
            {
                Check(described, member.Value, $"{at}.{member.Name}", faults);
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                Check(others, member.Value, $"{at}.{member.Name}", faults);
            }
            else
            {
                faults.Add($"{at}: {member.Name} is not described");
            }
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
