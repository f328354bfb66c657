using System.Text.Json;

namespace Tazan.Fleets.Tests;

/// <summary>That the demo fleet holds what each lesson looks for, and that what stands beside it is in order.</summary>
public sealed class DemoFleetTests(FleetFiles files) : IClassFixture<FleetFiles>
{
    private const string Games = "210987654321";

    [Fact]
    public void Paravirtual_databases_run_hot_and_two_of_them_boot_by_an_old_PV_GRUB()
    {
        var old = files.Of("legacy-orders-db").ToArray();

        Assert.Equal(4, old.Length);
        Assert.All(old, static i => Assert.Equal("paravirtual", i.GetProperty("VirtualizationType").GetString()));
        Assert.Equal(2, old.Count(static i => i.GetProperty("KernelId").GetString() == "aki-44992845"));
        Assert.All(old, i => Assert.True(Metric($"AWS/EC2 CPUUtilization {Id(i)} Average").Max() > 80));
        Assert.Single(files.All("ec2-describe-images", "Images"), static i => i.GetProperty("ImageId").GetString() == "aki-44992845" && i.GetProperty("Name").GetString() == "pv-grub-hd0_1.03-x86_64.gz");
        foreach (var one in old.SelectMany(Events))
        {
            Assert.Equal("system-reboot", one.GetProperty("Code").GetString());
            Assert.InRange(one.GetProperty("NotBefore").GetDateTimeOffset() - FleetFiles.Now, TimeSpan.FromDays(4.9), TimeSpan.FromDays(9));
        }

        Assert.Equal(4, old.Count(i => Events(i).Any()));
    }

    [Fact]
    public void One_running_instance_fails_its_check()
    {
        var impaired = Assert.Single(files.All("ec2-describe-instance-status", "InstanceStatuses"), static s => s.GetProperty("InstanceStatus").GetProperty("Status").GetString() == "impaired");

        Assert.Equal(Id(files.Of("legacy-billing").Single()), impaired.GetProperty("InstanceId").GetString());
        Assert.Equal("running", impaired.GetProperty("InstanceState").GetProperty("Name").GetString());
    }

    [Fact]
    public void A_function_may_invoke_itself_with_nothing_to_stop_it()
    {
        const string Name = "nightly-log-report";
        using var policy = JsonDocument.Parse(files.One("lambda-get-policy", Name).GetProperty("Policy").GetString()!);
        var statement = policy.RootElement.GetProperty("Statement")[0];
        var arn = statement.GetProperty("Resource").GetString();

        Assert.EndsWith(":function:" + Name, arn, StringComparison.Ordinal);
        Assert.Equal(arn, statement.GetProperty("Condition").GetProperty("ArnLike").GetProperty("AWS:SourceArn").GetString());
        Assert.Equal("Allow", files.One("lambda-get-function-recursion-config", Name).GetProperty("RecursiveLoop").GetString());
        Assert.False(files.One("lambda-get-function-concurrency", Name).TryGetProperty("ReservedConcurrentExecutions", out _));
        Assert.Equal(arn, files.One("lambda-list-function-event-invoke-configs", Name).GetProperty("FunctionEventInvokeConfigs")[0].GetProperty("DestinationConfig").GetProperty("OnSuccess").GetProperty("Destination").GetString());
        Assert.Equal(50, files.One("lambda-get-function-concurrency", "thumbnail").GetProperty("ReservedConcurrentExecutions").GetInt32());
    }

    [Fact]
    public void Queries_in_Oregon_read_a_bucket_in_Tokyo_without_a_limit()
    {
        var nightly = files.All("athena-batch-get-query-execution", "QueryExecutions").Where(static q => q.GetProperty("WorkGroup").GetString() == "nightly").ToArray();

        Assert.Equal(672, nightly.Count(static q => q.GetProperty("StatementType").GetString() == "DML"));
        Assert.Contains("LOCATION 's3://kogarashi-access-logs/", Assert.Single(nightly, static q => q.GetProperty("StatementType").GetString() == "DDL").GetProperty("Query").GetString(), StringComparison.Ordinal);
        Assert.Equal("ap-northeast-1", files.One("s3api-get-bucket-location", "kogarashi-access-logs").GetProperty("LocationConstraint").GetString());
        Assert.False(files.One("athena-get-work-group", "nightly").GetProperty("WorkGroup").GetProperty("Configuration").TryGetProperty("BytesScannedCutoffPerQuery", out _));
        Assert.True(files.One("athena-get-work-group", "analysts").GetProperty("WorkGroup").GetProperty("Configuration").TryGetProperty("BytesScannedCutoffPerQuery", out _));
        Assert.True(Metric("AWS/S3 BucketSizeBytes kogarashi-access-logs Average")[0] > 2e12);
    }

