using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Metrics;
using Tazan.Inventory.Facts.Restore;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>Volumes that live on a bucket of I/O credits, and how full it was seen.</summary>
public sealed class BurstFact : IFact
{
    /// <summary>Below this share, in per cent, the bucket counts as having been empty: a five-minute minimum rarely hits zero exactly (assumed).</summary>
    private const double Empty = 5;

    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["burst"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var attachments = Attachments.Load(context);
        var measured = MeasuredSeries.Load(context, "AWS/EBS", "BurstBalance", "VolumeReadOps", "VolumeWriteOps", "VolumeReadBytes", "VolumeWriteBytes");
        using var rows = context.Query("SELECT account, region, volume_id, volume_type, size FROM volume WHERE volume_type IN ('gp2', 'st1', 'sc1')");
        using var writer = context.Write("burst");
        while (rows.Step())
        {
            var (id, type, size) = (rows.GetString(2), rows.GetString(3), rows.GetInt64(4));
            if (VolumeBucket.Find(type, size) is not { } bucket)
            {
                continue;
            }

            var attachment = attachments.Find(id);
            var newest = measured.Find("BurstBalance", id, "Average", "Minimum", "Maximum");
            var least = measured.Find("BurstBalance", id, "Minimum", "Average", "Maximum")?.Minimum;
            var average = type == "gp2" ? Rate(measured, id, "VolumeReadOps", "VolumeWriteOps") : Rate(measured, id, "VolumeReadBytes", "VolumeWriteBytes") / 1_048_576;
            var unit = type == "gp2" ? "IOPS" : "MiB/s";
            writer.Row(rows.GetString(0), rows.GetString(1)).Add(id).Add(attachment?.InstanceId ?? "").Add(attachment?.Service ?? "").Add(type).Add(size)
                .Add((double?)bucket.Baseline).Add((double?)bucket.Burst).Add(newest?.Last).Add(least).Add(average).Add((double?)bucket.SecondsToEmpty).Add(least < Empty ? true : least is null ? null : false)
                .Add(string.Create(CultureInfo.InvariantCulture, $"{type} of {size} GiB: {bucket.Baseline:0.#} {unit} for ever, {bucket.Burst:0.#} for {bucket.SecondsToEmpty:0} s from a full bucket")
                    + (average is { } load ? string.Create(CultureInfo.InvariantCulture, $"; averages {load:0.#} {unit}{(load > bucket.Baseline ? ", above the baseline" : "")}") : "; load not measured")
                    + (least is { } low ? string.Create(CultureInfo.InvariantCulture, $"; balance fell to {low:0.#} %.") : "; balance not measured.")).End();
        }
    }

    // CloudWatch keeps reads and writes apart, each as a sum over its period.
    private static double? Rate(MeasuredSeries measured, string id, string reads, string writes)
    {
        var (read, write) = (measured.Find(reads, id, "Sum")?.PerSecond, measured.Find(writes, id, "Sum")?.PerSecond);
        return read is null && write is null ? null : (read ?? 0) + (write ?? 0);
    }
}
