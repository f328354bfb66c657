using System.Collections.Immutable;

namespace Tazan.Cli.Mutes;

/// <summary>One entry of a mute file: which exposures somebody decided to live with, who, why, and until when.</summary>
/// <remarks>Every pattern list that is not empty must fit with one of its patterns; see docs/mutes.md. Immutable.</remarks>
public sealed record Mute
{
    /// <summary>The line of the file at which the entry begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Patterns for the lesson's name.</summary>
    public ImmutableArray<string> Lessons { get; init; } = [];

    /// <summary>Patterns for the account.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Patterns for the region.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Patterns for the resource's id or ARN.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Patterns for the service; an exposure in no service fits none but <c>*</c>.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Patterns for a tag as <c>key=value</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Why this is accepted.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>The last day, in UTC, on which it mutes.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Whether the last day is over.</summary>
    public bool IsOver(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) > Until;

    /// <summary>Whether this entry names the exposure, whatever the day.</summary>
    /// <param name="exposure">The exposure.</param>
    /// <param name="tagsOf">A resource's tags; asked for only when all else fits.</param>
    public bool Fits(Exposure exposure, Func<Resource, IEnumerable<KeyValuePair<string, string>>> tagsOf)
    {
        ArgumentNullException.ThrowIfNull(exposure);
        ArgumentNullException.ThrowIfNull(tagsOf);
        return Any(Lessons, exposure.Lesson)
            && Any(Accounts, exposure.Resource.Account)
            && Any(Regions, exposure.Resource.Region)
            && (Resources.IsEmpty || Any(Resources, exposure.Resource.Id) || Any(Resources, exposure.Resource.Arn))
            && Any(Services, exposure.Service)
            && (Tags.IsEmpty || tagsOf(exposure.Resource).Any(tag => Any(Tags, $"{tag.Key}={tag.Value}")));
    }

    private static bool Any(ImmutableArray<string> patterns, string text)
    {
        if (patterns.IsEmpty)
        {
            return true;
        }

        foreach (var pattern in patterns)
        {
            if (Glob.Fits(pattern, text))
            {
                return true;
            }
        }

        return false;
    }
}
