namespace Tazan.Inventory.Facts.Metrics;

/// <summary>One series in a few numbers.</summary>
/// <remarks>
/// Times are seconds since 1970, UTC; the period is the median gap between points in seconds, null for a single point;
/// percentiles are by nearest rank; the total means something for the statistic Sum alone.
/// </remarks>
internal readonly record struct SeriesSummary(
    int Points, long FirstAt, long LastAt, long? Period,
    double Minimum, double Average, double Maximum, double P50, double P90, double P99, double Last, double Total)
{
    /// <summary>Sums a series up. The spans are reordered: by time, and a time that comes twice counts once.</summary>
    /// <param name="times">Seconds since 1970, in any order.</param>
    /// <param name="values">The value at each time.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    internal static SeriesSummary Of(Span<long> times, Span<double> values)
    {
        if (times.IsEmpty || times.Length != values.Length)
        {
            throw new ArgumentException("A series needs at least one point, and as many times as values.", nameof(times));
        }

        // GetMetricData answers newest first unless asked otherwise.
        if (!IsAscending(times))
        {
            times.Sort(values);
        }

        var count = DropRepeats(times, values);
        times = times[..count];
        values = values[..count];
        var (first, last, newest, total) = (times[0], times[^1], values[^1], 0.0);
        foreach (var value in values)
        {
            total += value;
        }

        long? period = null;
        if (count > 1)
        {
            // The gaps take the place of the times, which are not needed any more.
            for (var i = 0; i + 1 < count; i++)
            {
                times[i] = times[i + 1] - times[i];
            }

            var gaps = times[..^1];
            gaps.Sort();
            period = gaps[(gaps.Length - 1) / 2];
        }

        values.Sort();
        return new SeriesSummary(count, first, last, period, values[0], total / count, values[^1],
            Rank(values, 50), Rank(values, 90), Rank(values, 99), newest, total);
    }

    // Nearest rank: the smallest value that at least that share of the values does not exceed.
    private static double Rank(ReadOnlySpan<double> sorted, int percent) => sorted[(sorted.Length * percent + 99) / 100 - 1];

    private static bool IsAscending(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static int DropRepeats(Span<long> times, Span<double> values)
    {
        var kept = 0;
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] != times[kept])
            {
                kept++;
            }

            times[kept] = times[i];
            values[kept] = values[i];
        }

        return kept + 1;
    }
}
