namespace Tazan.Inventory.Facts.Nets;

/// <summary>What alarms watch over, by the resource in their dimensions.</summary>
internal sealed class Alarms
{
    private readonly HashSet<string> statusChecked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> recovered = new(StringComparer.Ordinal);
    private readonly HashSet<string> burstWatched = new(StringComparer.Ordinal);
    private readonly HashSet<(string Account, string Region)> places = [];

    internal static Alarms Load(FactContext context)
    {
        var loaded = new Alarms();
        using var rows = context.Refine("SELECT account, region, alarm_name, metric_name, dimensions, alarm_actions, actions_enabled FROM alarm ORDER BY alarm_name");
        while (rows.Step())
        {
            loaded.places.Add((rows.GetString(0), rows.GetString(1)));
            var metric = rows.GetString(3);
            if (metric is not ("StatusCheckFailed" or "StatusCheckFailed_System" or "BurstBalance"))
            {
                continue;
            }

            var dimensions = JsonTexts.ReadObject(rows.GetUtf8(4));
            if (metric == "BurstBalance")
            {
                loaded.burstWatched.Add(dimensions.GetValueOrDefault("VolumeId", ""));
                continue;
            }

            var instance = dimensions.GetValueOrDefault("InstanceId", "");
            loaded.statusChecked.Add(instance);
            if (metric == "StatusCheckFailed_System" && rows.FindInt64(6) != 0
                && JsonTexts.ReadArray(rows.GetUtf8(5)).Exists(static action => action.StartsWith("arn:", StringComparison.Ordinal) && action.EndsWith(":ec2:recover", StringComparison.Ordinal)))
            {
                loaded.recovered.TryAdd(instance, rows.GetString(2));
            }
        }

        return loaded;
    }

    internal bool HasAny => places.Count > 0;

    internal bool AnyIn(string account, string region) => places.Contains((account, region));

    internal bool WatchesStatusOf(string instance) => statusChecked.Contains(instance);

    internal bool WatchesBurstOf(string volume) => burstWatched.Contains(volume);

    /// <summary>The instances that an alarm recovers, with its name.</summary>
    internal IReadOnlyDictionary<string, string> Recovered => recovered;
}
