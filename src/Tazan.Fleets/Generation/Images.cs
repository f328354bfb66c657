using System.Globalization;

namespace Tazan.Fleets;

/// <summary>The account's images and the kernels that paravirtual ones boot by.</summary>
internal static class Images
{
    // The account that owned Amazon's own images when PV-GRUB was published: assumed, nothing is decided by it.
    private const string KernelOwner = "206029621532";

    public static void Save(World world, Site site)
    {
        var used = Used(world, site).ToArray();
        var images = used.Where(static i => !i.IsMissing).Select(i => Describe(world, site, i)).ToList();
        images.AddRange(Daily(world, site).Select(d => DescribeDaily(world, site, d)));
        images.AddRange(used.Where(static i => i.KernelId is not null).DistinctBy(static i => i.KernelId).Select(i => new Json
        {
            { "Architecture", i.Architecture }, { "CreationDate", "2012-04-04T00:00:00.000Z" }, { "ImageId", i.KernelId },
            { "ImageLocation", $"ec2-public-images-{site.Region}/{i.KernelName ?? i.KernelId}.manifest.xml" }, { "ImageType", "kernel" }, { "Public", true }, { "OwnerId", KernelOwner },
            { "PlatformDetails", "Linux/UNIX" }, { "UsageOperation", "RunInstances" }, { "State", "available" }, { "BlockDeviceMappings", Json.None }, { "Hypervisor", "xen" }, { "ImageOwnerAlias", "amazon" },
            { "Name", i.KernelName ?? i.KernelId }, { "RootDeviceType", "instance-store" }, { "VirtualizationType", "paravirtual" },
        }));
        site.Save("ec2-describe-images", "Images", images);
        site.Save("ec2-list-images-in-recycle-bin", "Images", []);
    }

    /// <summary>The snapshots under the images.</summary>
    public static IEnumerable<Json> Snapshots(World world, Site site, string key)
    {
        foreach (var image in Used(world, site).Where(static i => !i.IsMissing))
        {
            yield return Volumes.Snapshot(site, site.ImageSnapshotId(image), "vol-ffffffff", image.RootGib, 0.4, world.Now - image.Age,
                $"Copied for DestinationAmi {site.ImageId(image)} from the image pipeline", false, key, World.Tags(image.Name));
        }

        foreach (var daily in Daily(world, site))
        {
            foreach (var (disk, snapshot) in daily.Disks)
            {
                yield return Volumes.Snapshot(site, snapshot, disk.Id, disk.Spec.Gib, 0.66, daily.At, $"Created by CreateImage({daily.Machine.Id}) for {daily.ImageId}", disk.Spec.Encrypted, key, World.Tags(daily.Name));
            }
        }
    }

    private sealed record DailyImage(string ImageId, string Name, Machine Machine, DateTimeOffset At, (Disk Disk, string Snapshot)[] Disks);

    private static IEnumerable<ImageSpec> Used(World world, Site site) =>
        world.Spec.Services.Where(s => s.Site == site.Spec).SelectMany(static s => s.Scaling?.LaunchImage is { } i ? s.Images.Add(i) : s.Images).DistinctBy(static i => i.Name);

