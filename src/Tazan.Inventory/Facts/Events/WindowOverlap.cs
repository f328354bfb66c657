namespace Tazan.Inventory.Facts.Events;

/// <summary>Counts which members of one service may be down together.</summary>
internal static class WindowOverlap
{
    /// <summary>For each event, how many distinct instances (its own included) have a window that overlaps its window.</summary>
    /// <param name="events">Those of one service, in any order. Windows exclude their end.</param>
    internal static int[] CountInstances(IReadOnlyList<PendingEvent> events)
    {
        var starts = new List<long>();
        var ends = new List<long>();
        var several = new List<List<PendingEvent>>();
        foreach (var group in events.GroupBy(static e => e.InstanceId, StringComparer.Ordinal))
        {
            var own = group.ToList();
            if (own.Count > 1)
            {
                several.Add(own);
                continue;
            }

            starts.Add(own[0].NotBefore.UtcTicks);
            ends.Add(own[0].End.UtcTicks);
        }

        // Of windows with one event each, those that overlap are the ones begun before my end less the ones ended by my start.
        starts.Sort();
        ends.Sort();
        var counts = new int[events.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            var (from, to) = (events[i].NotBefore.UtcTicks, events[i].End.UtcTicks);
            counts[i] = Below(starts, to) - Below(ends, from + 1)
                + several.Count(own => own.Exists(e => e.NotBefore.UtcTicks < to && e.End.UtcTicks > from));
        }

        return counts;
    }

    private static int Below(List<long> sorted, long value)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
