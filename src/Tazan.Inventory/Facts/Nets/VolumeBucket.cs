namespace Tazan.Inventory.Facts.Nets;

/// <summary>The I/O bucket of a volume type that may burst above its baseline.</summary>
/// <remarks>Sources: EBS User Guide, "General Purpose SSD volumes" (gp2) and "Throughput Optimized HDD and Cold HDD volumes" (st1, sc1).</remarks>
/// <param name="Baseline">IOPS for gp2, MiB/s for st1 and sc1; for ever.</param>
/// <param name="Burst">As the baseline, while the bucket lasts.</param>
/// <param name="Size">I/O credits for gp2, MiB for st1 and sc1: what a full bucket holds.</param>
internal readonly record struct VolumeBucket(double Baseline, double Burst, double Size)
{
    private const double Gp2Credits = 5_400_000;
    private const double Gp2Burst = 3_000;

    /// <summary>Seconds from a full bucket to an empty one at the burst rate.</summary>
    internal double SecondsToEmpty => Size / (Burst - Baseline);

    /// <summary>The bucket of a volume; null where the type has none, or the volume is so large that its baseline reaches the burst.</summary>
    /// <param name="type">The volume's type.</param>
    /// <param name="size">GiB.</param>
    internal static VolumeBucket? Find(string type, long size)
    {
        var tebibytes = size / 1_024.0;

        // A throughput bucket holds one TiB of credits for each TiB of the volume.
        VolumeBucket? bucket = type switch
        {
            "gp2" => new VolumeBucket(Math.Clamp(3.0 * size, 100, 16_000), Gp2Burst, Gp2Credits),
            "st1" => new VolumeBucket(40 * tebibytes, Math.Min(500, 250 * tebibytes), tebibytes * 1_048_576),
            "sc1" => new VolumeBucket(12 * tebibytes, Math.Min(250, 80 * tebibytes), tebibytes * 1_048_576),
            _ => null,
        };
        return bucket is { } found && found.Burst > found.Baseline ? found : null;
    }
}