    // Made anew for each caller, from ids that depend on the machine and the night alone.
    private static IEnumerable<DailyImage> Daily(World world, Site site)
    {
        foreach (var machine in site.Machines.Where(static m => m.Service.DailyImages > 0))
        {
            var random = new RandomStream(ulong.Parse(machine.Id.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).For("daily images");
            var midnight = new DateTimeOffset(world.Now.UtcTicks - world.Now.UtcTicks % TimeSpan.TicksPerDay, TimeSpan.Zero);
            for (var night = 0; night < machine.Service.DailyImages; night++)
            {
                var at = midnight - TimeSpan.FromDays(night + 1) + TimeSpan.FromHours(18);
                yield return new(Hex("ami", random), $"{machine.Name}-{at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", machine, at, [.. machine.Disks.Select(d => (d, Hex("snap", random)))]);
            }
        }
    }

    private static string Hex(string prefix, RandomStream random) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-0{random.NextUInt64():x16}");

    private static Json Describe(World world, Site site, ImageSpec image)
    {
        var device = image.IsParavirtual ? "/dev/sda1" : "/dev/xvda";
        return new Json
        {
            { "Architecture", image.Architecture },
            { "CreationDate", Stamp(world.Now - image.Age) },
            { "ImageId", site.ImageId(image) },
            { "ImageLocation", $"{site.Account}/{image.Name}" },
            { "ImageType", "machine" },
            { "Public", false },
            { "KernelId", image.KernelId },
            { "OwnerId", site.Account },
            { "PlatformDetails", "Linux/UNIX" },
            { "UsageOperation", "RunInstances" },
            { "State", "available" },
            {
                "BlockDeviceMappings", new[]
                {
                    new Json
                    {
                        { "DeviceName", device },
                        { "Ebs", new Json { { "DeleteOnTermination", true }, { "SnapshotId", site.ImageSnapshotId(image) }, { "VolumeSize", image.RootGib }, { "VolumeType", image.IsParavirtual ? "gp2" : "gp3" }, { "Encrypted", false } } },
                    },
                }
            },
            { "Description", image.Description },
            { "EnaSupport", image.Ena ? true : null },
            { "Hypervisor", "xen" },
            { "Name", image.Name },
            { "RootDeviceName", device },
            { "RootDeviceType", "ebs" },
            { "SriovNetSupport", image.Ena ? "simple" : null },
            { "Tags", World.Tags(image.Name) },
            { "VirtualizationType", image.IsParavirtual ? "paravirtual" : "hvm" },
            { "BootMode", image.IsParavirtual ? null : image.BootMode },
            { "ImdsSupport", image.IsParavirtual ? null : "v2.0" },
        };
    }

    private static Json DescribeDaily(World world, Site site, DailyImage daily) => new()
    {
        { "Architecture", daily.Machine.Image.Architecture },
        { "CreationDate", Stamp(daily.At) },
        { "ImageId", daily.ImageId },
        { "ImageLocation", $"{site.Account}/{daily.Name}" },
        { "ImageType", "machine" },
        { "Public", false },
        { "KernelId", daily.Machine.Image.KernelId },
        { "OwnerId", site.Account },
        { "PlatformDetails", "Linux/UNIX" },
        { "UsageOperation", "RunInstances" },
        { "State", "available" },
        {
            "BlockDeviceMappings", daily.Disks.Select(static d => new Json
            {
                { "DeviceName", d.Disk.Spec.Device },
                { "Ebs", new Json { { "DeleteOnTermination", d.Disk.IsRoot }, { "SnapshotId", d.Snapshot }, { "VolumeSize", d.Disk.Spec.Gib }, { "VolumeType", d.Disk.Spec.Type }, { "Encrypted", d.Disk.Spec.Encrypted } } },
            }).ToArray()
        },
        { "Description", $"Nightly image of {daily.Machine.Name}" },
        { "EnaSupport", daily.Machine.Image.Ena ? true : null },
        { "Hypervisor", "xen" },
        { "Name", daily.Name },
        { "RootDeviceName", daily.Machine.Service.Root.Device },
        { "RootDeviceType", "ebs" },
        { "Tags", World.Tags(daily.Machine.Service.Tags.Where(static t => t.Key is not ("Name" or "Service")).Prepend(new("Service", daily.Machine.Service.Name)).Prepend(new("Name", daily.Name))) },
        { "VirtualizationType", daily.Machine.Image.IsParavirtual ? "paravirtual" : "hvm" },
        { "BootMode", daily.Machine.Image.IsParavirtual ? null : daily.Machine.Image.BootMode },
        { "SourceInstanceId", daily.Machine.Id },
        { "LastLaunchedTime", null },
    };

    // Images carry their date as text of their own form.
    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
