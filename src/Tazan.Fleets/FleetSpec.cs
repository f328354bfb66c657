using System.Collections.Immutable;

namespace Tazan.Fleets;

/// <summary>A fleet as a person describes it in a small YAML file: what there is and how it goes, not one id of it.</summary>
/// <remarks>Immutable; every name in it refers to something described. The format is documented in docs/fleets.md.</remarks>
public sealed record FleetSpec
{
    /// <summary>The fleet's name, such as <c>demo</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the fleet is meant to show.</summary>
    public required string About { get; init; }

    public required ImmutableArray<AccountSpec> Accounts { get; init; }

    public required ImmutableArray<SiteSpec> Sites { get; init; }

    public required ImmutableArray<ImageSpec> Images { get; init; }

    public required ImmutableArray<ServiceSpec> Services { get; init; }

    public required ImmutableArray<EventSpec> Events { get; init; }

    public required ImmutableArray<LoadBalancerSpec> LoadBalancers { get; init; }

    public required ImmutableArray<DatabaseSpec> Databases { get; init; }

    public required ImmutableArray<CacheSpec> Caches { get; init; }

    public required ImmutableArray<FunctionSpec> Functions { get; init; }

    public required ImmutableArray<WorkgroupSpec> Workgroups { get; init; }

    public required ImmutableArray<BucketSpec> Buckets { get; init; }

    public required ImmutableArray<AlarmSpec> Alarms { get; init; }

    public required ImmutableArray<HostedZoneSpec> HostedZones { get; init; }

    public required ImmutableArray<BackupSpec> Backups { get; init; }

    /// <summary>How many instances the fleet has.</summary>
    public int InstanceCount => Services.Sum(static s => s.Count);

    /// <summary>Reads a fleet file strictly.</summary>
    /// <param name="reader">The YAML text; not closed here.</param>
    /// <param name="path">The file's name as messages shall show it.</param>
    /// <exception cref="UserError">Anything is wrong: the message has the file, the line, and the nearest right word.</exception>
    public static FleetSpec Read(TextReader reader, string path)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(path);
        return new SpecReader(path).Read(Node.Read(reader, path));
    }
}

/// <summary>An AWS account. <paramref name="Contacts"/>: the alternate contacts that are set.</summary>
/// <remarks>HasSupport: Whether the support plan has the Health and Trusted Advisor APIs (business or enterprise).</remarks>
public sealed record AccountSpec(string Name, string Id, string Email, ImmutableArray<string> Contacts, bool HasSupport);

/// <summary>One account's use of one region: a VPC with a public and a private subnet in each zone.</summary>
/// <remarks>Zones: Zone letters, such as <c>a</c>.</remarks>
/// <remarks>Cidr: The first two numbers of the VPC's /16, such as <c>10.20</c>.</remarks>
/// <remarks>Endpoints: VPC endpoints by service: <c>s3</c> and <c>dynamodb</c> are gateways, others interfaces.</remarks>
/// <remarks>NatZones: The zones with a NAT gateway; others route through the first one.</remarks>
/// <remarks>EventWindow: The cron expression of the one instance event window; null without.</remarks>
public sealed record SiteSpec(
    string Name, AccountSpec Account, string Region, ImmutableArray<string> Zones, string Cidr, ImmutableArray<string> Endpoints,
    ImmutableArray<string> NatZones, string? EventWindow, double VcpuQuota);

/// <summary>An image (AMI) that a service's instances were launched from.</summary>
/// <remarks>IsMissing: It was deregistered: instances and templates name it, describe-images does not.</remarks>
public sealed record ImageSpec(
    string Name, string Architecture, bool IsParavirtual, string? KernelId, string? KernelName, string BootMode, bool Ena,
    TimeSpan Age, int RootGib, bool IsMissing, string Description);

