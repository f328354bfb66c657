using System.Collections.Immutable;

namespace Tazan.Inventory.Import;

/// <summary>What became of one document of a file.</summary>
public enum DocumentStatus
{
    /// <summary>It was recognised, and its rows are in.</summary>
    Read,

    /// <summary>It is nothing that Tazan reads; the note says why.</summary>
    Skipped,

    /// <summary>AWS refused to answer; the note holds its code, and the call is a blind spot.</summary>
    Refused,

    /// <summary>It is cut off or no JSON from some place on; what stood before is in, and the call is a blind spot.</summary>
    Broken,
}

/// <summary>One document of the input, and what became of it.</summary>
/// <param name="Path">The file as it was found; <c>-</c> for standard input.</param>
/// <param name="Document">Counted from 1 within the file.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Service">Such as <c>ec2</c>; empty where not recognised.</param>
/// <param name="Operation">Such as <c>DescribeInstances</c>; empty where not recognised.</param>
/// <param name="Items">How many items of the call's main kind it held.</param>
/// <param name="Account">Twelve digits, <c>unknown</c>, <c>several</c>, or empty where not recognised.</param>
/// <param name="AccountFrom">What said so, such as <c>owner id</c> or <c>folder 123456789012</c>.</param>
/// <param name="Region">As <paramref name="Account"/>; <c>global</c> for what has none.</param>
/// <param name="RegionFrom">What said so, such as <c>zone us-east-1a</c> or <c>--region</c>.</param>
/// <param name="Note">Why it was skipped, refused or broken (file, line and mend), or what is worth knowing.</param>
public sealed record DocumentReport(
    string Path, int Document, DocumentStatus Status, string Service, string Operation, long Items,
    string Account, string AccountFrom, string Region, string RegionFrom, string Note);

/// <summary>What an import did.</summary>
public sealed record ImportReport
{
    /// <summary>Each document, in the order of the files.</summary>
    public required ImmutableArray<DocumentReport> Documents { get; init; }

    /// <summary>Whole sentences about the input as a whole: duplicates, odd values, flags that contradict it.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>How many rows each table that calls fill has, empty tables left out.</summary>
    public required ImmutableSortedDictionary<string, long> Rows { get; init; }

    /// <summary>The accounts and regions with EC2 rows, ordered.</summary>
    public required ImmutableArray<(string Account, string Region)> Places { get; init; }

    /// <summary>How many calls could not be read, or were not in the input.</summary>
    public required int BlindSpots { get; init; }

    /// <summary>Files that were opened.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes read from them.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the newest answer was collected, UTC.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>Whether any file is broken; the caller then ends with exit code 3.</summary>
    public bool HasBroken => Documents.Any(static d => d.Status == DocumentStatus.Broken);
}
