using System.Collections.Immutable;

namespace Tazan;

/// <summary>A lesson that holds for one resource of this fleet, with its evidence.</summary>
/// <remarks>Immutable. Equality is not meaningful: <see cref="Details"/> is a list.</remarks>
public sealed record Exposure
{
    /// <summary>The lesson's name, such as <c>conntrack-exhaustion</c>.</summary>
    public required string Lesson { get; init; }

    /// <summary>What is exposed.</summary>
    public required Resource Resource { get; init; }

    /// <summary>By consequence for this resource, which may differ from the lesson's own severity.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One sentence with the values that decide it, checkable against the AWS console.</summary>
    public required string Evidence { get; init; }

    /// <summary>The service the resource does its job for; empty where it belongs to none.</summary>
    public string Service { get; init; } = "";

    /// <summary>The remedy's name in the lesson's <c>helps</c>, such as <c>rebuild-image</c>.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What the remedy is applied to, such as an image id: exposures with one remedy and one target are one job.</summary>
    public string RemedyTarget { get; init; } = "";

    /// <summary>The client account or tag value the exposure belongs to; empty unless asked for.</summary>
    public string Client { get; init; } = "";

    /// <summary>Every other column the lesson's SQL returned, in its order, as text.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Stable across runs and machines: lesson, account, region, type and id. Baselines and mutes compare it.</summary>
    public string Key => $"{Lesson}/{Resource.Account}/{Resource.Region}/{Resource.Type}/{Resource.Id}";
}
