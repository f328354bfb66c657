using System.Collections.Immutable;

namespace Tazan;

/// <summary>What one lesson says about one fleet.</summary>
public sealed record LessonAnswer
{
    /// <summary>The lesson's name.</summary>
    public required string Lesson { get; init; }

    /// <summary>The lesson's title, a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>The year or date of the published outage.</summary>
    public required string When { get; init; }

    /// <summary>Exposed, clear or unknown.</summary>
    public required Answer Answer { get; init; }

    /// <summary>The lesson's severity: that of its worst exposure, or its declared one when nothing is exposed.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Why this answer, in one sentence: what was looked at, how many, and what was found.</summary>
    public required string Why { get; init; }

    /// <summary>How many resources were looked at.</summary>
    public long LookedAt { get; init; }

    /// <summary>The exposed resources, worst first, then by account, region, type and id.</summary>
    public ImmutableArray<Exposure> Exposures { get; init; } = [];

    /// <summary>What could not be read and would have mattered.</summary>
    public ImmutableArray<BlindSpot> BlindSpots { get; init; } = [];

    /// <summary>The first source of the lesson, a public address.</summary>
    public string Source { get; init; } = "";

    /// <summary>What each remedy named in the exposures is, in one sentence, by remedy name.</summary>
    public ImmutableDictionary<string, string> Remedies { get; init; } = ImmutableDictionary<string, string>.Empty;
}
