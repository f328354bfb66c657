using System.Text.Json;

namespace Tazan.Fleets.Tests;

/// <summary>A reference fleet as generated, its answers parsed, shared by the tests that look at it.</summary>
public sealed class FleetFiles
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private readonly Lazy<IReadOnlyList<(SavedAnswer Answer, JsonElement Root)>> demo = new(() => Parse("demo"));

    public IReadOnlyList<(SavedAnswer Answer, JsonElement Root)> Demo => demo.Value;

    public static IReadOnlyList<(SavedAnswer Answer, JsonElement Root)> Parse(string name) =>
        [.. FleetGenerator.Generate(ReferenceFleets.Read(name), 1, Now).Answers.Select(a => (a, Json(a)))];

    public static JsonElement Json(SavedAnswer answer)
    {
        using var stream = new MemoryStream();
        answer.WriteTo(stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>The members of a list over all of a call's answers.</summary>
    public IEnumerable<JsonElement> All(string call, string member) => Demo.Where(a => a.Answer.Call == call).SelectMany(a => a.Root.GetProperty(member).EnumerateArray());

    public JsonElement One(string call, string resource) => Demo.Single(a => a.Answer.Call == call && a.Answer.Resource == resource).Root;

    public IEnumerable<JsonElement> EveryInstance => All("ec2-describe-instances", "Reservations").SelectMany(static r => r.GetProperty("Instances").EnumerateArray());

    public IEnumerable<JsonElement> Of(string service) => EveryInstance.Where(i => Tag(i, "Service") == service);

    public static string? Tag(JsonElement element, string key) => element.GetProperty("Tags").EnumerateArray()
        .Where(t => t.GetProperty("Key").GetString() == key).Select(static t => t.GetProperty("Value").GetString()).FirstOrDefault();
}
