namespace Tazan.Inventory.Facts.Metrics;

/// <summary>The summaries of a few metrics, by what they are measured on.</summary>
internal sealed class MeasuredSeries
{
    private readonly Dictionary<(string Metric, string Resource), List<Summary>> series = [];

    internal readonly record struct Summary(string Statistic, long Points, long? Period, double Minimum, double Average, double Last, double Total)
    {
        /// <summary>What a Sum comes to each second; null where the period is unknown.</summary>
        internal double? PerSecond => Period is > 0 and { } period && Points > 0 ? Total / (Points * (double)period) : null;
    }

    /// <summary>Loads the named metrics of one namespace.</summary>
    internal static MeasuredSeries Load(FactContext context, string space, params string[] metrics)
    {
        var loaded = new MeasuredSeries();
        using var rows = context.Refine(
            $"SELECT metric_name, resource_id, statistic, points, period, minimum, average, last, total FROM metric WHERE namespace = '{space}' AND metric_name IN ({string.Join(",", metrics.Select(static m => $"'{m}'"))})");
        while (rows.Step())
        {
            var key = (rows.GetString(0), rows.GetString(1));
            (loaded.series.TryGetValue(key, out var list) ? list : loaded.series[key] = [])
                .Add(new Summary(rows.GetString(2), rows.GetInt64(3), rows.FindInt64(4), rows.GetDouble(5), rows.GetDouble(6), rows.GetDouble(7), rows.GetDouble(8)));
        }

        return loaded;
    }

    internal bool IsEmpty => series.Count == 0;

    /// <summary>The series with the first of those statistics that there is, or null.</summary>
    internal Summary? Find(string metric, string resource, params string[] statistics)
    {
        if (!series.TryGetValue((metric, resource), out var list))
        {
            return null;
        }

        foreach (var statistic in statistics)
        {
            foreach (var summary in list)
            {
                if (summary.Statistic == statistic)
                {
                    return summary;
                }
            }
        }

        return null;
    }
}
