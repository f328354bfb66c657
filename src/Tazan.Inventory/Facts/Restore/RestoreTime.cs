namespace Tazan.Inventory.Facts.Restore;

/// <summary>How long a volume made from a snapshot stays slow: its blocks come from S3 at their first read.</summary>
/// <remarks>Sources: EBS User Guide, "Initialize Amazon EBS volumes", "Fast snapshot restore", "General Purpose SSD volumes".</remarks>
internal static class RestoreTime
{
    /// <summary>MiB/s of first reads by a single stream, the pessimistic bound: about 5 measured with gp3 in 2026, 2 to 3 with gp2 in 2016.</summary>
    internal const double SlowestRate = 5;

    /// <summary>A provisioned rate is kept within 10 per cent in 99 per cent of the time.</summary>
    private const double ProvisionedShortfall = 0.9;

    /// <summary>Hours until every block has been read once, at best and at worst.</summary>
    /// <param name="data">GiB to fetch: what the snapshot holds, or the volume's size where that is not told.</param>
    /// <param name="volumeRate">MiB/s the volume can do.</param>
    /// <param name="instanceRate">MiB/s the instance can do to EBS; null where unknown.</param>
    /// <param name="provisionedRate">MiB/s paid for; overrides fast restore. Null without one.</param>
    /// <param name="isFast">Whether fast snapshot restore is enabled for the snapshot in the zone.</param>
    internal static (double Best, double Worst) Hours(double data, double volumeRate, double? instanceRate, long? provisionedRate, bool isFast)
    {
        var mebibytes = data * 1_024;
        if (provisionedRate is > 0 and { } rate)
        {
            return (mebibytes / rate / 3_600, mebibytes / (rate * ProvisionedShortfall) / 3_600);
        }

        if (isFast)
        {
            return (0, 0);
        }

        var best = Math.Min(volumeRate, instanceRate ?? double.PositiveInfinity);
        return (mebibytes / best / 3_600, mebibytes / Math.Min(best, SlowestRate) / 3_600);
    }

    /// <summary>MiB/s of sequential reads that a volume can do at most.</summary>
    /// <param name="type">gp2, gp3, io1, io2, st1, sc1 or standard.</param>
    /// <param name="size">GiB.</param>
    /// <param name="iops">Provisioned; null where none are.</param>
    /// <param name="throughput">MiB/s provisioned; null where none is.</param>
    internal static double VolumeRate(string type, long size, long? iops, long? throughput) => type switch
    {
        "gp3" => throughput ?? 125,
        "gp2" => size <= 170 ? 128 : 250,
        // 0.25 MiB/s for each IOPS, the ratio documented for gp3; assumed to hold for io1 and io2 up to 1,000 MiB/s.
        "io1" or "io2" => Math.Clamp((iops ?? 100) * 0.25, 1, 1_000),
        "st1" => Math.Min(500, 250 * size / 1_024.0),
        "sc1" => Math.Min(250, 80 * size / 1_024.0),
        // Assumed: the previous generation's documented range is 40 to 90 MiB/s.
        _ => 40,
    };

    /// <summary>MiB/s of an instance's megabits a second to EBS.</summary>
    internal static double? InstanceRate(int? megabits) => megabits * 1_000_000.0 / 8 / 1_048_576;
}
