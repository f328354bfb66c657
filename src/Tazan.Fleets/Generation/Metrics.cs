namespace Tazan.Fleets;

/// <summary>Two weeks of hourly metrics, as GetMetricData answers them, newest first.</summary>
/// <remarks>The answer names no dimensions, so the label does: namespace, metric, dimension's value, statistic.</remarks>
internal static class Metrics
{
    private const int Hours = 14 * 24;

    // A GetMetricData call takes up to 500 queries (CloudWatch API reference).
    private const int PerCall = 500;

    public static void Save(World world, Site site)
    {
        var end = new DateTimeOffset(world.Now.UtcTicks - world.Now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var times = Enumerable.Range(0, Hours).Select(h => Json.Time(end - TimeSpan.FromHours(h + 1))).ToArray();
        var series = new List<Json>();
        foreach (var service in world.Spec.Services.Where(s => s.Site == site.Spec))
        {
            foreach (var metric in service.Metrics)
            {
                foreach (var machine in site.Of(service).Where(static m => m.IsRunning).Take(metric.Instances))
                {
                    Add(metric, metric.Device is { } device ? machine.Disks.First(d => d.Spec.Device == device).Id : machine.Id);
                }
            }
        }

        var spec = world.Spec;
        AddAll(spec.LoadBalancers.Where(b => b.Site == site.Spec).SelectMany(b => b.Metrics.Select(m => (m, world.BalancerArns.TryGetValue(b, out var arn) ? arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..] : b.Name))));
        AddAll(spec.Databases.Where(d => d.Site == site.Spec).SelectMany(static d => d.Metrics.Select(m => (m, d.Name))));
        AddAll(spec.Caches.Where(c => c.Site == site.Spec).SelectMany(static c => c.Metrics.Select(m => (m, c.Engine == "memcached" ? c.Name : $"{c.Name}-001"))));
        AddAll(spec.Functions.Where(f => f.Site == site.Spec).SelectMany(static f => f.Metrics.Select(m => (m, f.Name))));
        // S3 gives one value a day, in the bucket's region.
        foreach (var bucket in spec.Buckets.Where(b => b.Account == site.Spec.Account && (b.Region == site.Region || !spec.Sites.Any(s => s.Account == b.Account && s.Region == b.Region) && site.Spec == spec.Sites.First(s => s.Account == b.Account))))
        {
            series.Add(Daily(world, series.Count, "BucketSizeBytes", bucket, bucket.Bytes));
            series.Add(Daily(world, series.Count, "NumberOfObjects", bucket, bucket.Objects));
        }

        site.Save("cloudwatch-get-metric-data", "MetricDataResults", series, pageSize: PerCall, tail: new Json { { "Messages", Json.None } });

        void AddAll(IEnumerable<(MetricSpec Metric, string Of)> all)
        {
            foreach (var (metric, of) in all)
            {
                Add(metric, of);
            }
        }

        void Add(MetricSpec metric, string of)
        {
            var label = $"{metric.Namespace} {metric.Name} {of} {metric.Statistic}";
            series.Add(new Json
            {
                { "Id", $"m{series.Count + 1}" }, { "Label", label }, { "Timestamps", times }, { "Values", Values(metric, end, world.Ids.Stream($"metric {label}")) }, { "StatusCode", "Complete" },
            });
        }
    }

    private static Json Daily(World world, int count, string name, BucketSpec bucket, long value)
    {
        var midnight = new DateTimeOffset(world.Now.UtcTicks - world.Now.UtcTicks % TimeSpan.TicksPerDay, TimeSpan.Zero);
        return new Json
        {
            { "Id", $"m{count + 1}" }, { "Label", $"AWS/S3 {name} {bucket.Name} Average" },
            { "Timestamps", Enumerable.Range(1, 14).Select(d => Json.Time(midnight - TimeSpan.FromDays(d))).ToArray() },
            // A bucket of logs grows by a thousandth a day: assumed.
            { "Values", Enumerable.Range(1, 14).Select(d => Math.Round(value * (1 - 0.001 * d))).ToArray() }, { "StatusCode", "Complete" },
        };
    }

    private static double[] Values(MetricSpec metric, DateTimeOffset end, RandomStream random)
    {
        var values = new double[Hours];
        var total = 0.0;
        // Oldest first, since a counter only grows; the answer has the newest first.
        for (var i = Hours - 1; i >= 0; i--)
        {
            var at = end - TimeSpan.FromHours(i + 1);
            var wave = Wave(at.Hour, metric.PeakHour);
            var age = (double)i / (Hours - 1);
            var span = metric.High - metric.Low;
            var noise = 1 + metric.Noise * (2 * random.NextDouble() - 1);
            var value = metric.Shape switch
            {
                "flat" => metric.Low + span * random.NextDouble(),
                "daily" => (metric.Low + span * wave) * noise,
                // What wants to go half as high again, cut off: a plateau that hardly moves.
                "ceiling" => Math.Min(metric.High * (1 - 0.01 * random.NextDouble()), (metric.Low + 1.5 * span * wave) * noise),
                "falling" => (metric.Low + span * age) * noise,
                "drained" => (metric.Low + span * Math.Max(0, 1 - 1.6 * wave)) * noise,
                _ => total += 2 * span / Hours * wave * noise,
            };
            // What goes into the thousands is a count, and counts are whole.
            values[i] = Math.Round(Math.Clamp(metric.Shape == "rising" ? metric.Low + value : value, metric.Low, metric.High), metric.High >= 1000 ? 0 : 3);
        }

        return values;
    }

    // 1 at the peak hour, 0 twelve hours away, along a smoothed triangle: no sine, whose last bits differ between machines.
    private static double Wave(int hour, int peak)
    {
        var away = Math.Abs(hour - peak);
        var t = 1 - Math.Min(away, 24 - away) / 12.0;
        return t * t * (3 - 2 * t);
    }
}
