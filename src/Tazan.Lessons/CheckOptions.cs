using System.Collections.Immutable;

namespace Tazan.Lessons;

/// <summary>What a check looks at. The defaults look at everything.</summary>
public sealed record CheckOptions
{
    /// <summary>Names of lessons; empty for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Exposures below this are left out (and counted in the reason).</summary>
    public Severity Floor { get; init; } = Severity.Info;

    /// <summary>Only exposures of these services; empty for all.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Only exposures whose resource carries all these tags; an empty value accepts any.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The tag key, or <c>account</c>, by which exposures are told apart as clients'; empty for none.</summary>
    public string Client { get; init; } = "";

    /// <summary>How long one lesson's SQL may run.</summary>
    public TimeSpan SqlTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The program's version, for the report.</summary>
    public string Version { get; init; } = "";
}
