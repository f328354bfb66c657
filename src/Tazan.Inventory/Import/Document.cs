using Tazan.Inventory.Calls;

namespace Tazan.Inventory.Import;

/// <summary>One document while it is read, and what its rows said about where they belong.</summary>
internal sealed class Document
{
    private readonly Dictionary<(int Account, int Region), long> places = [];
    private (int Account, int Region) place = (-1, -1);
    private long placeRows;

    public required int Index { get; init; }

    public required long Line { get; init; }

    public DocumentStatus Status { get; set; } = DocumentStatus.Skipped;

    public Call? Call { get; set; }

    public string Note { get; set; } = "";

    /// <summary>The resource the call was asked about; null where nothing says it.</summary>
    public byte[]? Resource { get; set; }

    public string? CollectedAt { get; set; }

    public string? ErrorCode { get; set; }

    public string ErrorMessage { get; set; } = "";

    public long HttpStatus { get; set; }

    public long Items { get; set; }

    public long Bytes { get; set; }

    /// <summary>Tables of which some row does not know its account or region yet.</summary>
    public HashSet<string> Homeless { get; } = [];

    /// <summary>What first named an account; empty where no row did.</summary>
    public string AccountFrom { get; set; } = "";

    public string RegionFrom { get; set; } = "";

    /// <summary>The request beside the answer names an operation (examples), or the user's file name does.</summary>
    public bool HasRows { get; private set; }

    /// <summary>How many rows each pair of account and region has, by index into the file's names.</summary>
    public IReadOnlyDictionary<(int Account, int Region), long> Places
    {
        get
        {
            Flush();
            return places;
        }
    }

    public void Count(int account, int region)
    {
        HasRows = true;
        if (place != (account, region))
        {
            Flush();
            place = (account, region);
        }

        placeRows++;
    }

    private void Flush()
    {
        if (placeRows > 0)
        {
            places[place] = places.GetValueOrDefault(place) + placeRows;
            placeRows = 0;
        }
    }
}
