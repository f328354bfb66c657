using System.Collections.Immutable;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>
/// What of a fleet was read, and so what a lesson cannot know: from the tables its SQL reads, through the facts they
/// are, to the calls that fill them, in each account and region.
/// </summary>
/// <remarks>
/// A table counts as read in a region when any call that fills it was. A call that is asked once for each row of a
/// parent table is not missing where the parent was read and has no row. Not thread-safe.
/// </remarks>
internal sealed class Readings
{
    private static readonly HashSet<string> Meta = ["snapshot", "source", "call", "blind_spot", "fact_source"];

    private readonly Database database;
    private readonly HashSet<(string Account, string Region, string Service, string Operation)> read = [];
    private readonly Dictionary<(string Account, string Region, string Service, string Operation), (string Reason, string Mend)> said = [];
    private readonly Dictionary<string, List<string>> required = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(string Account, string Region)>> inhabited = new(StringComparer.Ordinal);
    private readonly List<(string Account, string Region)> places = [];

    public Readings(Database database)
    {
        this.database = database;
        var seen = new SortedSet<(string Account, string Region)>();
        using (var calls = database.Prepare("select account, region, service, operation, status from call"))
        {
            while (calls.Step())
            {
                var key = (calls.GetString(0), calls.GetString(1), calls.GetString(2), calls.GetString(3));
                seen.Add((key.Item1, key.Item2));
                if (calls.GetString(4) == "read")
                {
                    read.Add(key);
                }
            }
        }

        using (var spots = database.Prepare("select account, region, service, operation, reason, mend from blind_spot order by 1, 2, 3, 4, 5, 6"))
        {
            while (spots.Step())
            {
                var key = (spots.GetString(0), spots.GetString(1), spots.GetString(2), spots.GetString(3));
                seen.Add((key.Item1, key.Item2));
                said.TryAdd(key, (spots.GetString(4), spots.GetString(5)));
            }
        }

        using (var facts = database.Prepare("select fact, reads from fact_source where required = 1 order by 1, 2"))
        {
            while (facts.Step())
            {
                var fact = facts.GetString(0);
                if (!required.TryGetValue(fact, out var reads))
                {
                    required[fact] = reads = [];
                }

                reads.Add(facts.GetString(1));
            }
        }

        FindPlaces(seen);
    }

    /// <summary>The calls that fill the tables, facts followed down to what they need.</summary>
    public SortedSet<string> Expand(IEnumerable<string> tables, IReadOnlyCollection<string> optional)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(tables);
        while (pending.TryPop(out var name))
        {
            if (Meta.Contains(name) || optional.Contains(name) || !visited.Add(name) || SnapshotSchema.Find(name) is not { } table)
            {
                continue;
            }

            if (!table.IsFact)
            {
                all.Add(name);
                continue;
            }

            foreach (var next in required.GetValueOrDefault(name) ?? [])
            {
                pending.Push(next);
            }
        }

