using Tazan.Inventory.Facts.Restore;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class RestorabilityFactTests
{
    [Fact]
    public void Sixty_gibibytes_at_five_mebibytes_a_second_take_3_4_hours()
    {
        var (best, worst) = RestoreTime.Hours(60, RestoreTime.VolumeRate("gp3", 60, 3_000, 125), RestoreTime.InstanceRate(650), null, isFast: false);

        Assert.Equal(3.413, worst, 3);

        // m5.large sustains 650 Mbps to EBS, 77.5 MiB/s, which is less than the volume's 125.
        Assert.Equal(60 * 1_024 / 77.486 / 3_600, best, 3);
    }

    [Fact]
    public void Ten_gibibytes_at_a_provisioned_rate_of_300_take_34_1_seconds()
    {
        var (best, _) = RestoreTime.Hours(10, 125, null, 300, isFast: true);

        Assert.Equal(34.1, best * 3_600, 1);
    }

    [Fact]
    public void Fast_snapshot_restore_counts_only_in_the_volumes_zone()
    {
        using var fleet = Fleet();
        fleet.Add("fast_snapshot_restore", ("snapshot_id", "snap-new"), ("availability_zone", "ap-northeast-1c"), ("state", "enabled"));
        fleet.Derive(new RestorabilityFact());
        var elsewhere = fleet.Rows("select fast_restore, hours_worst > 3 from restorability");
        fleet.Database.Execute("delete from restorability; update fast_snapshot_restore set availability_zone = 'ap-northeast-1a'");

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["0", "1"]], elsewhere);
        Assert.Equal([["1", "0.0", "0.0"]], fleet.Rows("select fast_restore, hours_best, hours_worst from restorability"));
    }

    [Fact]
    public void The_newest_completed_copy_gives_the_age()
    {
        using var fleet = Fleet();
        fleet.Add("ebs_snapshot", ("snapshot_id", "snap-pending"), ("volume_id", "vol-1"), ("state", "pending"), ("start_time", "2026-03-02T08:00:00Z"))
            .Add("recovery_point", ("recovery_point_arn", "arn:point"), ("resource_arn", "arn:aws:ec2:ap-northeast-1:123456789012:instance/i-1"), ("status", "COMPLETED"), ("creation_date", "2026-03-02T03:00:00Z"));

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["snap-new", "arn:point", "6.0", "0", "1"]], fleet.Rows("select newest_snapshot_id, newest_recovery_point, age_hours, proven, is_root from restorability"));
    }

    [Fact]
    public void A_volume_without_any_copy_has_no_age_and_no_hours()
    {
        using var fleet = Fleet();
        fleet.Database.Execute("delete from ebs_snapshot");

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["", "", "", "No completed snapshot, image or recovery point of it was found."]], fleet.Rows("select newest_snapshot_id, age_hours, hours_worst, reason from restorability"));
    }

    [Fact]
    public void A_completed_restore_job_proves_and_one_whose_validation_failed_does_not()
    {
        using var fleet = Fleet();
        fleet.Add("restore_job", ("restore_job_id", "job-1"), ("status", "COMPLETED"), ("validation_status", "FAILED"), ("source_resource_arn", "arn:aws:ec2:ap-northeast-1:123456789012:volume/vol-1"));
        fleet.Derive(new RestorabilityFact());
        var failed = fleet.Rows("select proven from restorability");
        fleet.Database.Execute("delete from restorability; update restore_job set validation_status = 'SUCCESSFUL', completion_date = '2026-02-01T00:00:00Z'");

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["0"]], failed);
        Assert.Equal([["1", "2026-02-01T00:00:00Z", "restore job job-1"]], fleet.Rows("select proven, proven_at, proven_by from restorability"));
    }

    [Fact]
    public void A_running_instance_on_a_volume_made_from_its_snapshot_proves_it()
    {
        using var fleet = Fleet();
        fleet.Add("instance", ("instance_id", "i-2"), ("instance_type", "m5.large"), ("state", "running"))
            .Add("volume", ("volume_id", "vol-2"), ("size", 60), ("volume_type", "gp3"), ("snapshot_id", "snap-new"), ("availability_zone", "ap-northeast-1a"), ("create_time", "2026-02-20T00:00:00Z"))
            .Add("volume_attachment", ("volume_id", "vol-2"), ("instance_id", "i-2"), ("state", "attached"), ("attach_time", "2026-02-20T00:00:00Z"));

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["vol-1", "1"], ["vol-2", "0"]], fleet.Rows("select volume_id, proven from restorability order by 1"));
    }

    [Fact]
    public void An_image_that_holds_its_snapshot_is_a_copy_and_an_instance_started_from_that_proves_it()
    {
        using var fleet = Fleet();
        fleet.Add("image", ("image_id", "ami-1"), ("state", "available"), ("creation_date", "2026-03-01T09:00:00Z"))
            .Add("image_block_device", ("image_id", "ami-1"), ("device_name", "/dev/xvda"), ("snapshot_id", "snap-new"), ("volume_initialization_rate", 200));
        fleet.Derive(new RestorabilityFact());
        var before = fleet.Rows("select newest_image_id, proven, initialization_rate from restorability");
        fleet.Database.Execute("delete from restorability");
        fleet.Add("instance", ("instance_id", "i-3"), ("image_id", "ami-1"), ("state", "running"), ("launch_time", "2026-03-01T12:00:00Z"));

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([["ami-1", "0", "200"]], before);
        Assert.Equal([["1", "instance i-3, started from image ami-1"]], fleet.Rows("select proven, proven_by from restorability"));
    }

    [Theory]
    [InlineData("""[{"Name":"io-enabled","Status":"passed"},{"Name":"initialization-state","Status":"initializing"}]""", null, "snap-x", "2026-01-01T00:00:00Z", "1")]
    [InlineData("""[{"Name":"initialization-state","Status":"completed"}]""", null, "snap-x", "2026-03-02T08:00:00Z", "0")]
    [InlineData("[]", 40, "snap-x", "2026-01-01T00:00:00Z", "1")]
    [InlineData(null, null, "snap-x", "2026-03-02T08:00:00Z", "")]
    [InlineData(null, null, "snap-x", "2026-01-01T00:00:00Z", "0")]
    [InlineData(null, null, null, "2026-03-02T08:00:00Z", "0")]
    public void Whether_it_is_initializing_comes_from_its_status_else_from_its_age(string? details, int? progress, string? snapshot, string created, string initializing)
    {
        using var fleet = new FleetRows();
        fleet.Add("volume", ("volume_id", "vol-1"), ("size", 60), ("volume_type", "gp3"), ("snapshot_id", snapshot), ("create_time", created)).Add("volume_attachment", ("volume_id", "vol-1"), ("instance_id", "i-1"));
        if (details is not null)
        {
            fleet.Add("volume_status", ("volume_id", "vol-1"), ("details", details), ("initialization_progress", progress));
        }

        fleet.Derive(new RestorabilityFact());

        Assert.Equal([[initializing]], fleet.Rows("select initializing from restorability"));
    }

    private static FleetRows Fleet()
    {
        var fleet = new FleetRows();
        return fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "m5.large"), ("state", "running"), ("root_device_name", "/dev/xvda"))
            .Add("volume", ("volume_id", "vol-1"), ("size", 60), ("volume_type", "gp3"), ("throughput", 125), ("availability_zone", "ap-northeast-1a"), ("create_time", "2025-01-01T00:00:00Z"))
            .Add("volume_attachment", ("volume_id", "vol-1"), ("instance_id", "i-1"), ("device", "/dev/xvda"), ("state", "attached"))
            .Add("ebs_snapshot", ("snapshot_id", "snap-old"), ("volume_id", "vol-1"), ("state", "completed"), ("start_time", "2026-02-01T09:00:00Z"))
            .Add("ebs_snapshot", ("snapshot_id", "snap-new"), ("volume_id", "vol-1"), ("state", "completed"), ("start_time", "2026-03-01T09:00:00Z"));
    }
}
