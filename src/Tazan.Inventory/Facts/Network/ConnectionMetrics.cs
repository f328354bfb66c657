namespace Tazan.Inventory.Facts.Network;

/// <summary>What CloudWatch saw of connections and packets, by instance.</summary>
internal sealed class ConnectionMetrics
{
    // "Flat" is a 99th percentile within five per cent of the 90th over at least twelve periods, with CPU below 80 per
    // cent: a proposal, not a documented threshold. A line that is flat because nothing happens is told apart by its
    // rate: 100 packets a second is assumed to be idle chatter (the least measured ceiling is 8,867 a second).
    private const double FlatRatio = 1.05;
    private const int FlatPoints = 12;
    private const double CalmCpu = 80;
    private const double IdlePacketsPerSecond = 100;

    private readonly Utf8Index ids = new();
    private readonly List<Seen> seen = [];

    internal static ConnectionMetrics Read(FactContext context)
    {
        var metrics = new ConnectionMetrics();
        using var query = context.Refine("""
            select resource_id, metric_name, minimum, maximum, p90, p99, points, period, statistic, total
              from metric
             where metric_name in ('ethtool_conntrack_allowance_available', 'ethtool_conntrack_allowance_exceeded',
                                   'conntrack_allowance_available', 'conntrack_allowance_exceeded', 'NetworkPacketsIn', 'CPUUtilization')
             order by rowid
            """);
        while (query.Step())
        {
            var number = metrics.ids.Add(query.GetUtf8(0), out var isNew);
            if (isNew)
            {
                metrics.seen.Add(new Seen());
            }

            var its = metrics.seen[number];
            switch (query.GetString(1))
            {
                case "ethtool_conntrack_allowance_available" or "conntrack_allowance_available":
                    its.AvailableMinimum = Least(its.AvailableMinimum, query.FindDouble(2));
                    its.AvailableMaximum = Most(its.AvailableMaximum, query.FindDouble(3));
                    break;

                // The counter is cumulative, so drops are its growth; a Sum series has the growth of each period.
                case "ethtool_conntrack_allowance_exceeded" or "conntrack_allowance_exceeded":
                    its.Exceeded = Most(its.Exceeded, query.GetString(8) == "Sum" ? query.FindDouble(9) : query.FindDouble(3) - query.FindDouble(2));
                    break;

                case "NetworkPacketsIn" when query.FindDouble(4) is { } p90 && query.FindDouble(5) is { } p99:
                    var busy = p90 / Math.Max(1, query.FindInt64(7) ?? 300) > IdlePacketsPerSecond;
                    its.PacketsAreFlat = its.PacketsAreFlat == true || (query.GetInt64(6) >= FlatPoints && busy && p99 < p90 * FlatRatio);
                    break;

                case "CPUUtilization" when query.FindDouble(5) is { } cpu:
                    its.CpuP99 = Math.Max(its.CpuP99 ?? 0, cpu);
                    break;
            }
        }

        // An instance of which only the CPU was measured has nothing to say here.
        for (var i = 0; i < metrics.seen.Count; i++)
        {
            metrics.seen[i].IsFlat = metrics.seen[i] is { PacketsAreFlat: { } flat, CpuP99: { } cpu } ? flat && cpu < CalmCpu : null;
        }

        return metrics;
    }

    /// <summary>Those of which something was seen.</summary>
    internal IEnumerable<string> Instances => Enumerable.Range(0, ids.Count).Where(number => seen[number].SaysSomething).Select(ids.Text);

    /// <summary>What was seen of that instance; null where nothing was.</summary>
    internal Seen? Find(ReadOnlySpan<byte> instance) => ids.Find(instance) is >= 0 and var number && seen[number].SaysSomething ? seen[number] : null;

    private static long? Least(long? so, double? value) => value is { } v ? Math.Min(so ?? long.MaxValue, (long)v) : so;

    private static long? Most(long? so, double? value) => value is { } v ? Math.Max(so ?? 0, (long)v) : so;

    internal sealed class Seen
    {
        internal long? AvailableMinimum { get; set; }

        internal long? AvailableMaximum { get; set; }

        internal long? Exceeded { get; set; }

        internal bool? PacketsAreFlat { get; set; }

        internal double? CpuP99 { get; set; }

        internal bool? IsFlat { get; set; }

        internal bool SaysSomething => AvailableMinimum is not null || Exceeded is not null || IsFlat is not null;

        internal string Sentence(long? used)
        {
            var available = AvailableMinimum is { } least
                ? FormattableString.Invariant($" At the fullest {least:#,0} entries were free{(used is { } u ? FormattableString.Invariant($", so {u:#,0} were used") : "")}.")
                : "";
            var exceeded = Exceeded is > 0 and var drops ? FormattableString.Invariant($" {drops:#,0} packets were dropped at the limit.") : "";
            var flat = IsFlat == true ? FormattableString.Invariant($" Packets in stood at a flat ceiling while CPU stayed below {CalmCpu:0} per cent.") : "";
            return available + exceeded + flat;
        }
    }
}