/// <summary>Who may open connections to which ports. <paramref name="From"/>: a service, load balancer, CIDR, <c>anywhere</c> or <c>vpc</c>.</summary>
public sealed record OpeningSpec(string Protocol, int FromPort, int ToPort, ImmutableArray<string> From);

/// <summary>One volume of each instance of a service.</summary>
/// <remarks>SnapshotAges: Ages of the snapshots of each such volume, newest first; empty when there is none.</remarks>
/// <remarks>RestoredAgo: How long ago the volume was made from a snapshot; null for a volume that began empty.</remarks>
public sealed record VolumeSpec(
    string Device, int Gib, string Type, int? Iops, int? Throughput, bool Encrypted, ImmutableArray<TimeSpan> SnapshotAges, TimeSpan? RestoredAgo);

/// <summary>A metric of each of a service's instances (or volumes), or of one resource, hourly over two weeks.</summary>
/// <remarks>Device: The volume whose metric it is; null for the resource's own.</remarks>
/// <remarks>Instances: How many of the service's instances have it.</remarks>
public sealed record MetricSpec(
    string Namespace, string Name, string Statistic, string Shape, double Low, double High, double Noise, int PeakHour, string? Device, int Instances);

/// <summary>An Auto Scaling group around a service; its desired capacity is the service's count.</summary>
public sealed record ScalingSpec(
    int Min, int Max, string HealthCheck, bool UsesConfiguration, ImageSpec? LaunchImage, double? TargetCpu, string? Schedule, int ScheduledDesired,
    int? HealthyMin, int? HealthyMax, int FailedActivities, ImmutableArray<string> Suspended);

/// <summary>A group of instances doing one job.</summary>
public sealed record ServiceSpec
{
    public required string Name { get; init; }

    public required SiteSpec Site { get; init; }

    public required int Count { get; init; }

    /// <summary>Taken in turn.</summary>
    public required ImmutableArray<string> Types { get; init; }

    /// <summary>Zone letters; instances are spread over them in turn.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>Taken in turn.</summary>
    public required ImmutableArray<ImageSpec> Images { get; init; }

    public required bool IsPublic { get; init; }

    public required ImmutableArray<OpeningSpec> Opens { get; init; }

    /// <summary><c>open</c>, <c>vpc</c> or <c>none</c>: where instances may open connections to.</summary>
    public required string Egress { get; init; }

    public required ImmutableArray<KeyValuePair<string, string>> Tags { get; init; }

    /// <summary>Values of the tag <c>Role</c>, given to the instances in order; the last one is repeated.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    public required VolumeSpec Root { get; init; }

    public required ImmutableArray<VolumeSpec> Volumes { get; init; }

    public required ScalingSpec? Scaling { get; init; }

    /// <summary><c>standard</c>, <c>unlimited</c>, or null for the type's default.</summary>
    public required string? Credits { get; init; }

    public required int FailingChecks { get; init; }

    public required int Stopped { get; init; }

    public required int DailyImages { get; init; }

    public required TimeSpan Age { get; init; }

    /// <summary>Whether simplified automatic recovery is on.</summary>
    public required bool AutoRecovery { get; init; }

    public required bool DetailedMonitoring { get; init; }

    /// <summary>A tracked TCP connection's idle timeout set on the interfaces, in seconds; null for the type's default.</summary>
    public required int? TcpIdleTimeout { get; init; }

    public required ImmutableArray<MetricSpec> Metrics { get; init; }
}

/// <summary>Maintenance the provider announced.</summary>
/// <remarks>Services: Whose instances; empty for all of the site.</remarks>
/// <remarks>Share: The share of those instances that is hit, 0 to 1.</remarks>
/// <remarks>Stagger: How much later each further zone begins; zero when all begin together.</remarks>
/// <remarks>Deadline: Until when the start can be moved, from now; null when it cannot.</remarks>
public sealed record EventSpec(
    SiteSpec Site, string Code, ImmutableArray<ServiceSpec> Services, double Share, TimeSpan Starts, TimeSpan Spread, TimeSpan Lasts, TimeSpan Stagger, TimeSpan? Deadline);

