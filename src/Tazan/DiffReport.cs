using System.Collections.Immutable;

namespace Tazan;

/// <summary>What is different between two snapshots: the one model that every output format of a diff is made from.</summary>
public sealed record DiffReport
{
    /// <summary>The older snapshot's path as the user gave it.</summary>
    public required string Before { get; init; }

    /// <summary>The newer snapshot's path as the user gave it.</summary>
    public required string After { get; init; }

    /// <summary>When the fleet of <see cref="Before"/> was seen, UTC; null when nothing said so.</summary>
    public DateTimeOffset? BeforeCollectedAt { get; init; }

    /// <summary>When the fleet of <see cref="After"/> was seen, UTC; null when nothing said so.</summary>
    public DateTimeOffset? AfterCollectedAt { get; init; }

    /// <summary>When the two were compared, UTC.</summary>
    public required DateTimeOffset ComparedAt { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Every difference, by service, kind, type, account, region and id.</summary>
    public required ImmutableArray<FleetChange> Changes { get; init; }

    /// <summary>What one snapshot could read and the other could not: such resources are in no change, since nobody saw them.</summary>
    public ImmutableArray<BlindSpot> BlindSpots { get; init; } = [];
}
