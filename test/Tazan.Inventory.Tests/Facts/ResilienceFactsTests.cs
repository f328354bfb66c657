using System.Diagnostics;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Facts.Boot;
using Tazan.Inventory.Facts.Events;
using Tazan.Inventory.Facts.Metrics;
using Tazan.Inventory.Facts.Nets;
using Tazan.Inventory.Facts.Restore;
using Tazan.Inventory.Facts.Runaway;
using Tazan.Inventory.Schema;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class ResilienceFactsTests(ITestOutputHelper output)
{
    private static readonly IFact[] Facts =
    [
        new MetricFact(), new BootabilityFact(), new ProviderEventFact(), new RestorabilityFact(), new LoopFact(),
        new CrossRegionScanFact(), new CreditFact(), new BurstFact(), new SafetyNetFact(),
    ];

    [Fact]
    public void An_empty_fleet_gives_no_rows_but_says_what_each_fact_would_read()
    {
        using var fleet = new FleetRows();

        FactBook.DeriveAll(fleet.Database, FleetRows.Now, FleetSettings.Default, null, TestContext.Current.CancellationToken);

        foreach (var table in Facts.SelectMany(static fact => fact.Tables))
        {
            Assert.Empty(fleet.Rows($"select * from {table}"));
            Assert.NotEmpty(fleet.Rows($"select * from fact_source where fact = '{table}' and reads <> ''"));
        }

        Assert.All(fleet.Rows("select distinct reads from fact_source"), static row => Assert.NotNull(SnapshotSchema.Find(row[0])));
    }

    [Fact]
    public void A_hundred_thousand_instances_alone_are_judged_one_by_one_in_a_moment()
    {
        using (var empty = new FleetRows())
        {
            // What a first run compiles is not what is looked at here.
            Array.ForEach(Facts, fact => empty.Derive(fact));
        }

        using var fleet = new FleetRows();
        fleet.Database.Execute($"""
            WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 99999)
            INSERT INTO instance (account, region, instance_id, image_id, instance_type, state, availability_zone, launch_time, architecture,
                                  virtualization_type, kernel_id, ena_support, root_device_name, tags, source)
            SELECT '{FleetRows.Account}', '{FleetRows.Region}', printf('i-%017x', x), printf('ami-%08x', x / 500),
                   CASE x % 10 WHEN 0 THEN 't2.medium' WHEN 1 THEN 'm3.large' WHEN 2 THEN 't3.large' ELSE 'm5.large' END, 'running', 'ap-northeast-1a',
                   '2020-01-01T00:00:00Z', 'x86_64', CASE x % 10 WHEN 1 THEN 'paravirtual' ELSE 'hvm' END,
                   CASE x % 10 WHEN 1 THEN 'aki-44992845' END, x % 10 <> 1, '/dev/xvda', json_object('Name', 'node-' || x, 'Filler', printf('%0200d', x)), 1 FROM n;
            """);
        SnapshotSchema.Finish(fleet.Database, SnapshotSchema.Tables.Where(static t => !t.IsFact));
        fleet.Database.Execute("BEGIN");
        var total = TimeSpan.Zero;
        foreach (var fact in Facts)
        {
            var start = Stopwatch.GetTimestamp();
            fleet.Derive(fact);
            var took = Stopwatch.GetElapsedTime(start);
            total += took;
            output.WriteLine($"{fact.Tables[0]}: {took.TotalMilliseconds:0} ms");
        }

        output.WriteLine($"total: {total.TotalMilliseconds:0} ms");

        Assert.Equal([["at-risk", "10000"], ["boots", "90000"]], fleet.Rows("select verdict, count(*) from bootability where subject_type = 'instance' group by 1 order by 1"));
        Assert.Equal([["20000"]], fleet.Rows("select count(*) from credit"));

        // Ten times what it takes on two cores, so that only a change of order fails it.
        Assert.True(total < TimeSpan.FromSeconds(5), $"took {total}");
    }
}
