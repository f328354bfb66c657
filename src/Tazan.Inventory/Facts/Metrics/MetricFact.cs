using System.Collections.Immutable;
using System.Text.Json;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Metrics;

/// <summary>Sums each measured series up, so that other facts and lessons join numbers instead of reading arrays.</summary>
public sealed class MetricFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["metric"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        using var series = context.Query("SELECT account, region, label, id, timestamps, points FROM metric_series");
        using var answers = context.Refine("SELECT account, region, resource, label, datapoints FROM metric_statistics ORDER BY account, region, label, resource");
        using var writer = context.Write("metric");
        DeriveSeries(context, series, writer);
        DeriveStatistics(answers, writer);
    }

    private static void DeriveSeries(FactContext context, Statement series, FactWriter writer)
    {
        // A long answer comes in pages, each with a part of the series; only those few are held in memory.
        var parted = new Dictionary<(string, string, string, string), Points>();
        using (var repeats = context.Query("SELECT account, region, label, id FROM metric_series GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 ORDER BY 1, 2, 3, 4"))
        {
            while (repeats.Step())
            {
                parted[(repeats.GetString(0), repeats.GetString(1), repeats.GetString(2), repeats.GetString(3))] = new Points();
            }
        }

        var points = new Points();
        while (series.Step())
        {
            var (account, region, label, id) = (series.GetString(0), series.GetString(1), series.GetString(2), series.GetString(3));
            var isPart = parted.TryGetValue((account, region, label, id), out var parts);
            if (!isPart)
            {
                points.Clear();
            }

            (parts ?? points).AddArrays(series.GetUtf8(4), series.GetUtf8(5));
            if (!isPart)
            {
                Write(writer, account, region, SeriesLabel.Parse(label, id), points);
            }
        }

        foreach (var ((account, region, label, id), parts) in parted)
        {
            Write(writer, account, region, SeriesLabel.Parse(label, id), parts);
        }
    }

    private static void DeriveStatistics(Statement answers, FactWriter writer)
    {
        (string Account, string Region, string Label, string Resource)? open = null;
        var byStatistic = new SortedDictionary<string, Points>(StringComparer.Ordinal);
        void Close()
        {
            foreach (var (statistic, points) in byStatistic)
            {
                Write(writer, open!.Value.Account, open.Value.Region, SeriesLabel.OfStatistics(open.Value.Label, open.Value.Resource, statistic), points);
            }

            byStatistic.Clear();
        }

        while (answers.Step())
        {
            var key = (answers.GetString(0), answers.GetString(1), answers.GetString(3), answers.GetString(2));
            if (open is not null && open != key)
            {
                Close();
            }

            open = key;
            ReadDatapoints(answers.GetUtf8(4), byStatistic);
        }

        Close();
    }

    // Each datapoint is an object with Timestamp, Unit, one member for each statistic asked, and ExtendedStatistics for percentiles.
    private static void ReadDatapoints(ReadOnlySpan<byte> json, SortedDictionary<string, Points> byStatistic)
    {
        if (json.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        var values = new List<(string Statistic, double Value)>();
        long? time = null;
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.Number when name == "Timestamp":
                    time = (long)reader.GetDouble();
                    break;
                case JsonTokenType.String when name == "Timestamp":
                    time = SnapshotTime.TryParse(reader.ValueSpan, out var seconds) ? seconds : null;
                    break;
                case JsonTokenType.Number:
                    values.Add((name, reader.GetDouble()));
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == 1:
                    foreach (var (statistic, value) in values)
                    {
                        if (time is { } at)
                        {
                            (byStatistic.TryGetValue(statistic, out var points) ? points : byStatistic[statistic] = new Points()).Add(at, value);
                        }
                    }

                    values.Clear();
                    time = null;
                    break;
                default:
                    break;
            }
        }
    }

    private static void Write(FactWriter writer, string account, string region, SeriesLabel label, Points points)
    {
        if (points.Count == 0)
        {
            return;
        }

        var summary = points.Summarise();
        writer.Row(account, region).Add(label.Namespace).Add(label.Metric).Add(label.Dimension).Add(label.Resource).Add(label.Statistic)
            .Add((long)summary.Points).Add(DateTimeOffset.FromUnixTimeSeconds(summary.FirstAt)).Add(DateTimeOffset.FromUnixTimeSeconds(summary.LastAt)).Add(summary.Period)
            .Add(summary.Minimum).Add(summary.Average).Add(summary.Maximum).Add(summary.P50).Add(summary.P90).Add(summary.P99)
            .Add(summary.Last).Add(summary.Total).End();
    }

    // Grows once and is used again for the next series.
    private sealed class Points
    {
        private long[] times = new long[512];
        private double[] values = new double[512];

        internal int Count { get; private set; }

        internal void Clear() => Count = 0;

        internal void Add(long time, double value)
        {
            Ensure(Count + 1);
            (times[Count], values[Count]) = (time, value);
            Count++;
        }

        // Where the arrays differ in length the surplus belongs to no point.
        internal void AddArrays(ReadOnlySpan<byte> timestamps, ReadOnlySpan<byte> numbers)
        {
            if (timestamps.IsEmpty || numbers.IsEmpty)
            {
                return;
            }

            var at = new Utf8JsonReader(timestamps);
            var of = new Utf8JsonReader(numbers);
            while (NextScalar(ref at) && NextScalar(ref of))
            {
                long time;
                if (at.TokenType == JsonTokenType.Number)
                {
                    time = (long)at.GetDouble();
                }
                else if (!SnapshotTime.TryParse(at.ValueSpan, out time))
                {
                    continue;
                }

                if (of.TokenType == JsonTokenType.Number)
                {
                    Add(time, of.GetDouble());
                }
            }
        }

        internal SeriesSummary Summarise() => SeriesSummary.Of(times.AsSpan(0, Count), values.AsSpan(0, Count));

        private static bool NextScalar(ref Utf8JsonReader reader)
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                {
                    return true;
                }
            }

            return false;
        }

        private void Ensure(int count)
        {
            if (count > times.Length)
            {
                Array.Resize(ref times, times.Length * 2);
                Array.Resize(ref values, values.Length * 2);
            }
        }
    }
}