    [Fact]
    public void Nightly_images_pile_up_and_restored_volumes_are_still_being_read_in()
    {
        var portal = Id(files.Of("client-portal").Single());
        var batch = files.Of("nightly-batch").Single();

        Assert.Equal(21, files.All("ec2-describe-images", "Images").Count(i => i.TryGetProperty("SourceInstanceId", out var source) && source.GetString() == portal));
        var initializing = files.All("ec2-describe-volume-status", "VolumeStatuses").Where(static v => v.GetProperty("VolumeStatus").GetProperty("Details").EnumerateArray()
            .Any(static d => d.GetProperty("Name").GetString() == "initialization-state" && d.GetProperty("Status").GetString() == "initializing")).ToArray();
        Assert.Equal(2, initializing.Length);
        var volumes = batch.GetProperty("BlockDeviceMappings").EnumerateArray().Select(static d => d.GetProperty("Ebs").GetProperty("VolumeId").GetString()).ToArray();
        Assert.All(initializing, v => Assert.Contains(v.GetProperty("VolumeId").GetString(), volumes));
        Assert.Empty(files.All("ec2-describe-fast-snapshot-restores", "FastSnapshotRestores"));
    }

    [Fact]
    public void A_tenth_of_Tokyo_is_to_be_rebooted_zone_after_zone_and_a_whole_quorum_at_once()
    {
        var tokyo = files.EveryInstance.Where(static i => i.GetProperty("Placement").GetProperty("AvailabilityZone").GetString()!.StartsWith("ap-northeast-1", StringComparison.Ordinal)).ToArray();
        var zookeeper = files.Of("zookeeper").SelectMany(Events).ToArray();

        Assert.InRange(tokyo.Count(i => Events(i).Any()) / (double)tokyo.Length, 0.09, 0.12);
        Assert.Equal(3, zookeeper.Length);
        Assert.Single(zookeeper.Select(static e => e.GetProperty("NotBefore").GetString()).Distinct());
        Assert.All(zookeeper, static e => Assert.False(e.TryGetProperty("NotBeforeDeadline", out _)));
        Assert.Single(files.Of("accounts-db").SelectMany(Events).Select(static e => e.GetProperty("NotBefore").GetString()).Distinct());
        Assert.Single(files.Demo, static a => a.Answer.Account == Games && a.Answer.Call == "account-get-alternate-contact");
        Assert.Empty(files.Demo.Single(static a => a.Answer.Account == Games && a.Answer.Call == "ec2-describe-instance-event-windows").Root.GetProperty("InstanceEventWindows").EnumerateArray());
        Assert.Single(files.All("ec2-describe-instance-event-windows", "InstanceEventWindows"));
    }

    [Fact]
    public void One_memcached_takes_connections_from_its_application_alone_and_the_other_from_anywhere_in_private()
    {
        var groups = files.All("ec2-describe-security-groups", "SecurityGroups").ToLookup(static g => g.GetProperty("GroupName").GetString());
        var narrow = Assert.Single(groups["game-a-memcached"].Single().GetProperty("IpPermissions").EnumerateArray());
        var open = Assert.Single(groups["game-b-memcached"].Single().GetProperty("IpPermissions").EnumerateArray());

        Assert.Equal(11211, narrow.GetProperty("FromPort").GetInt32());
        Assert.Empty(narrow.GetProperty("IpRanges").EnumerateArray());
        Assert.Equal(groups["game-a-app"].Single().GetProperty("GroupId").GetString(), Assert.Single(narrow.GetProperty("UserIdGroupPairs").EnumerateArray()).GetProperty("GroupId").GetString());
        Assert.Equal("0.0.0.0/0", Assert.Single(open.GetProperty("IpRanges").EnumerateArray()).GetProperty("CidrIp").GetString());
        Assert.All(files.Of("game-b-memcached"), static i => Assert.False(i.TryGetProperty("PublicIpAddress", out _)));
        var first = Id(files.Of("game-a-memcached").First());
        var packets = Metric($"AWS/EC2 NetworkPacketsIn {first} Sum").OrderDescending().ToArray();
        Assert.True(packets[100] > packets[0] * 0.98, "the busiest third of the hours is a plateau");
        Assert.Equal(0, Metric($"CWAgent ethtool_conntrack_allowance_available {first} Minimum").Min());
    }

