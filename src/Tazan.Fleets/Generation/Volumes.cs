namespace Tazan.Fleets;

/// <summary>Volumes, their status, and the snapshots taken of them.</summary>
internal static class Volumes
{
    /// <summary>Makes the volumes of an instance; called while it is made.</summary>
    public static void Attach(World world, Site site, Machine machine)
    {
        Add(machine.Service.Root, isRoot: true);
        foreach (var spec in machine.Service.Volumes)
        {
            Add(spec, isRoot: false);
        }

        void Add(VolumeSpec spec, bool isRoot)
        {
            var created = spec.RestoredAgo is { } ago ? world.Now - ago : machine.Launched;
            var from = isRoot && spec.RestoredAgo is null ? (machine.Image.IsMissing ? null : site.ImageSnapshotId(machine.Image)) : spec.RestoredAgo is null ? null : world.Ids.New("snap");
            var disk = new Disk(world.Ids.New("vol"), spec, machine, created, from, isRoot);
            // No snapshot is older than its volume.
            disk.Snapshots.AddRange(spec.SnapshotAges.Where(age => world.Now - age > created).Select(_ => world.Ids.New("snap")));
            machine.Disks.Add(disk);
        }
    }

    public static void Save(World world, Site site)
    {
        var disks = site.Machines.SelectMany(static m => m.Disks).ToArray();
        var key = site.Arn("kms", "key/" + world.Ids.Uuid("kms"));
        site.Save("ec2-describe-volumes", "Volumes", [.. disks.Select(d => Describe(site, d, key))]);
        site.Save("ec2-describe-volume-status", "VolumeStatuses", [.. disks.Select(d => Status(world, site, d))]);
        site.Save("ec2-describe-snapshots", "Snapshots", [.. Images.Snapshots(world, site, key), .. disks.SelectMany(d => Snapshots(world, site, d, key))]);
        site.Save("ec2-describe-fast-snapshot-restores", "FastSnapshotRestores", []);
        site.Save("ec2-describe-volumes-modifications", "VolumesModifications", []);
        site.Save("ec2-list-snapshots-in-recycle-bin", "Snapshots", []);
    }

    public static Json Snapshot(Site site, string id, string volume, int gib, double share, DateTimeOffset started, string description, bool encrypted, string key, Json[] tags) => new()
    {
        { "StorageTier", "standard" },
        { "TransferType", "standard" },
        { "CompletionTime", started + TimeSpan.FromMinutes(3 + gib / 20) },
        { "FullSnapshotSizeInBytes", (long)(gib * share * (1L << 30)) },
        { "SnapshotId", id },
        { "VolumeId", volume },
        { "State", "completed" },
        { "StartTime", started },
        { "Progress", "100%" },
        { "OwnerId", site.Account },
        { "Description", description },
        { "VolumeSize", gib },
        { "Encrypted", encrypted },
        { "KmsKeyId", encrypted ? key : null },
        { "Tags", tags },
    };

    private static IEnumerable<Json> Snapshots(World world, Site site, Disk disk, string key)
    {
        var ages = disk.Spec.SnapshotAges.Where(age => world.Now - age > disk.Created).ToArray();
        for (var i = 0; i < disk.Snapshots.Count; i++)
        {
            // Two thirds of a volume in use: assumed.
            yield return Snapshot(site, disk.Snapshots[i], disk.Id, disk.Spec.Gib, 0.66, world.Now - ages[i], $"Daily snapshot of {disk.Machine.Name} {disk.Spec.Device}", disk.Spec.Encrypted, key, World.Tags(disk.Machine.Name));
        }

        if (disk.FromSnapshot is { } from && disk.Spec.RestoredAgo is { } ago)
        {
            // Of a volume that is gone: that is why it was restored.
            yield return Snapshot(site, from, world.Ids.New("vol"), disk.Spec.Gib, 0.66, world.Now - ago - TimeSpan.FromHours(20), $"Snapshot of {disk.Machine.Name} {disk.Spec.Device} before the restore", disk.Spec.Encrypted, key, World.Tags(disk.Machine.Name));
        }
    }

    private static Json Describe(Site site, Disk disk, string key)
    {
        var spec = disk.Spec;
        return new Json
        {
            { "AvailabilityZoneId", Network.ZoneId(site, disk.Machine.Zone) },
            { "Iops", Iops(spec) },
            { "Tags", World.Tags(disk.Machine.Service.Tags.Where(static t => t.Key is not ("Name" or "Service")).Prepend(new("Service", disk.Machine.Service.Name)).Prepend(new("Name", disk.Machine.Name))) },
            { "VolumeType", spec.Type },
            { "FastRestored", disk.FromSnapshot is null ? null : false },
            { "MultiAttachEnabled", false },
            { "Throughput", spec.Type == "gp3" ? spec.Throughput ?? 125 : null },
            { "Operator", new Json { { "Managed", false } } },
            { "VolumeId", disk.Id },
            { "Size", spec.Gib },
            { "SnapshotId", disk.FromSnapshot ?? "" },
            { "AvailabilityZone", disk.Machine.Zone },
            { "State", "in-use" },
            { "CreateTime", disk.Created },
            {
                "Attachments", new[]
                {
                    new Json
                    {
                        { "DeleteOnTermination", disk.IsRoot }, { "VolumeId", disk.Id }, { "InstanceId", disk.Machine.Id }, { "Device", spec.Device }, { "State", "attached" }, { "AttachTime", disk.Created },
                    },
                }
            },
            { "Encrypted", spec.Encrypted },
            { "KmsKeyId", spec.Encrypted ? key : null },
        };
    }

    // gp2: 3 per GiB within 100 to 16,000; gp3: 3,000 unless provisioned (EBS User Guide, General Purpose SSD).
    private static int? Iops(VolumeSpec spec) => spec.Type switch
    {
        "gp2" => (int)Math.Clamp(3L * spec.Gib, 100, 16_000),
        "gp3" => spec.Iops ?? 3000,
        "io1" or "io2" => spec.Iops ?? 100,
        _ => null,
    };

    private static Json Status(World world, Site site, Disk disk)
    {
        // A restored volume is read in at a rate AWS does not publish: one day for all of it is assumed here.
        var progress = disk.Spec.RestoredAgo is { } ago ? Math.Min(100, ago.TotalHours / 24 * 100) : 100;
        var initializing = disk.FromSnapshot is not null && progress < 100;
        return new Json
        {
            { "Actions", Json.None },
            { "AvailabilityZone", disk.Machine.Zone },
            { "Events", Json.None },
            { "VolumeId", disk.Id },
            {
                "VolumeStatus", new Json
                {
                    {
                        "Details", new[]
                        {
                            new Json { { "Name", "io-enabled" }, { "Status", "passed" } },
                            new Json { { "Name", "io-performance" }, { "Status", disk.Spec.Type is "io1" or "io2" or "gp3" ? (initializing ? "degraded" : "normal") : "not-applicable" } },
                            new Json { { "Name", "initialization-state" }, { "Status", initializing ? "initializing" : "completed" } },
                        }
                    },
                    { "Status", initializing ? "warning" : "ok" },
                }
            },
            { "AttachmentStatuses", new[] { new Json { { "IoPerformance", initializing ? "degraded" : "normal" }, { "InstanceId", disk.Machine.Id } } } },
            { "InitializationStatusDetails", disk.FromSnapshot is null ? null : new Json { { "InitializationType", "default" }, { "Progress", (int)Math.Floor(progress) } } },
            { "AvailabilityZoneId", Network.ZoneId(site, disk.Machine.Zone) },
        };
    }
}
