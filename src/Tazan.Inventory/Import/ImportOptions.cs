using Tazan.Inventory.Facts;

namespace Tazan.Inventory.Import;

/// <summary>What an import is told beside its paths. Immutable.</summary>
public sealed record ImportOptions
{
    /// <summary>Where the snapshot goes; an older one there is replaced in one step.</summary>
    public required string Output { get; init; }

    /// <summary>The account of rows that nothing in the input names; null leaves them <c>unknown</c>.</summary>
    public string? Account { get; init; }

    /// <summary>The region of rows that nothing in the input names; null leaves them <c>unknown</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Whether tag values are replaced by a hash, so that the snapshot tells no names.</summary>
    public bool HashTags { get; init; }

    /// <summary>When the answers were collected; null takes the newest answer's own time, or else its file's.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>What the user declares, for the facts.</summary>
    public FleetSettings Settings { get; init; } = FleetSettings.Default;

    /// <summary>Written into the snapshot.</summary>
    public required string TazanVersion { get; init; }

    /// <summary>What <c>-</c> among the paths reads; null where there is no such thing.</summary>
    public Stream? StandardInput { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="Stage">What is being done: <c>reading</c>, <c>placing</c>, <c>indexing</c>, or the fact being derived.</param>
/// <param name="BytesRead">Of the files as they lie on the disk.</param>
/// <param name="BytesTotal">0 where it can't be known (standard input).</param>
/// <param name="FilesRead">Files whose end was reached.</param>
/// <param name="FilesTotal">All files found.</param>
public readonly record struct ImportProgress(string Stage, long BytesRead, long BytesTotal, int FilesRead, int FilesTotal);
