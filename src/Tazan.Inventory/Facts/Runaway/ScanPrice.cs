using System.Globalization;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>What a terabyte costs when a query reads it from another region: the scan, and the transfer that the data's region charges.</summary>
internal sealed class ScanPrice
{
    private const string Heading = "category,item,region,unit,price_usd,price_date,mark,source,note";

    // Examples of the price pages count a terabyte as 1,024 gigabytes.
    private const double GigabytesInTerabyte = 1_024;

    private readonly Dictionary<string, double> scans = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string To), (double Price, string Date)> transfers = [];

    private ScanPrice()
    {
        const string toOne = "inter_region to ";
        foreach (var row in ReferenceCsv.Read("prices.csv", Heading))
        {
            if (row is ["athena", "scan", ..])
            {
                scans[row[2]] = double.Parse(row[4], CultureInfo.InvariantCulture);
            }
            else if (row[0] == "data_transfer" && row[1].StartsWith(toOne, StringComparison.Ordinal))
            {
                var to = row[1][toOne.Length..];
                transfers[(row[2], to.StartsWith("any", StringComparison.Ordinal) ? "" : to)] = (double.Parse(row[4], CultureInfo.InvariantCulture), row[5]);
            }
        }
    }

    /// <summary>Reads the embedded table.</summary>
    internal static ScanPrice Load() => new();

    /// <summary>USD for a terabyte, and where that comes from.</summary>
    internal (double Usd, string Source) PerTerabyte(string queryRegion, string dataRegion)
    {
        // The scan price of us-east-1 is assumed for regions that the table does not hold.
        var scan = scans.TryGetValue(queryRegion, out var known) ? known : scans["us-east-1"];
        var isKnown = transfers.TryGetValue((dataRegion, queryRegion), out var transfer) || transfers.TryGetValue((dataRegion, ""), out transfer);
        if (!isKnown)
        {
            transfer = transfers[("us-east-1", "")];
        }

        var source = string.Create(CultureInfo.InvariantCulture,
            $"scan {scan:0.00} a TB + transfer {transfer.Price:0.00} a GB x 1024 from {dataRegion} ({(isKnown ? "prices of " + transfer.Date : "assumed: that of us-east-1, the lowest known")})");
        return (scan + transfer.Price * GigabytesInTerabyte, source);
    }
}
