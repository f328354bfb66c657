using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Boot;
using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Restore;

/// <summary>How each attached volume would come back: from which copy, how old, whether that was ever proven, and how slowly.</summary>
public sealed class RestorabilityFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["restorability"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var catalogue = CopyCatalogue.Load(context);
        var types = TypeBook.Load(context);
        var attachments = Attachments.Load(context);
        var fast = LoadFast(context);
        var statuses = LoadStatuses(context);
        using var volumes = context.Query("""
            SELECT account, region, volume_id, availability_zone, size, volume_type, iops, throughput, volume_initialization_rate,
                   snapshot_id, fast_restored, create_time FROM volume
            """);
        using var writer = context.Write("restorability");
        while (volumes.Step())
        {
            var id = volumes.GetString(2);
            if (attachments.Find(id) is not { } attachment)
            {
                continue;
            }

            var region = volumes.GetString(1);
            var (snapshot, image, point) = (catalogue.FindSnapshot(id), catalogue.FindImage(id, attachment.InstanceId), catalogue.FindPoint(id, attachment.InstanceId));
            var newest = new[] { snapshot, image, point }.Max(static copy => copy?.At);
            var hasCopy = snapshot is not null || image is not null || point is not null;
            var age = newest is { } at ? (context.Now - at).TotalHours : (double?)null;
            var proof = catalogue.FindProof(id, attachment.InstanceId);
            var isFast = snapshot is not null && fast.Contains((snapshot.Id, volumes.GetString(3)));
            var rate = volumes.FindInt64(8) ?? image?.Rate;
            var size = volumes.GetInt64(4);
            var (best, worst) = RestoreTime.Hours(snapshot?.Data ?? size,
                RestoreTime.VolumeRate(volumes.GetString(5), size, volumes.FindInt64(6), volumes.FindInt64(7)),
                RestoreTime.InstanceRate(types.Find(region, attachment.InstanceType)?.EbsBaselineMbps), rate, isFast);
            var initializing = statuses.TryGetValue(id, out var told) ? told : null;
            initializing ??= Initialization.FromAge(volumes.GetString(9), volumes.GetInt64(10) == 1, volumes.FindTime(11), context.Now);
            writer.Row(volumes.GetString(0), region).Add(id).Add(attachment.InstanceId).Add(attachment.Service).Add(size).Add(attachment.IsRoot)
                .Add(snapshot?.Id ?? "").Add(snapshot?.At).Add(image?.Id ?? "").Add(image?.At).Add(point?.Id ?? "")
                .Add(age).Add(proof is not null).Add(proof?.At).Add(proof?.By ?? "").Add(isFast).Add(rate)
                .Add(hasCopy ? best : null).Add(hasCopy ? worst : null).Add(initializing)
                .Add(Reason(hasCopy, snapshot, image, point, age, proof, isFast, rate, size, best, worst)).End();
        }
    }

    private static string Reason(bool hasCopy, Copy? snapshot, Copy? image, Copy? point, double? age, Proof? proof, bool isFast, long? rate, long size, double best, double worst)
    {
        if (!hasCopy)
        {
            return "No completed snapshot, image or recovery point of it was found.";
        }

        var copies = string.Join(", ", new[] { snapshot is null ? "" : "snapshot " + snapshot.Id, image is null ? "" : "image " + image.Id, point is null ? "" : "recovery point " + point.Id }.Where(static t => t.Length > 0));
        var data = snapshot?.Data is { } held ? Text($"{held:0.#} GiB of data (full snapshot size)") : Text($"{size} GiB (the volume's size)");
        var speed = rate is > 0 ? Text($"{best:0.0} to {worst:0.0} h to full speed at the provisioned {rate} MiB/s")
            : isFast ? "fast snapshot restore is on in its zone: full speed at once, as long as it has a credit"
            : Text($"{best:0.0} h to full speed at the volume's and instance's best rate, {worst:0.0} h at {RestoreTime.SlowestRate} MiB/s of first reads");
        return $"{copies}{(age is { } hours ? Text($", {hours:0.#} h old") : "")}; {(proof is null ? "no restore of it was ever seen" : "proven by " + proof.By)}; {data}: {speed}.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static HashSet<(string Snapshot, string Zone)> LoadFast(FactContext context)
    {
        var fast = new HashSet<(string, string)>();
        using var rows = context.Refine("SELECT snapshot_id, availability_zone FROM fast_snapshot_restore WHERE state = 'enabled'");
        while (rows.Step())
        {
            fast.Add((rows.GetString(0), rows.GetString(1)));
        }

        return fast;
    }

    private static Dictionary<string, bool?> LoadStatuses(FactContext context)
    {
        var statuses = new Dictionary<string, bool?>(StringComparer.Ordinal);
        using var rows = context.Refine("SELECT volume_id, details, initialization_progress FROM volume_status");
        while (rows.Step())
        {
            statuses[rows.GetString(0)] = Initialization.FromStatus(rows.GetUtf8(1), rows.FindInt64(2));
        }

        return statuses;
    }
}
