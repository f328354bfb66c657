using System.Text.Json;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>Who a function's resource policy lets invoke it.</summary>
/// <param name="Roles">ARNs of roles.</param>
/// <param name="Sources">ARNs that a condition on the source names.</param>
internal sealed record InvokePolicy(List<string> Roles, List<string> Sources)
{
    /// <summary>Reads a policy document; nothing where it is none.</summary>
    internal static InvokePolicy Parse(string json)
    {
        var policy = new InvokePolicy([], []);
        if (json.Length == 0)
        {
            return policy;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("Statement", out var statements))
            {
                foreach (var statement in Each(statements))
                {
                    if (statement.ValueKind == JsonValueKind.Object && Is(statement, "Effect", "Allow") && Invokes(statement))
                    {
                        policy.Read(statement);
                    }
                }
            }
        }
        catch (JsonException)
        {
            // A text that is no policy allows nothing.
        }

        return policy;
    }

    private void Read(JsonElement statement)
    {
        if (statement.TryGetProperty("Principal", out var principal) && principal.ValueKind == JsonValueKind.Object && principal.TryGetProperty("AWS", out var arns))
        {
            Roles.AddRange(Texts(arns).Where(static arn => arn.Contains(":role/", StringComparison.Ordinal)));
        }

        if (!statement.TryGetProperty("Condition", out var conditions) || conditions.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var test in conditions.EnumerateObject().Where(static test => test.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var value in test.Value.EnumerateObject())
            {
                // Condition keys are compared without regard to case (IAM User Guide).
                if (value.Name.Equals("aws:SourceArn", StringComparison.OrdinalIgnoreCase))
                {
                    Sources.AddRange(Texts(value.Value));
                }
                else if (value.Name.Equals("aws:PrincipalArn", StringComparison.OrdinalIgnoreCase))
                {
                    Roles.AddRange(Texts(value.Value));
                }
            }
        }
    }

    private static bool Invokes(JsonElement statement) =>
        statement.TryGetProperty("Action", out var actions)
        && Texts(actions).Any(static action => action is "*" || action.Equals("lambda:*", StringComparison.OrdinalIgnoreCase) || action.StartsWith("lambda:Invoke", StringComparison.OrdinalIgnoreCase));

    private static bool Is(JsonElement parent, string name, string value) => parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    private static List<JsonElement> Each(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static IEnumerable<string> Texts(JsonElement element) =>
        Each(element).Where(static e => e.ValueKind == JsonValueKind.String).Select(static e => e.GetString()!);
}
