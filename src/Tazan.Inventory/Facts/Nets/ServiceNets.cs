using System.Globalization;
using Tazan.Inventory.Facts.Boot;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What catches the fall of a whole service: its spread over zones, the alarms on its members, its event windows. One row a service, never one an instance.</summary>
internal static class ServiceNets
{
    internal static void Derive(FactContext context, NetWriter writer, Alarms alarms, ReadCalls calls)
    {
        var covered = LoadWindowed(context, out var windowPlaces);
        var counts = CountMembers(context, alarms, covered, calls, windowPlaces);
        using var rows = context.Query("SELECT account, region, service, kind, running_count, zone_count, largest_zone_share, quorum_size FROM service");
        while (rows.Step())
        {
            var (account, region, service, running) = (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(4));
            if (running >= 2)
            {
                WriteSpread(writer, account, region, service, rows.GetString(3), running, rows.GetInt64(5), rows.GetDouble(6), rows.FindInt64(7));
            }

            var (members, watched, windowed) = counts.GetValueOrDefault(service);
            if (members > 0 && (alarms.AnyIn(account, region) || calls.Has(account, region, "DescribeAlarms")))
            {
                writer.Write(account, region, "status-alarm", "service", service, service, watched == members,
                    string.Create(CultureInfo.InvariantCulture, $"{watched} of {members} members"), "an alarm on StatusCheckFailed or StatusCheckFailed_System for each, or an Auto Scaling group",
                    watched == members ? "Each member is watched by an alarm or replaced by its group."
                        : string.Create(CultureInfo.InvariantCulture, $"{members - watched} members have neither a status-check alarm nor a group that replaces them."));
            }

            if (members > 0 && (windowPlaces.Contains((account, region)) || calls.Has(account, region, "DescribeInstanceEventWindows")))
            {
                writer.Write(account, region, "event-window", "service", service, service, windowed == members,
                    string.Create(CultureInfo.InvariantCulture, $"{windowed} of {members} members"), "an event window for each member, staggered",
                    windowed == members ? "The provider schedules reboots and stops of each member inside a window."
                        : "The provider chooses the time of reboots and stops by itself; a window would also not cover network maintenance.");
            }
        }
    }

    private static void WriteSpread(NetWriter writer, string account, string region, string service, string kind, long running, long zones, double share, long? quorum)
    {
        var fullest = (long)Math.Round(share * running, MidpointRounding.AwayFromZero);
        var left = running - fullest;
        var holds = zones >= 2 && (kind == "quorum" ? left >= (quorum ?? running / 2 + 1) : fullest <= (running + 1) / 2);
        writer.Write(account, region, "zone-spread", "service", service, service, holds,
            string.Create(CultureInfo.InvariantCulture, $"{running} running in {zones} zones, {fullest} in the fullest"),
            kind == "quorum" ? "a majority left when any one zone is lost" : "no zone with more than half",
            string.Create(CultureInfo.InvariantCulture, $"Losing the fullest zone leaves {left} of {running}{(kind == "quorum" ? string.Create(CultureInfo.InvariantCulture, $"; {quorum ?? running / 2 + 1} are needed") : "")}."));
    }

    // Only where something was read that members could be counted against: otherwise no member is looked at.
    private static Dictionary<string, (long Members, long Watched, long Windowed)> CountMembers(
        FactContext context, Alarms alarms, HashSet<string> windowed, ReadCalls calls, HashSet<(string, string)> windowPlaces)
    {
        var grouped = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, (long, long, long)>(StringComparer.Ordinal);
        using var instances = context.Refine("SELECT instance_id FROM auto_scaling_instance");
        using var members = context.Query("SELECT service, instance_id, account, region FROM service_member WHERE state IS NOT 'terminated'");
        var isAsked = alarms.HasAny || windowPlaces.Count > 0 || calls.Where("DescribeAlarms").Any() || calls.Where("DescribeInstanceEventWindows").Any();
        if (!isAsked)
        {
            return counts;
        }

        while (instances.Step())
        {
            grouped.Add(instances.GetString(0));
        }

        while (members.Step())
        {
            var (service, instance) = (members.GetString(0), members.GetString(1));
            var (all, watched, inWindow) = counts.GetValueOrDefault(service);
            counts[service] = (all + 1, watched + (alarms.WatchesStatusOf(instance) || grouped.Contains(instance) ? 1 : 0), inWindow + (windowed.Contains(instance) ? 1 : 0));
        }

        return counts;
    }

    private static HashSet<string> LoadWindowed(FactContext context, out HashSet<(string, string)> places)
    {
        var instances = new HashSet<string>(StringComparer.Ordinal);
        var tags = new List<(string Account, string Region, string Key, string Value)>();
        places = [];
        using (var rows = context.Refine("SELECT account, region, instance_ids, target_tags FROM event_window WHERE state IS NOT 'deleted' AND state IS NOT 'deleting'"))
        {
            while (rows.Step())
            {
                places.Add((rows.GetString(0), rows.GetString(1)));
                instances.UnionWith(JsonTexts.ReadArray(rows.GetUtf8(2)));
                foreach (var (key, value) in JsonTexts.ReadObject(rows.GetUtf8(3)))
                {
                    tags.Add((rows.GetString(0), rows.GetString(1), key, value));
                }
            }
        }

        using var tagged = context.Refine("SELECT instance_id FROM instance i WHERE account = ?1 AND region = ?2 AND EXISTS (SELECT 1 FROM json_each(i.tags) t WHERE t.key = ?3 AND t.value = ?4)");
        foreach (var (account, region, key, value) in tags)
        {
            tagged.Bind(1, account).Bind(2, region).Bind(3, key).Bind(4, value);
            while (tagged.Step())
            {
                instances.Add(tagged.GetString(0));
            }
        }

        return instances;
    }
}
