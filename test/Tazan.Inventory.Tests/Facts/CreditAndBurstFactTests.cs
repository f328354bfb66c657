using Tazan.Inventory.Facts.Metrics;
using Tazan.Inventory.Facts.Nets;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class CreditAndBurstFactTests
{
    [Fact]
    public void A_t2_medium_at_26_7_per_cent_spends_a_full_balance_in_72_hours()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-0a1b2c3d"), ("instance_type", "t2.medium"), ("state", "running"))
            .Add("metric_series", ("label", "AWS/EC2 CPUCreditBalance i-0a1b2c3d Average"), ("id", "a"), ("timestamps", "[1000,1300]"), ("points", "[570,576]"))
            .Add("metric_series", ("label", "AWS/EC2 CPUUtilization i-0a1b2c3d Average"), ("id", "b"), ("timestamps", "[1000,1300]"), ("points", "[26.6,26.8]"));

        fleet.Derive(new MetricFact()).Derive(new CreditFact());

        var row = Assert.Single(fleet.Rows("select mode, mode_source, baseline_percent, credits_per_hour, maximum_balance, balance, balance_minimum, round(hours_to_empty, 1) from credit"));
        Assert.Equal(["standard", "the family's default", "20.0", "24.0", "576.0", "576.0", "570.0", "71.6"], row);
    }

    [Fact]
    public void Within_the_baseline_a_balance_never_empties_and_without_metrics_nothing_is_said_of_it()
    {
        Assert.Null(CpuCredits.Find("t3.large")!.HoursToEmpty(100, 30));
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "t3.large"), ("state", "running"))
            .Add("instance", ("instance_id", "i-2"), ("instance_type", "t3.large"), ("state", "running"), ("tenancy", "host"))
            .Add("instance", ("instance_id", "i-3"), ("instance_type", "t3.large"), ("state", "running"))
            .Add("instance", ("instance_id", "i-4"), ("instance_type", "m5.large"), ("state", "running"))
            .Add("credit_specification", ("instance_id", "i-3"), ("cpu_credits", "standard"));

        fleet.Derive(new CreditFact());

        Assert.Equal(
            [["i-1", "unlimited", "the family's default", ""], ["i-2", "standard", "the family's default", ""], ["i-3", "standard", "described", ""]],
            fleet.Rows("select instance_id, mode, mode_source, hours_to_empty from credit order by 1"));
    }

    [Theory]
    [InlineData("gp2", 20, 100, 3000, 1862)]
    [InlineData("gp2", 33, 100, 3000, 1862)]
    [InlineData("gp2", 100, 300, 3000, 2000)]
    [InlineData("gp2", 334, 1002, 3000, 2703)]
    [InlineData("gp2", 750, 2250, 3000, 7200)]
    [InlineData("st1", 1024, 40, 250, 4993)]
    [InlineData("sc1", 1024, 12, 80, 15420)]
    public void A_full_bucket_lasts_as_long_as_the_provider_documents(string type, long size, double baseline, double burst, double seconds)
    {
        var bucket = VolumeBucket.Find(type, size)!.Value;

        Assert.Equal((baseline, burst, seconds), (bucket.Baseline, bucket.Burst, Math.Round(bucket.SecondsToEmpty)));
    }

    [Theory]
    [InlineData("gp2", 1000)]
    [InlineData("gp3", 20)]
    [InlineData("st1", 16_384)]
    public void A_volume_whose_baseline_reaches_the_burst_has_no_bucket(string type, long size) => Assert.Null(VolumeBucket.Find(type, size));

    [Fact]
    public void Measured_operations_are_added_per_second_and_a_balance_below_five_per_cent_was_exhausted()
    {
        using var fleet = new FleetRows();
        fleet.Add("volume", ("volume_id", "vol-0a1b2c3d"), ("volume_type", "gp2"), ("size", 100))
            .Add("volume_attachment", ("volume_id", "vol-0a1b2c3d"), ("instance_id", "i-1"))
            .Add("service_member", ("service", "db"), ("instance_id", "i-1"))
            .Add("metric_series", ("label", "AWS/EBS VolumeReadOps vol-0a1b2c3d Sum"), ("id", "a"), ("timestamps", "[0,300,600]"), ("points", "[30000,60000,90000]"))
            .Add("metric_series", ("label", "AWS/EBS VolumeWriteOps vol-0a1b2c3d Sum"), ("id", "b"), ("timestamps", "[0,300,600]"), ("points", "[60000,60000,60000]"))
            .Add("metric_series", ("label", "AWS/EBS BurstBalance vol-0a1b2c3d Minimum"), ("id", "c"), ("timestamps", "[0,300,600]"), ("points", "[80,2,30]"));

        fleet.Derive(new MetricFact()).Derive(new BurstFact());

        Assert.Equal([["db", "300.0", "3000.0", "400.0", "30.0", "2.0", "2000.0", "1"]],
            fleet.Rows("select service, baseline_iops, burst_iops, average_iops, balance_percent, balance_minimum, seconds_to_empty, exhausted from burst"));
    }
}