        return all;
    }

    /// <summary>What was not read of these tables, anywhere in the fleet.</summary>
    /// <param name="tables">The tables that the lesson's SQL reads.</param>
    /// <param name="population">Those of them that say what there is to look at: where they were read and have no row, nothing else matters.</param>
    /// <param name="optional">Tables that do not count.</param>
    public ImmutableArray<BlindSpot> Missing(IReadOnlyCollection<string> tables, IReadOnlyCollection<string> population, IReadOnlyCollection<string> optional)
    {
        var needed = Expand(tables, optional);
        var peopled = Expand(population, optional);
        var missing = new SortedDictionary<(string, string, string, string), BlindSpot>(CallOrder.Instance);
        foreach (var place in places)
        {
            if (peopled.Count > 0 && peopled.All(t => IsRead(t, place)) && population.Where(t => !Meta.Contains(t)).All(t => !HasRows(t, place)))
            {
                continue;
            }

            foreach (var table in needed)
            {
                AddMissing(table, place, missing, []);
            }
        }

        return [.. missing.Values];
    }

    private void AddMissing(string table, (string Account, string Region) place, SortedDictionary<(string, string, string, string), BlindSpot> missing, HashSet<string> asking)
    {
        if (IsRead(table, place) || !asking.Add(table))
        {
            return;
        }

        var calls = Catalogue.Filling(table);
        if (calls.IsEmpty)
        {
            return;
        }

        var call = calls.FirstOrDefault(c => c.Declares.Any(t => t.Name == table)) ?? calls[0];
        if (call.AskedAbout.Length > 0 && call.AskedAbout != table)
        {
            // A parent that is a fact (a metric, say) lists nothing that could be asked about one by one.
            var parent = SnapshotSchema.Find(call.AskedAbout);
            if (parent is { IsFact: false })
            {
                if (IsRead(parent.Name, place) ? !HasRows(parent.Name, place) : NeedsNothingMore(parent.Name, place, asking))
                {
                    return;
                }

                AddMissing(parent.Name, place, missing, asking);
            }
        }

        var region = call.Scope == CallScope.Global ? Identity.Global : place.Region;
        var key = (place.Account, region, call.Service, call.Operation);
        var (reason, mend) = said.TryGetValue(key, out var why) ? why
            : ("not in the input", $"Save it with '{call.CliCommand}', or allow {call.IamAction}.");
        missing.TryAdd(key, new BlindSpot(place.Account, region, call.Service, call.Operation, reason, mend));
    }

    // A parent that was itself not read because its own parent was read and is empty.
    private bool NeedsNothingMore(string parent, (string Account, string Region) place, HashSet<string> asking)
    {
        var found = new SortedDictionary<(string, string, string, string), BlindSpot>(CallOrder.Instance);
        AddMissing(parent, place, found, [.. asking]);
        return found.Count == 0;
    }

    private bool IsRead(string table, (string Account, string Region) place)
    {
        foreach (var call in Catalogue.Filling(table))
        {
            if (read.Contains((place.Account, call.Scope == CallScope.Global ? Identity.Global : place.Region, call.Service, call.Operation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasRows(string table, (string Account, string Region) place)
    {
        if (!inhabited.TryGetValue(table, out var where))
        {
            inhabited[table] = where = [];
            using var rows = database.Prepare($"select distinct coalesce(account, '{Identity.Unknown}'), coalesce(region, '{Identity.Unknown}') from {table}");
            while (rows.Step())
            {
                where.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        // Rows of no region belong to all of the account's; rows whose place nothing named may belong to any.
        return where.Contains(place) || where.Contains((place.Account, Identity.Global)) || where.Contains((place.Account, Identity.Unknown)) || where.Contains((Identity.Unknown, Identity.Unknown));
    }

    // The fleet is where something was asked. A region that nothing named is no place to ask in, unless it is the only
    // one: then the account's regional calls are missing there.
    private void FindPlaces(SortedSet<(string Account, string Region)> seen)
    {
        foreach (var account in seen.Select(static s => s.Account).Distinct())
        {
            var regions = seen.Where(s => s.Account == account && s.Region is not (Identity.Global or Identity.Unknown)).ToList();
            places.AddRange(regions.Count > 0 ? regions : [(account, Identity.Unknown)]);
        }

        if (places.Exists(static p => p.Account != Identity.Unknown && p.Region != Identity.Unknown))
        {
            places.RemoveAll(p => p == (Identity.Unknown, Identity.Unknown) && !read.Any(r => r.Account == Identity.Unknown));
        }

        if (places.Count == 0)
        {
            places.Add((Identity.Unknown, Identity.Unknown));
        }
    }

    private sealed class CallOrder : IComparer<(string, string, string, string)>
    {
        public static readonly CallOrder Instance = new();

        public int Compare((string, string, string, string) x, (string, string, string, string) y)
        {
            var order = string.CompareOrdinal(x.Item1, y.Item1);
            order = order != 0 ? order : string.CompareOrdinal(x.Item2, y.Item2);
            order = order != 0 ? order : string.CompareOrdinal(x.Item3, y.Item3);
            return order != 0 ? order : string.CompareOrdinal(x.Item4, y.Item4);
        }
    }
}
