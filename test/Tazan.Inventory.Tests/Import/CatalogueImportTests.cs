using System.Globalization;
using System.Text.Json.Nodes;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Import;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Tests.Import;

/// <summary>For each call an answer is made from its declaration and imported: each declared column must come out filled.</summary>
public sealed class CatalogueImportTests
{
    public static TheoryData<string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var call in Catalogue.Calls)
            {
                data.Add(call.Service, call.Operation);
            }

            return data;
        }
    }

    [Fact]
    public void The_sweep_sees_the_whole_catalogue() => Assert.True(Catalogue.Calls.Length > 80, $"{Catalogue.Calls.Length} calls");

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_declared_column_is_filled_from_its_path(string service, string operation)
    {
        var call = Catalogue.Find(service, operation)!;
        using var saved = new SavedAnswers().Save($"{service}-{Call.Kebab(operation)}/asked-about.json", Answer(call).ToJsonString());

        var report = saved.Import();

        var document = Assert.Single(report.Documents);
        Assert.Equal((DocumentStatus.Read, service, operation), (document.Status, document.Service, document.Operation));
        Assert.Empty(report.Notes);
        foreach (var fill in call.Fills)
        {
            foreach (var column in fill.Columns)
            {
                var values = saved.Rows($"select {column.Name}, typeof({column.Name}) from {fill.Table}");
                Assert.Contains(values, value => IsRight(column, value[0], value[1]));
            }
        }
    }

    // The value tells where it came from: the last name of its path.
    private static bool IsRight(Column column, string value, string type)
    {
        if (column.Path.StartsWith('='))
        {
            return value == column.Path[1..];
        }

        if (column.Path.StartsWith('@') || column.Path is "$")
        {
            return value == (column.Path == "@account" ? "123456789012" : column.Path == "$" ? "item" : "asked-about");
        }

        var name = LastName(column.Path.Split('|')[0]);
        return column.Type switch
        {
            ColumnType.Text => value == Text(name),
            ColumnType.Integer => value == "7" && type == "integer",
            ColumnType.Real => value == "7.0" || value == "7" ? type == "real" : value == "7.5",
            ColumnType.Boolean => value == "1" && type == "integer",
            ColumnType.Time => value == "2026-01-02T03:04:05Z",
            ColumnType.List => value == (column.Path.EndsWith("{}", StringComparison.Ordinal) ? "[\"A\",\"B\"]" : $"[\"{Text(name)}\"]"),
            ColumnType.Tags => value == "{\"a\":\"1\",\"b\":\"2\"}",
            ColumnType.Count => value is "1" or "2",
            ColumnType.Json => value.StartsWith("[{\"a\":[1,\"x y\"]", StringComparison.Ordinal),
            _ => false,
        };
    }

    private static JsonObject Answer(Call call)
    {
        var root = new JsonObject();
        foreach (var fill in call.Fills)
        {
            var chain = new List<JsonNode> { root };
            JsonNode at = root;
            var path = ColumnPath.ParseSteps(fill.Items);
            var isScalar = fill.Columns.Any(static c => c.Path == "$");
            for (var i = 0; i < path.Length; i++)
            {
                var step = path[i];
                if (step.Into == StepInto.Value)
                {
                    at = Member(at, step.Name, static () => new JsonObject());
                    continue;
                }

                var list = (JsonArray)Member(at, step.Name, static () => new JsonArray());
                if (i == path.Length - 1 && isScalar)
                {
                    if (list.Count == 0)
                    {
                        list.Add("item");
                    }

                    break;
                }

                if (list.Count == 0)
                {
                    list.Add(new JsonObject());
                }

                at = list[0]!;
                chain.Add(at);
            }

            foreach (var column in fill.Columns)
            {
                var first = column.Path.Split('|')[0];
                if (first[0] is '=' or '@' or '$')
                {
                    continue;
                }

                var up = first.Length - first.TrimStart('^').Length;
                Put(chain[chain.Count - 1 - up + (isScalar ? 1 : 0)], first[up..], column);
            }
        }

        foreach (var need in call.Needs.Where(n => !root.ContainsKey(n)))
        {
            root[need] = "needed";
        }

        // What tells the call, where no column wants it.
        if (!call.Marks.Any(root.ContainsKey))
        {
            root[call.Marks[0]] = "a mark";
        }

        foreach (var item in call.ItemMarks.IsEmpty ? [] : call.Marks.Select(mark => root[mark]).OfType<JsonArray>().Select(static list => list[0]).OfType<JsonObject>())
        {
            if (!call.ItemMarks.Any(item.ContainsKey))
            {
                item[call.ItemMarks[0]] = "a mark";
            }
        }

        return root;
    }

    private static void Put(JsonNode item, string path, Column column)
    {
        var steps = ColumnPath.ParseSteps(path);
        var at = item;
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, isLast) = (steps[i], i == steps.Length - 1);
            switch (step.Into)
            {
                case StepInto.Map:
                    at.AsObject()[step.Name] = new JsonObject { ["A"] = "x", ["B"] = "y" };
                    return;
                case StepInto.First or StepInto.Each:
                    var list = (JsonArray)Member(at, step.Name, static () => new JsonArray());
                    if (list.Count == 0)
                    {
                        list.Add(new JsonObject());
                    }

                    at = list[0]!;
                    break;
                case StepInto.Value when isLast:
                    if (!at.AsObject().ContainsKey(step.Name))
                    {
                        at.AsObject()[step.Name] = Value(column, step.Name);
                    }

                    break;
                default:
                    at = Member(at, step.Name, static () => new JsonObject());
                    break;
            }
        }
    }

    private static JsonNode Value(Column column, string name) => column.Type switch
    {
        ColumnType.Integer => JsonValue.Create(7),
        ColumnType.Real => JsonValue.Create(7.5),
        ColumnType.Boolean => JsonValue.Create(true),
        ColumnType.Time => JsonValue.Create("2026-01-02T03:04:05.678Z"),
        ColumnType.List => column.Path.Contains("[]", StringComparison.Ordinal) ? JsonValue.Create(Text(name)) : new JsonArray(Text(name)),
        ColumnType.Tags => new JsonArray(new JsonObject { ["Key"] = "b", ["Value"] = "2" }, new JsonObject { ["Value"] = "1", ["Key"] = "a" }),
        ColumnType.Json => new JsonArray(new JsonObject { ["a"] = new JsonArray(1, "x y") }),
        ColumnType.Count => new JsonArray(new JsonObject()),
        _ => JsonValue.Create(Text(name)),
    };

    private static JsonNode Member(JsonNode of, string name, Func<JsonNode> make)
    {
        var found = of.AsObject()[name];
        if (found is null)
        {
            of.AsObject()[name] = found = make();
        }

        return found;
    }

    private static string LastName(string path) =>
        ColumnPath.ParseSteps(path.TrimStart('^'))[^1].Name;

    private static string Text(string name) => string.Create(CultureInfo.InvariantCulture, $"the {name}");
}
