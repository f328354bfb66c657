using System.Text.Json;
using Tazan.Inventory.Facts.Metrics;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class MetricFactTests
{
    [Fact]
    public void A_series_in_any_order_is_summed_up_by_time_and_by_nearest_rank()
    {
        using var fleet = new FleetRows();
        fleet.Add("metric_series", ("label", "AWS/EC2 CPUUtilization i-0a1b2c3d Average"), ("id", "m1"),
            ("timestamps", """["2026-03-02T08:10:00+00:00","2026-03-02T08:00:00Z","2026-03-02T08:05:00.000Z","2026-03-02T08:20:00Z"]"""),
            ("points", "[30,10.5,20,40]"));

        fleet.Derive(new MetricFact());

        Assert.Equal(
            ["AWS/EC2", "CPUUtilization", "InstanceId", "i-0a1b2c3d", "Average", "4", "2026-03-02T08:00:00Z", "2026-03-02T08:20:00Z", "300", "10.5", "25.125", "40.0", "20.0", "40.0", "40.0", "40.0", "100.5"],
            Assert.Single(fleet.Rows("select namespace, metric_name, dimension, resource_id, statistic, points, first_at, last_at, period, minimum, average, maximum, p50, p90, p99, last, total from metric")));
    }

    [Fact]
    public void Pages_of_one_series_are_one_series()
    {
        using var fleet = new FleetRows();
        fleet.Add("metric_series", ("label", "AWS/EBS BurstBalance vol-0a1b2c3d Minimum"), ("id", "m1"), ("timestamps", "[1000,1300]"), ("points", "[90,80]"))
            .Add("metric_series", ("label", "AWS/EBS BurstBalance vol-0a1b2c3d Minimum"), ("id", "m1"), ("timestamps", "[1600]"), ("points", "[3]"));

        fleet.Derive(new MetricFact());

        Assert.Equal(["VolumeId", "3", "300", "3.0", "3.0"], Assert.Single(fleet.Rows("select dimension, points, period, minimum, last from metric")));
    }

    [Fact]
    public void A_label_of_another_shape_is_kept_whole_and_an_empty_series_gives_no_row()
    {
        using var fleet = new FleetRows();
        fleet.Add("metric_series", ("label", "c7n:TotalTokenCount"), ("id", "total"), ("timestamps", """["2026-07-21T14:13:00+00:00"]"""), ("points", "[15.0]"))
            .Add("metric_series", ("label", "AWS/EC2 CPUUtilization i-0a1b2c3d Average"), ("id", "m2"), ("timestamps", "[]"), ("points", "[]"));

        fleet.Derive(new MetricFact());

        Assert.Equal(["", "c7n:TotalTokenCount", "total", "15.0", ""], Assert.Single(fleet.Rows("select namespace, metric_name, resource_id, last, period from metric")));
    }

    [Fact]
    public void Each_statistic_of_an_answer_of_metric_statistics_is_a_row()
    {
        using var fleet = new FleetRows();
        fleet.Add("metric_statistics", ("resource", "i-0a1b2c3d"), ("label", "CPUCreditBalance"),
            ("datapoints", """[{"Timestamp":"2026-03-02T08:05:00+00:00","Average":100,"Minimum":90.5,"Unit":"Count"},{"Timestamp":"2026-03-02T08:00:00Z","Average":120,"Minimum":110,"ExtendedStatistics":{"p99":130},"Unit":"Count"}]"""));

        fleet.Derive(new MetricFact());

        Assert.Equal(
            ["AWS/EC2 i-0a1b2c3d Average 2 100.0", "AWS/EC2 i-0a1b2c3d Minimum 2 90.5", "AWS/EC2 i-0a1b2c3d p99 1 130.0"],
            fleet.Rows("select namespace, resource_id, statistic, points, last from metric order by statistic collate nocase").Select(static r => string.Join(' ', r)));
    }

    [Fact]
    public void A_summary_agrees_with_a_slow_obvious_one_on_random_series()
    {
        var state = 20260302UL;
        ulong Next() => state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
        for (var round = 0; round < 300; round++)
        {
            var count = (int)(Next() >> 33) % 40 + 1;
            var points = Enumerable.Range(0, count).Select(i => (Time: 1_000L + 60 * i, Value: (double)((Next() >> 40) % 100))).OrderBy(_ => Next()).ToArray();

            var summary = SeriesSummary.Of(points.Select(static p => p.Time).ToArray(), points.Select(static p => p.Value).ToArray());

            var sorted = points.Select(static p => p.Value).Order().ToArray();
            double Slow(double share) => sorted.First(v => sorted.Count(w => w <= v) >= share * count - 1e-9);
            Assert.Equal((Slow(0.5), Slow(0.9), Slow(0.99)), (summary.P50, summary.P90, summary.P99));
            Assert.Equal(points.MaxBy(static p => p.Time).Value, summary.Last);
            Assert.Equal(count == 1 ? null : 60, summary.Period);
            Assert.Equal(sorted.Sum(), summary.Total, 6);
        }
    }

    [Theory]
    [InlineData("2026-07-21T14:13:00+00:00", 1784643180)]
    [InlineData("2026-07-21T23:13:00+09:00", 1784643180)]
    [InlineData("2026-07-21T14:13:00.183000Z", 1784643180)]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2026-02-30T14:13:00Z", null)]
    [InlineData("yesterday", null)]
    public void A_time_is_read_to_the_second_or_refused(string text, int? seconds)
    {
        var isTime = SnapshotTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var read);

        Assert.Equal(seconds is not null, isTime);
        Assert.Equal(seconds ?? 0, read);
    }

    [Fact]
    public void Broken_arrays_in_a_snapshot_are_a_fault_and_not_a_guess() =>
        Assert.ThrowsAny<JsonException>(() =>
        {
            using var fleet = new FleetRows();
            fleet.Add("metric_series", ("label", "x"), ("id", "m"), ("timestamps", "[1000,"), ("points", "[1,2]")).Derive(new MetricFact());
        });
}
