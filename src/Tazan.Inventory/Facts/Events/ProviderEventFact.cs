using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Boot;
using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Events;

/// <summary>The provider's pending events, each joined to the service it hits and to what else goes down with it.</summary>
public sealed class ProviderEventFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["provider_event"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var events = LoadScheduled(context, out var scheduled);
        LoadHealth(context, events, scheduled);
        var hit = JsonTexts.Array(events.Select(static e => e.InstanceId).Distinct(StringComparer.Ordinal));
        var types = TypeBook.Load(context);
        var members = LoadMembers(context, hit);
        var verdicts = LoadVerdicts(context, hit);
        var running = LoadRunning(context, events.Count > 0);
        var instances = LoadInstances(context, hit);
        using var writer = context.Write("provider_event");
        if (events.Count == 0)
        {
            return;
        }

        var overlaps = new Dictionary<PendingEvent, int>(ReferenceEqualityComparer.Instance);
        foreach (var group in events.Where(e => members.ContainsKey(e.InstanceId)).GroupBy(e => members[e.InstanceId].Name, StringComparer.Ordinal))
        {
            var list = group.ToList();
            var counts = WindowOverlap.CountInstances(list);
            for (var i = 0; i < counts.Length; i++)
            {
                overlaps[list[i]] = counts[i];
            }
        }

        var sameDay = events.Select(e => (Zone: Zone(e, instances), e.InstanceId, Day: e.NotBefore.UtcDateTime.Date)).Distinct()
            .GroupBy(static e => (e.Zone, e.Day)).ToDictionary(static g => g.Key, static g => g.Count());
        foreach (var pending in events)
        {
            var instance = instances.GetValueOrDefault(pending.InstanceId);
            var service = members.GetValueOrDefault(pending.InstanceId);
            var overlapping = overlaps.GetValueOrDefault(pending, 1);
            var breaks = service is null ? (bool?)null : service.Breaks(overlapping);
            var store = instance is null ? null : types.Find(pending.Region, instance.Type)?.InstanceStore;
            var zone = Zone(pending, instances);
            var share = running.GetValueOrDefault(zone) is var all and > 0 ? Math.Min(1, (double)sameDay[(zone, pending.NotBefore.UtcDateTime.Date)] / all) : (double?)null;
            var movable = pending.IsMovable(context.Now);
            writer.Row(pending.Account, pending.Region).Add(pending.InstanceId).Add(pending.Id).Add(pending.Code).Add(pending.What)
                .Add((DateTimeOffset?)pending.NotBefore).Add(pending.NotAfter).Add(pending.Deadline).Add(movable)
                .Add((double?)(pending.NotBefore - context.Now).TotalDays).Add(service?.Name ?? "").Add(zone)
                .Add((long)overlapping).Add((long)(service?.Members ?? 1)).Add(breaks)
                .Add(pending.LeavesHost ? store : false).Add(share).Add(verdicts.GetValueOrDefault(pending.InstanceId, "unknown"))
                .Add(Reason(pending, service, overlapping, breaks, movable)).End();
        }
    }

    private static string Reason(PendingEvent pending, Service? service, int overlapping, bool? breaks, bool? movable)
    {
        var move = movable switch
        {
            true => $"movable until {pending.Deadline!.Value.Say()}",
            false => "cannot be moved",
            null => "whether it can be moved is told by describe-instance-status only",
        };
        var together = service is null ? "it belongs to no service"
            : $"{overlapping.ToString(CultureInfo.InvariantCulture)} of {service.Running} running members of {service.Name} ({service.Kind}) have overlapping windows"
              + (breaks == true ? service.Kind == "quorum" ? $", and {service.QuorumSize} must stay up" : ", which leaves none" : "");
        return $"{pending.Code} {(pending.HealthCode.Length > 0 ? $"({pending.HealthCode} on the health page) " : "")}"
            + $"from {pending.NotBefore.Say()} to {pending.End.Say()}{(pending.NotAfter > pending.NotBefore ? "" : " (end not told, two hours assumed)")}; {move}; {together}.";
    }

    private static List<PendingEvent> LoadScheduled(FactContext context, out HashSet<string> scheduled)
    {
        // Events stay listed for up to a week after they ended; only the description says so.
        var events = new List<PendingEvent>();
        scheduled = new HashSet<string>(StringComparer.Ordinal);
        using var rows = context.Query("""
            SELECT e.account, e.region, e.instance_id, e.instance_event_id, e.code, e.description, e.not_before, e.not_after, e.not_before_deadline, e.availability_zone
              FROM scheduled_event e ORDER BY e.not_before, e.instance_id, e.instance_event_id
            """);
        while (rows.Step())
        {
            var description = rows.GetString(5);
            scheduled.Add(rows.GetString(2));
            if (!description.StartsWith("[Completed]", StringComparison.OrdinalIgnoreCase) && !description.StartsWith("[Canceled]", StringComparison.OrdinalIgnoreCase)
                && !description.StartsWith("[Cancelled]", StringComparison.OrdinalIgnoreCase) && rows.FindTime(6) is { } notBefore)
            {
                events.Add(new PendingEvent
                {
                    Account = rows.GetString(0),
                    Region = rows.GetString(1),
                    InstanceId = rows.GetString(2),
                    Id = rows.GetString(3),
                    Code = rows.GetString(4),
                    NotBefore = notBefore,
                    NotAfter = rows.FindTime(7),
                    Deadline = rows.FindTime(8),
                    Zone = rows.GetString(9),
                });
            }
        }

        return events;
    }

    // The health page needs a support plan, so it only adds what the instances' status did not tell.
    private static void LoadHealth(FactContext context, List<PendingEvent> events, HashSet<string> scheduled)
    {
        using var rows = context.Refine("""
            SELECT e.account, coalesce(e.event_region, e.region), a.entity_value, e.arn, e.event_type_code, e.start_time, e.end_time, e.availability_zone
              FROM health_event e JOIN health_affected_entity a ON a.event_arn = e.arn AND a.account = e.account
             WHERE e.event_type_category = 'scheduledChange' AND e.status_code IS NOT 'closed' AND a.entity_value LIKE 'i-%'
             ORDER BY e.start_time, a.entity_value, e.arn
            """);
        while (rows.Step())
        {
            if (!scheduled.Contains(rows.GetString(2)) && PendingEvent.CodeOf(rows.GetString(4)) is { } code && rows.FindTime(5) is { } start)
            {
                events.Add(new PendingEvent
                {
                    Account = rows.GetString(0),
                    Region = rows.GetString(1),
                    InstanceId = rows.GetString(2),
                    Id = rows.GetString(3),
                    Code = code,
                    NotBefore = start,
                    NotAfter = rows.FindTime(6),
                    Zone = rows.GetString(7),
                    HealthCode = rows.GetString(4),
                });
            }
        }
    }

    private static Dictionary<string, Service> LoadMembers(FactContext context, string hit)
    {
        var services = new Dictionary<string, Service>(StringComparer.Ordinal);
        using (var rows = context.Query("SELECT service, kind, member_count, running_count, quorum_size FROM service"))
        {
            while (rows.Step())
            {
                services[rows.GetString(0)] = new Service(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.FindInt64(4));
            }
        }

        var members = new Dictionary<string, Service>(StringComparer.Ordinal);
        using var joined = context.Query("SELECT m.instance_id, m.service FROM service_member m WHERE m.instance_id IN (SELECT value FROM json_each(?1))");
        joined.Bind(1, hit);
        while (joined.Step())
        {
            if (services.TryGetValue(joined.GetString(1), out var service))
            {
                members[joined.GetString(0)] = service;
            }
        }

        return members;
    }

    private static Dictionary<string, string> LoadVerdicts(FactContext context, string hit)
    {
        var verdicts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = context.Refine("SELECT subject_id, verdict FROM bootability WHERE subject_type = 'instance' AND subject_id IN (SELECT value FROM json_each(?1))");
        rows.Bind(1, hit);
        while (rows.Step())
        {
            verdicts[rows.GetString(0)] = rows.GetString(1);
        }

        return verdicts;
    }

    private static Dictionary<string, Instance> LoadInstances(FactContext context, string hit)
    {
        var instances = new Dictionary<string, Instance>(StringComparer.Ordinal);
        using var rows = context.Query("SELECT instance_id, instance_type, availability_zone FROM instance WHERE instance_id IN (SELECT value FROM json_each(?1))");
        rows.Bind(1, hit);
        while (rows.Step())
        {
            instances[rows.GetString(0)] = new Instance(rows.GetString(1), rows.GetString(2));
        }

        return instances;
    }

    private static Dictionary<string, long> LoadRunning(FactContext context, bool isAsked)
    {
        var running = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = context.Query("SELECT availability_zone, count(*) FROM instance WHERE state = 'running' GROUP BY availability_zone");
        while (isAsked && rows.Step())
        {
            running[rows.GetString(0)] = rows.GetInt64(1);
        }

        return running;
    }

    private static string Zone(PendingEvent pending, Dictionary<string, Instance> instances) =>
        pending.Zone.Length > 0 ? pending.Zone : instances.GetValueOrDefault(pending.InstanceId)?.Zone ?? "";

    private sealed record Instance(string Type, string Zone);

    private sealed record Service(string Name, string Kind, long Members, long Running, long? QuorumSize)
    {
        // A quorum breaks when what stays up is less than the majority; anything else when nothing stays up.
        internal bool Breaks(int overlapping) =>
            Kind == "quorum" ? Running - overlapping < (QuorumSize ?? Members / 2 + 1) : overlapping >= Math.Max(1, Running);
    }
}
