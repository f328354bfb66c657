using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>One machine image as the answers describe it.</summary>
internal sealed record ShelvedImage(
    string Id, string Account, string Region, string Owner, string State, DateTimeOffset? CreatedAt, DateTimeOffset? DeprecatedFrom,
    DateTimeOffset? LastLaunched, string Architecture, string Virtualization, string KernelId, string RamdiskId, bool? Ena, string BootMode,
    string SourceInstance)
{
    internal bool IsOwn => Owner.Length == 0 || Owner is "self" || Owner == Account;
}

/// <summary>The images that were read, what is wrong with each, and whether a missing one proves anything.</summary>
internal sealed class ImageShelf
{
    private readonly Dictionary<string, ShelvedImage> images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PvGrub> kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<BootFinding>> flaws = new(StringComparer.Ordinal);
    private readonly HashSet<string> fromInstances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Region), (long All, long Foreign)> counts = [];
    private ReadCalls calls = new();

    /// <summary>The machine images, in the order of the snapshot.</summary>
    internal IEnumerable<ShelvedImage> All => images.Values;

    internal static ImageShelf Load(FactContext context, ReadCalls calls)
    {
        var shelf = new ImageShelf { calls = calls };
        using (var rows = context.Refine("""
            SELECT image_id, account, region, owner_id, state, creation_date, deprecation_time, last_launched_time, architecture,
                   virtualization_type, kernel_id, ramdisk_id, ena_support, boot_mode, source_instance_id, image_type, name FROM image
            """))
        {
            while (rows.Step())
            {
                var (id, account, region) = (rows.GetString(0), rows.GetString(1), rows.GetString(2));
                if (rows.GetString(15) is "kernel" or "ramdisk")
                {
                    if (PvGrub.FromImageName(region, id, rows.GetString(16)) is { } kernel)
                    {
                        shelf.kernels[id] = kernel;
                    }

                    continue;
                }

                var image = new ShelvedImage(id, account, region, rows.GetString(3), rows.GetString(4), rows.FindTime(5), rows.FindTime(6), rows.FindTime(7),
                    rows.GetString(8), rows.GetString(9), rows.GetString(10), rows.GetString(11), rows.FindInt64(12) is { } ena ? ena == 1 : null, rows.GetString(13), rows.GetString(14));
                var (all, foreign) = shelf.counts.GetValueOrDefault((account, region));
                shelf.counts[(account, region)] = (all + 1, foreign + (image.Owner == account ? 0 : 1));

                // An image shared between accounts stands once for each; only its owner is told when it was last launched.
                if (!shelf.images.TryGetValue(id, out var other) || (!other.IsOwn && image.IsOwn))
                {
                    shelf.images[id] = image;
                }
            }
        }

        shelf.LoadDevices(context);
        return shelf;
    }

    internal ShelvedImage? Find(string id) => images.GetValueOrDefault(id);

    internal PvGrub? FindKernel(string id) => kernels.GetValueOrDefault(id);

    /// <summary>Whether images were read for that account and region at all.</summary>
    internal bool IsRead(string account, string region) => counts.ContainsKey((account, region)) || calls.Has(account, region, "DescribeImages");

    /// <summary>Whether the list holds images of other owners, so that a foreign image missing from it is really gone or withdrawn.</summary>
    internal bool HoldsForeign(string account, string region) => counts.GetValueOrDefault((account, region)) is { Foreign: > 0 };

    internal long Count(string account, string region) => counts.GetValueOrDefault((account, region)).All;

    /// <summary>Whether CreateImage made it from a running system: a copy that was never started proves nothing.</summary>
    internal bool IsCopyOfInstance(ShelvedImage image) => image.SourceInstance.Length > 0 || fromInstances.Contains(image.Id);

    /// <summary>What stands against launching the image, whatever the type.</summary>
    internal IEnumerable<BootFinding> Flaws(ShelvedImage image)
    {
        if (image.State == "disabled")
        {
            yield return new(BootVerdict.AtRisk, "image-disabled", $"image {image.Id} is disabled and cannot be launched");
        }
        else if (image.State is "deregistered" or "failed" or "invalid" or "error")
        {
            yield return new(BootVerdict.AtRisk, "image-missing", $"image {image.Id} is {image.State} and cannot be launched");
        }

        foreach (var flaw in flaws.GetValueOrDefault(image.Id) ?? [])
        {
            yield return flaw;
        }
    }

    private void LoadDevices(FactContext context)
    {
        using var rows = context.Refine("""
            SELECT d.image_id, d.snapshot_id, s.snapshot_id IS NOT NULL, coalesce(s.kms_key_id, d.kms_key_id), s.storage_tier, s.description
              FROM image_block_device d LEFT JOIN ebs_snapshot s ON s.snapshot_id = d.snapshot_id AND s.account = d.account AND s.region = d.region
             WHERE d.snapshot_id IS NOT NULL
            """);
        var snapshotsRead = new HashSet<(string, string)>(calls.Where("DescribeSnapshots"));
        using (var regions = context.Refine("SELECT DISTINCT account, region FROM ebs_snapshot"))
        {
            while (regions.Step())
            {
                snapshotsRead.Add((regions.GetString(0), regions.GetString(1)));
            }
        }

        while (rows.Step())
        {
            if (Find(rows.GetString(0)) is not { } image)
            {
                continue;
            }

            var snapshot = rows.GetString(1);
            // Snapshots of other owners are not in a list of one's own: only an own image's missing snapshot proves a loss.
            if (rows.GetInt64(2) == 0 && image.IsOwn && snapshotsRead.Contains((image.Account, image.Region)))
            {
                AddFlaw(image.Id, new(BootVerdict.AtRisk, "snapshot-missing", $"snapshot {snapshot} of image {image.Id} is not among the account's snapshots"));
            }

            if (rows.FindString(3) is { } key && KeyAccount(key) is { } owner && image.Account.Length == 12 && owner != image.Account)
            {
                AddFlaw(image.Id, new(BootVerdict.AtRisk, "key-unusable", $"snapshot {snapshot} of image {image.Id} is encrypted with a key of account {owner}: without its grant a launch ends at once"));
            }

            if (rows.GetString(4) == "archive")
            {
                AddFlaw(image.Id, new(BootVerdict.AtRisk, "snapshot-archived", $"snapshot {snapshot} of image {image.Id} is in the archive tier and must be restored before a launch"));
            }

            // CreateImage writes this text into the description of each snapshot it takes.
            if (rows.GetString(5).StartsWith("Created by CreateImage(i-", StringComparison.Ordinal))
            {
                fromInstances.Add(image.Id);
            }
        }
    }

    /// <summary>The account in a key's ARN, or null where the key is given without one.</summary>
    internal static string? KeyAccount(string key) =>
        key.StartsWith("arn:", StringComparison.Ordinal) && key.Split(':') is { Length: > 5 } parts && parts[4].Length == 12 ? parts[4] : null;

    private void AddFlaw(string image, BootFinding flaw) =>
        (flaws.TryGetValue(image, out var list) ? list : flaws[image] = []).Add(flaw);
}