    [Fact]
    public void What_runs_out_has_run_out_and_what_does_not_has_not()
    {
        Assert.All(files.Of("ci-agents").Take(6), i => Assert.True(Metric($"AWS/EC2 CPUCreditBalance {Id(i)} Minimum")[0] < 20));
        Assert.All(files.Of("admin-tools").Take(2), i => Assert.True(Metric($"AWS/EC2 CPUCreditBalance {Id(i)} Minimum").Min() > 500));
        Assert.True(Metric($"CWAgent ethtool_linklocal_allowance_exceeded {Id(files.Of("push-gateway").First())} Maximum")[0] > 90_000);
        var volume = files.Of("log-ingest").First().GetProperty("BlockDeviceMappings")[1].GetProperty("Ebs").GetProperty("VolumeId").GetString();
        Assert.True(Metric($"AWS/EBS BurstBalance {volume} Minimum").Min() < 1);
    }

    [Fact]
    public void Single_zones_missing_backups_and_shared_health_checks_are_there_to_be_found()
    {
        var databases = files.All("rds-describe-db-instances", "DBInstances").ToDictionary(static d => d.GetProperty("DBInstanceIdentifier").GetString()!);
        var groups = files.All("autoscaling-describe-auto-scaling-groups", "AutoScalingGroups").ToDictionary(static g => g.GetProperty("AutoScalingGroupName").GetString()!);

        Assert.Single(files.Of("payments").Select(static i => i.GetProperty("Placement").GetProperty("AvailabilityZone").GetString()).Distinct());
        Assert.False(databases["catalog-db"].GetProperty("MultiAZ").GetBoolean());
        Assert.Equal(0, databases["mail-archive"].GetProperty("BackupRetentionPeriod").GetInt32());
        Assert.Equal(1, groups["ranking"].GetProperty("MinSize").GetInt32());
        Assert.False(groups["storefront"].TryGetProperty("InstanceMaintenancePolicy", out _));
        Assert.True(groups["web"].TryGetProperty("InstanceMaintenancePolicy", out _));
        Assert.Equal("/health/db", files.All("elbv2-describe-target-groups", "TargetGroups").Single(static t => t.GetProperty("TargetGroupName").GetString() == "storefront").GetProperty("HealthCheckPath").GetString());
        Assert.All(files.All("elasticache-describe-cache-clusters", "CacheClusters").Where(static c => c.GetProperty("Engine").GetString() == "memcached"), static c => Assert.Equal("ap-northeast-1a", c.GetProperty("PreferredAvailabilityZone").GetString()));
        Assert.Empty(files.Demo.Single(static a => a.Answer.Account == Games && a.Answer.Call == "backup-list-restore-testing-plans").Root.GetProperty("RestoreTestingPlans").EnumerateArray());
        Assert.Single(files.All("backup-list-restore-testing-plans", "RestoreTestingPlans"));
        Assert.All(files.Of("ledger-db"), static i => Assert.True(i.GetProperty("BlockDeviceMappings").GetArrayLength() >= 5));
    }

    private static string Id(JsonElement instance) => instance.GetProperty("InstanceId").GetString()!;

    private IEnumerable<JsonElement> Events(JsonElement instance) => EventsById.GetValueOrDefault(Id(instance), []);

    private Dictionary<string, JsonElement[]> EventsById => field ??= files.All("ec2-describe-instance-status", "InstanceStatuses")
        .Where(static s => s.TryGetProperty("Events", out _)).ToDictionary(static s => s.GetProperty("InstanceId").GetString()!, static s => s.GetProperty("Events").EnumerateArray().ToArray());

    private double[] Metric(string label) => [.. files.All("cloudwatch-get-metric-data", "MetricDataResults").Single(m => m.GetProperty("Label").GetString() == label).GetProperty("Values").EnumerateArray().Select(static v => v.GetDouble())];
}
