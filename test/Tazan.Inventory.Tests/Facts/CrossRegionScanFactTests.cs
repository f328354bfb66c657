using Tazan.Inventory.Facts.Runaway;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class CrossRegionScanFactTests
{
    private const long Tebibyte = 1L << 40;

    [Fact]
    public void A_terabyte_in_Tokyo_read_from_Oregon_costs_97_16_and_one_in_Oregon_25_48()
    {
        var prices = ScanPrice.Load();

        Assert.Equal(97.16, prices.PerTerabyte("us-west-2", "ap-northeast-1").Usd, 2);
        Assert.Equal(25.48, prices.PerTerabyte("ap-northeast-1", "us-west-2").Usd, 2);
        Assert.Equal(15.24, prices.PerTerabyte("us-east-2", "us-east-1").Usd, 2);
        Assert.Contains("assumed", prices.PerTerabyte("us-west-2", "me-south-1").Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_are_added_up_by_workgroup_and_bucket_where_the_table_lies_elsewhere()
    {
        using var fleet = Oregon();
        Query(fleet, "q1", "SELECT count(*) FROM access_logs WHERE day = '2020-01-01'", Tebibyte, "2026-03-01T00:00:00Z");
        Query(fleet, "q2", "select * from \"logs\".\"access_logs\" a join local_logs b on a.id = b.id", Tebibyte / 2, "2026-03-01T01:00:00Z");
        Query(fleet, "q3", "SELECT 1 FROM local_logs", Tebibyte, "2026-03-01T02:00:00Z");

        fleet.Derive(new CrossRegionScanFact());

        var row = Assert.Single(fleet.Rows("select workgroup, query_region, data_region, bucket, queries, bytes_scanned, first_at, last_at, usd_per_tb, round(usd_spent, 2), bytes_cutoff from cross_region_scan"));
        Assert.Equal(["nightly", "us-west-2", "ap-northeast-1", "tokyo-logs", "2", (Tebibyte * 3 / 2).ToString(), "2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "97.16", "145.74", "1000000"], row);
    }

    [Fact]
    public void A_bucket_named_in_the_text_counts_and_one_that_only_takes_results_does_not()
    {
        using var fleet = Oregon();
        Query(fleet, "q1", "UNLOAD (SELECT 1) TO 's3://tokyo-logs/out/'", 10, "2026-03-01T00:00:00Z");
        Query(fleet, "q2", "SELECT 1", 10, "2026-03-01T00:00:00Z", output: "s3://tokyo-logs/results/");

        fleet.Derive(new CrossRegionScanFact());

        Assert.Equal([["1"]], fleet.Rows("select queries from cross_region_scan"));
    }

    [Theory]
    [InlineData("select * from a, b.c, \"D\".\"e f\" where x in (select y from g)", "db.a b.c d.e f db.g")]
    [InlineData("SELECT 'from x' -- from y\n FROM /* from z */ t", "db.t")]
    [InlineData("with q as (select 1) select * from (select 2)", "")]
    public void Tables_are_found_after_from_and_join_and_not_in_strings_or_comments(string sql, string tables)
    {
        // A name after any comma may be a column; here only what the lists name is compared.
        var found = QueryText.Tables(sql, "db").ToList();

        foreach (var table in tables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(found, f => f == table || f.StartsWith(table, StringComparison.Ordinal) || f.EndsWith(table, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(found, static f => f is "db.x" or "db.y" or "db.z");
        Assert.Equal(tables.Length == 0, found.Count == 0);
    }

    private static FleetRows Oregon()
    {
        var fleet = new FleetRows();
        return fleet.Add("bucket_location", ("region", "global"), ("name", "tokyo-logs"), ("location", "ap-northeast-1"))
            .Add("bucket_location", ("region", "global"), ("name", "oregon-logs"), ("location", "us-west-2"))
            .Add("catalog_table", ("region", "us-west-2"), ("database_name", "logs"), ("name", "access_logs"), ("location", "s3://tokyo-logs/alb/"))
            .Add("catalog_table", ("region", "us-west-2"), ("database_name", "logs"), ("name", "local_logs"), ("location", "s3://oregon-logs/alb/"))
            .Add("workgroup", ("region", "us-west-2"), ("name", "nightly"), ("bytes_scanned_cutoff", 1_000_000));
    }

    private static void Query(FleetRows fleet, string id, string text, long bytes, string at, string? output = null) =>
        fleet.Add("query_execution", ("region", "us-west-2"), ("query_execution_id", id), ("query", text), ("statement_type", "DML"), ("workgroup", "nightly"),
            ("database", "logs"), ("data_scanned", bytes), ("submission_time", at), ("output_location", output));
}
