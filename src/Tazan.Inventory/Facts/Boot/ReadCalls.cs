namespace Tazan.Inventory.Facts.Boot;

/// <summary>Which calls were read for which account and region: only then does a missing row mean that there is nothing.</summary>
internal sealed class ReadCalls
{
    private readonly HashSet<(string Account, string Region, string Operation)> read = [];

    internal static ReadCalls Load(FactContext context)
    {
        // Not through context.Query: what was read is no source that could itself be unread.
        var loaded = new ReadCalls();
        using var rows = context.Database.Prepare("SELECT account, region, operation FROM call WHERE status = 'read'");
        while (rows.Step())
        {
            loaded.read.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }

        return loaded;
    }

    /// <summary>Whether the operation was read there. Operation names are unique among those asked about.</summary>
    internal bool Has(string account, string region, string operation) => read.Contains((account, region, operation));

    /// <summary>Where the operation was read, in ordinal order.</summary>
    internal IEnumerable<(string Account, string Region)> Where(string operation) =>
        read.Where(r => r.Operation == operation).Select(static r => (r.Account, r.Region)).Order();
}