/// <summary>A load balancer with one listener and one target group.</summary>
/// <remarks>Kind: <c>application</c>, <c>network</c> or <c>classic</c>.</remarks>
public sealed record LoadBalancerSpec(
    string Name, SiteSpec Site, string Kind, bool IsInternal, ImmutableArray<string> Zones, int Port, string Protocol, int TargetPort,
    ImmutableArray<ServiceSpec> Targets, string HealthPath, int Interval, int Healthy, int Unhealthy, int UnhealthyTargets, bool CrossZone,
    ImmutableArray<KeyValuePair<string, string>> Tags, ImmutableArray<MetricSpec> Metrics);

/// <summary>An RDS DB instance.</summary>
public sealed record DatabaseSpec(
    string Name, SiteSpec Site, string Engine, string Version, string Class, int Gib, string StorageType, bool MultiAz, string Zone, int BackupDays,
    int Port, ImmutableArray<OpeningSpec> Opens, ImmutableArray<KeyValuePair<string, string>> Tags, string? ReplicaOf, ImmutableArray<MetricSpec> Metrics);

/// <summary>An ElastiCache cluster: a Memcached cluster of nodes, or a Redis or Valkey replication group.</summary>
public sealed record CacheSpec(
    string Name, SiteSpec Site, string Engine, string Version, string NodeType, int Nodes, ImmutableArray<string> Zones, bool Failover,
    ImmutableArray<OpeningSpec> Opens, ImmutableArray<KeyValuePair<string, string>> Tags, ImmutableArray<MetricSpec> Metrics);

/// <summary>A Lambda function.</summary>
/// <remarks>InvokesItself: Its policy lets itself invoke it, and what it makes of an event comes back as its next one.</remarks>
public sealed record FunctionSpec(
    string Name, SiteSpec Site, string Runtime, int MemoryMib, int TimeoutSeconds, bool InvokesItself, string RecursiveLoop, int? Concurrency,
    string? Queue, ImmutableArray<KeyValuePair<string, string>> Tags, ImmutableArray<MetricSpec> Metrics);

/// <summary>An Athena workgroup with the queries that ran in it last night.</summary>
public sealed record WorkgroupSpec(
    string Name, SiteSpec Site, long? BytesCutoff, int Queries, long BytesPerQuery, BucketSpec? Table, string Database, string TableName, BucketSpec? Output);

/// <summary>An S3 bucket. Its region can be any, whatever the region of those that read it.</summary>
public sealed record BucketSpec(string Name, AccountSpec Account, string Region, long Bytes, long Objects);

/// <summary>A CloudWatch alarm on some of a service's instances or on a database.</summary>
/// <remarks>Action: <c>notify</c>, <c>recover</c>, <c>reboot</c> or <c>none</c>.</remarks>
public sealed record AlarmSpec(
    string Name, SiteSpec Site, string Namespace, string Metric, string Statistic, double Threshold, int Periods, ServiceSpec? Service, int Instances,
    DatabaseSpec? Database, string Action, string State);

/// <summary>A Route 53 hosted zone.</summary>
public sealed record HostedZoneSpec(string Name, AccountSpec Account, SiteSpec? PrivateTo, ImmutableArray<RecordSpec> Records);

/// <summary>One DNS record. <paramref name="Failover"/>: <c>PRIMARY</c>, <c>SECONDARY</c> or null.</summary>
public sealed record RecordSpec(string Name, string Type, int Ttl, ImmutableArray<string> Values, LoadBalancerSpec? Alias, bool HasHealthCheck, string? Failover);

/// <summary>An AWS Backup plan with its vault, and what it protects.</summary>
public sealed record BackupSpec(
    string Name, SiteSpec Site, ImmutableArray<ServiceSpec> Services, ImmutableArray<DatabaseSpec> Databases, bool RestoreTesting, int RestoreJobs);
