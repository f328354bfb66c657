using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>Queries whose data lie in another region, and what a terabyte of that costs.</summary>
/// <remarks>
/// The data's buckets come from the catalog tables that the query's text names and from <c>s3://</c> in it. Where results
/// are written is left out: those bytes are not what was scanned.
/// </remarks>
public sealed class CrossRegionScanFact : IFact
{
    // Prices and examples: a terabyte is 1,024 gigabytes.
    private const double Terabyte = 1024.0 * 1024 * 1024 * 1024;

    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["cross_region_scan"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var regions = LoadBucketRegions(context);
        var tables = LoadTables(context);
        var scans = new SortedDictionary<Key, Scan>();
        using (var rows = context.Query("""
            SELECT account, region, workgroup, query, database, statement_type, data_scanned, submission_time FROM query_execution
             WHERE statement_type IS NOT 'DDL' ORDER BY submission_time, query_execution_id
            """))
        {
            while (rows.Step())
            {
                var (account, region, text) = (rows.GetString(0), rows.GetString(1), rows.GetString(3));
                var foreign = QueryText.Tables(text, rows.GetString(4))
                    .Select(table => tables.GetValueOrDefault((account, region, table)))
                    .Concat(QueryText.Buckets(text)).OfType<string>().Distinct(StringComparer.Ordinal)
                    .Where(bucket => regions.TryGetValue(bucket, out var where) && where != region).ToList();
                foreach (var bucket in foreign)
                {
                    var key = new Key(account, rows.GetString(2) is { Length: > 0 } named ? named : "primary", region, regions[bucket], bucket);
                    (scans.TryGetValue(key, out var scan) ? scan : scans[key] = new Scan()).Add(rows.GetInt64(6), rows.FindString(7));
                }
            }
        }

        var cutoffs = LoadCutoffs(context);
        var prices = ScanPrice.Load();
        using var writer = context.Write("cross_region_scan");
        foreach (var (key, scan) in scans)
        {
            var (price, source) = prices.PerTerabyte(key.QueryRegion, key.DataRegion);
            var cutoff = cutoffs.GetValueOrDefault((key.Account, key.QueryRegion, key.Workgroup));
            var spent = scan.Bytes / Terabyte * price;
            writer.Row(key.Account, key.QueryRegion).Add(key.Workgroup).Add(key.QueryRegion).Add(key.DataRegion).Add(key.Bucket)
                .Add(scan.Queries).Add(scan.Bytes).Add(scan.First).Add(scan.Last).Add((double?)price).Add((double?)spent).Add(cutoff).Add(source)
                .Add(string.Create(CultureInfo.InvariantCulture, $"{scan.Queries} queries of workgroup {key.Workgroup} in {key.QueryRegion} read bucket {key.Bucket} in {key.DataRegion}: at most {scan.Bytes / Terabyte:0.###} TB at {price:0.00} USD a TB is {spent:0.00} USD; ")
                    + (cutoff is null ? "no limit a query." : $"limit {cutoff} bytes a query.")).End();
        }
    }

    private static Dictionary<string, string> LoadBucketRegions(FactContext context)
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = context.Query("SELECT name, location FROM bucket_location UNION ALL SELECT name, bucket_region FROM bucket");
        while (rows.Step())
        {
            // EU is what buckets made in eu-west-1 long ago answer (S3 API Reference, GetBucketLocation).
            if (rows.GetString(1) is { Length: > 0 } location)
            {
                regions[rows.GetString(0)] = location == "EU" ? "eu-west-1" : location;
            }
        }

        return regions;
    }

    private static Dictionary<(string Account, string Region, string Table), string> LoadTables(FactContext context)
    {
        var tables = new Dictionary<(string, string, string), string>();
        using var rows = context.Refine("SELECT account, region, database_name, name, location FROM catalog_table WHERE location <> ''");
        while (rows.Step())
        {
            if (QueryText.Buckets(rows.GetString(4).Replace("s3a://", "s3://", StringComparison.Ordinal)).FirstOrDefault() is { } bucket)
            {
                tables[(rows.GetString(0), rows.GetString(1), $"{rows.GetString(2)}.{rows.GetString(3)}".ToLowerInvariant())] = bucket;
            }
        }

        return tables;
    }

    private static Dictionary<(string Account, string Region, string Workgroup), long?> LoadCutoffs(FactContext context)
    {
        var cutoffs = new Dictionary<(string, string, string), long?>();
        using var rows = context.Refine("SELECT account, region, name, bytes_scanned_cutoff FROM workgroup");
        while (rows.Step())
        {
            cutoffs[(rows.GetString(0), rows.GetString(1), rows.GetString(2))] = rows.FindInt64(3);
        }

        return cutoffs;
    }

    private readonly record struct Key(string Account, string Workgroup, string QueryRegion, string DataRegion, string Bucket) : IComparable<Key>
    {
        public int CompareTo(Key other) => string.CompareOrdinal(Text, other.Text);

        private string Text => string.Join('\u001f', Account, QueryRegion, Workgroup, DataRegion, Bucket);
    }

    private sealed class Scan
    {
        internal long Queries { get; private set; }

        internal long Bytes { get; private set; }

        internal string? First { get; private set; }

        internal string? Last { get; private set; }

        internal void Add(long bytes, string? at)
        {
            Queries++;
            Bytes += bytes;
            First ??= at;
            Last = at ?? Last;
        }
    }
}
