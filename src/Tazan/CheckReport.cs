using System.Collections.Immutable;

namespace Tazan;

/// <summary>All lessons' answers about one fleet: the one model that every output format is made from.</summary>
public sealed record CheckReport
{
    /// <summary>The snapshot's path as the user gave it.</summary>
    public required string Snapshot { get; init; }

    /// <summary>When the fleet was seen (the newest collection time in the snapshot), UTC; null when nothing said so.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>When this check ran, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>How many resources of the main types the fleet holds, by table name, largest idea first.</summary>
    public ImmutableArray<KeyValuePair<string, long>> Counts { get; init; } = [];

    /// <summary>One answer per lesson: exposed first by severity, then unknown, then clear; each by name.</summary>
    public required ImmutableArray<LessonAnswer> Answers { get; init; }

    /// <summary>How many exposures a mute or a baseline took out, so that nothing disappears unseen.</summary>
    public int Muted { get; init; }

    /// <summary>As <see cref="Muted"/>, for the baseline.</summary>
    public int InBaseline { get; init; }
}
