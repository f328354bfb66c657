using System.Collections.Immutable;

namespace Tazan.Inventory.Facts;

/// <summary>What the user declares in <c>tazan.yaml</c>; the defaults hold without the file. Immutable.</summary>
public sealed record FleetSettings
{
    /// <summary>No file: only defaults.</summary>
    public static FleetSettings Default { get; } = new();

    /// <summary>Tag keys that name a service, in order of preference; compared without regard to case.</summary>
    public ImmutableArray<string> ServiceTags { get; init; } = ["service", "app", "application", "role", "component", "tazan:service"];

    /// <summary>Tag keys that name the environment, which parts services of one name.</summary>
    public ImmutableArray<string> EnvironmentTags { get; init; } = ["env", "environment", "stage"];

    /// <summary>Services the user declares or corrects.</summary>
    public ImmutableArray<DeclaredService> Services { get; init; } = [];

    /// <summary>Maximum tracked connections the user has measured, by instance type.</summary>
    public ImmutableDictionary<string, long> MaxTracked { get; init; } = ImmutableDictionary<string, long>.Empty;
}

/// <summary>A service as <c>tazan.yaml</c> declares it. Empty values leave what was derived.</summary>
/// <param name="Name">The service's name; that of a derived one corrects it.</param>
/// <param name="Kind">Null leaves the derived kind.</param>
/// <param name="Select">Which instances: <c>tag:KEY=VALUE</c>, <c>name:GLOB</c>, <c>asg:NAME</c>, <c>id:i-…</c>; any of them.</param>
/// <param name="DependsOn">Names of services it needs.</param>
/// <param name="Primary">The instance that is the primary now; empty where not said.</param>
public sealed record DeclaredService(
    string Name, ServiceKind? Kind, ImmutableArray<string> Select, ImmutableArray<string> DependsOn, string Primary);
