using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Restore;

/// <summary>One copy of a volume.</summary>
/// <param name="Id">A snapshot's or image's id, or a recovery point's ARN.</param>
/// <param name="At">The moment it shows; null where not told.</param>
/// <param name="Data">GiB of data it holds; null where not told.</param>
/// <param name="Rate">The initialization rate that an image's device asks for; null without one.</param>
internal sealed record Copy(string Id, DateTimeOffset? At, double? Data = null, long? Rate = null);

/// <summary>Something that shows a restore to have worked.</summary>
internal sealed record Proof(string By, DateTimeOffset? At);

/// <summary>All copies, by the volume they are of, and what proves them.</summary>
internal sealed class CopyCatalogue
{
    private readonly Dictionary<string, Copy> snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Copy> images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Copy> imagesOfInstances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Copy> points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Proof> proofs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> volumeOfSnapshot = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Copy Image, HashSet<string> Volumes, string Instance)> lineages = new(StringComparer.Ordinal);

    internal static CopyCatalogue Load(FactContext context)
    {
        var catalogue = new CopyCatalogue();
        catalogue.LoadSnapshots(context);
        catalogue.LoadImages(context);
        catalogue.LoadPoints(context);
        catalogue.LoadProofs(context);
        return catalogue;
    }

    internal Copy? FindSnapshot(string volume) => snapshots.GetValueOrDefault(volume);

    /// <summary>The newest image that holds a snapshot of the volume, or was made from the instance without telling its devices.</summary>
    internal Copy? FindImage(string volume, string instance) => Newer(images.GetValueOrDefault(volume), imagesOfInstances.GetValueOrDefault(instance));

    internal Copy? FindPoint(string volume, string instance) => Newer(points.GetValueOrDefault(volume), points.GetValueOrDefault(instance));

    /// <summary>The newest proof for a copy of the volume, or of the whole instance.</summary>
    internal Proof? FindProof(string volume, string instance)
    {
        var (own, whole) = (proofs.GetValueOrDefault(volume), proofs.GetValueOrDefault(instance));
        return own is null || (whole is not null && whole.At > own.At) ? whole : own;
    }

    /// <summary>The volume or instance id at the end of an ARN, or the text itself.</summary>
    private static string IdOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    private static Copy? Newer(Copy? one, Copy? other) => one is null || (other is not null && (one.At is null || other.At > one.At)) ? other : one;

    private static void Keep(Dictionary<string, Copy> newest, string of, Copy copy) => newest[of] = Newer(newest.GetValueOrDefault(of), copy)!;

    private void Prove(string what, Proof proof)
    {
        if (!proofs.TryGetValue(what, out var known) || known.At is null || proof.At > known.At)
        {
            proofs[what] = proof;
        }
    }

    private void LoadSnapshots(FactContext context)
    {
        using var rows = context.Query("SELECT snapshot_id, volume_id, start_time, state, full_snapshot_size FROM ebs_snapshot ORDER BY start_time, snapshot_id");
        while (rows.Step())
        {
            // Snapshots copied from elsewhere name a volume that exists nowhere: vol-ffffffff.
            var (id, volume) = (rows.GetString(0), rows.GetString(1));
            if (volume is "" or "vol-ffffffff")
            {
                continue;
            }

            volumeOfSnapshot[id] = volume;
            if (rows.FindString(3) is null or "completed")
            {
                Keep(snapshots, volume, new Copy(id, rows.FindTime(2), rows.FindInt64(4) is > 0 and { } bytes ? bytes / (double)(1L << 30) : null));
            }
        }
    }

    private void LoadImages(FactContext context)
    {
        using var rows = context.Query("""
            SELECT i.image_id, i.creation_date, i.source_instance_id, d.snapshot_id, d.volume_initialization_rate
              FROM image i LEFT JOIN image_block_device d ON d.image_id = i.image_id AND d.account = i.account AND d.region = i.region
             WHERE i.state IS NULL OR i.state = 'available'
             ORDER BY i.creation_date, i.image_id
            """);
        while (rows.Step())
        {
            var (id, instance, snapshot) = (rows.GetString(0), rows.GetString(2), rows.GetString(3));
            if (!lineages.TryGetValue(id, out var lineage))
            {
                lineages[id] = lineage = (new Copy(id, rows.FindTime(1)), new HashSet<string>(StringComparer.Ordinal), instance);
            }

            if (volumeOfSnapshot.TryGetValue(snapshot, out var volume))
            {
                lineage.Volumes.Add(volume);
                Keep(images, volume, lineage.Image with { Rate = rows.FindInt64(4) });
            }
            else if (instance.Length > 0 && snapshot.Length == 0)
            {
                Keep(imagesOfInstances, instance, lineage.Image);
            }
        }
    }

    private void LoadPoints(FactContext context)
    {
        using var rows = context.Refine("SELECT recovery_point_arn, resource_arn, creation_date, status FROM recovery_point ORDER BY creation_date, recovery_point_arn");
        while (rows.Step())
        {
            if (rows.FindString(3) is null or "COMPLETED")
            {
                Keep(points, IdOf(rows.GetString(1)), new Copy(rows.GetString(0), rows.FindTime(2)));
            }
        }
    }

    private void LoadProofs(FactContext context)
    {
        using (var jobs = context.Refine("""
            SELECT j.restore_job_id, coalesce(j.source_resource_arn, p.resource_arn), coalesce(j.completion_date, j.creation_date)
              FROM restore_job j LEFT JOIN recovery_point p ON p.recovery_point_arn = j.recovery_point_arn AND p.account = j.account
             WHERE j.status = 'COMPLETED' AND j.validation_status IS NOT 'FAILED' ORDER BY 3, 1
            """))
        {
            while (jobs.Step())
            {
                if (jobs.FindString(1) is { } resource)
                {
                    Prove(IdOf(resource), new Proof("restore job " + jobs.GetString(0), jobs.FindTime(2)));
                }
            }
        }

        // A volume made from one's snapshot and in use by a running instance has been read at least enough to work.
        // CROSS JOIN starts from the volumes: without any, no instance is looked at.
        using (var volumes = context.Query("""
            SELECT v.volume_id, v.snapshot_id, a.instance_id, a.attach_time FROM volume v
              CROSS JOIN volume_attachment a ON a.volume_id = v.volume_id AND a.account = v.account AND a.region = v.region
              CROSS JOIN instance i ON i.instance_id = a.instance_id AND i.account = v.account AND i.region = v.region
             WHERE v.snapshot_id <> '' AND i.state = 'running' ORDER BY a.attach_time, v.volume_id
            """))
        {
            while (volumes.Step())
            {
                if (volumeOfSnapshot.TryGetValue(volumes.GetString(1), out var source) && source != volumes.GetString(0))
                {
                    Prove(source, new Proof($"volume {volumes.GetString(0)} of {volumes.GetString(1)}, in use by {volumes.GetString(2)}", volumes.FindTime(3)));
                }
            }
        }

        if (lineages.Count == 0)
        {
            return;
        }

        using var instances = context.Query("""
            SELECT i.image_id, min(i.instance_id), max(i.launch_time) FROM instance i
             WHERE i.state = 'running' AND i.image_id IN (SELECT image_id FROM image) GROUP BY i.image_id ORDER BY 3, 1
            """);
        while (instances.Step())
        {
            if (!lineages.TryGetValue(instances.GetString(0), out var lineage) || instances.FindTime(2) < lineage.Image.At)
            {
                continue;
            }

            var proof = new Proof($"instance {instances.GetString(1)}, started from image {lineage.Image.Id}", instances.FindTime(2));
            foreach (var volume in lineage.Volumes)
            {
                Prove(volume, proof);
            }

            if (lineage.Volumes.Count == 0 && lineage.Instance.Length > 0)
            {
                Prove(lineage.Instance, proof);
            }
        }
    }
}
