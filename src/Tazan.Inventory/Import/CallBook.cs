using System.Collections.Frozen;
using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>Writes which calls were read where, and which should have been and were not.</summary>
internal sealed class CallBook(Database database, List<SourceDocument> sources)
{
    // Asked once for each resource, and of use to a lesson only where that was done for all of them.
    private static readonly FrozenSet<string> AskedForEach = new[]
    {
        "elbv2 DescribeTargetHealth", "elb DescribeInstanceHealth", "lambda GetFunctionRecursionConfig", "s3api GetBucketLocation", "route53 ListResourceRecordSets",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly SortedDictionary<(string Account, string Region, string Service, string Operation), Entry> entries = [];

    /// <summary>The accounts and regions that have a row of EC2, ordered.</summary>
    public List<(string Account, string Region)> Places { get; } = [];

    /// <summary>How many blind spots were written.</summary>
    public int BlindSpots { get; private set; }

    /// <summary>Fills <c>call</c> and <c>blind_spot</c>.</summary>
    public void Write()
    {
        foreach (var source in sources.Where(static s => s.Document.Call is not null))
        {
            Enter(source);
        }

        Places.AddRange(sources.Where(static s => s.Document.Call is { Service: "ec2", Scope: CallScope.Regional })
            .SelectMany(static s => s.Places.Keys).Distinct().OrderBy(static p => p.Account, StringComparer.Ordinal).ThenBy(static p => p.Region, StringComparer.Ordinal));
        using (var insert = database.Prepare("INSERT INTO call VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"))
        {
            foreach (var ((account, region, service, operation), entry) in entries)
            {
                insert.Bind(1, account).Bind(2, region).Bind(3, service).Bind(4, operation).Bind(5, entry.Call.IamAction)
                    .Bind(6, entry.Blind is null ? "read" : "blind").Bind(7, entry.Pages).Bind(8, entry.Items)
                    .Bind(9, entry.CollectedAt).Bind(10, entry.Blind ?? entry.Note).Run();
            }
        }

        WriteBlindSpots();
    }

    private void Enter(SourceDocument source)
    {
        var document = source.Document;
        var places = source.Places.Count > 0 ? source.Places : new() { [(source.Account, source.Region)] = 0 };
        var rows = Math.Max(1, places.Values.Sum());
        foreach (var ((account, region), count) in places)
        {
            var key = (account, region, document.Call!.Service, document.Call.Operation);
            if (!entries.TryGetValue(key, out var entry))
            {
                entries.Add(key, entry = new Entry(document.Call));
            }

            entry.Ask(document.Resource);
            switch (document.Status)
            {
                case DocumentStatus.Read:
                    entry.Pages++;
                    entry.Items += places.Count == 1 ? document.Items : document.Items * count / rows;
                    break;
                case DocumentStatus.Refused:
                    entry.Blind = document.Note;
                    entry.Mend = $"allow: {document.Call.IamAction}";
                    break;
                default:
                    entry.Pages++;
                    entry.Items += places.Count == 1 ? document.Items : document.Items * count / rows;
                    entry.Blind = document.Note;
                    break;
            }

            if (string.CompareOrdinal(document.CollectedAt, entry.CollectedAt) > 0)
            {
                entry.CollectedAt = document.CollectedAt;
            }
        }
    }

    private void WriteBlindSpots()
    {
        using var insert = database.Prepare("INSERT INTO blind_spot VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        var blind = new SortedDictionary<(string, string, string, string), (string Reason, string Mend)>();
        foreach (var (key, entry) in entries)
        {
            if (entry.Blind is { } reason)
            {
                blind[key] = (reason, entry.Mend.Length > 0 ? entry.Mend : Save(entry.Call, key.Region));
            }
            else if (FindMissing(entry, key.Account, key.Region) is { } missing)
            {
                blind[key] = (missing, Save(entry.Call, key.Region));
            }
        }

        foreach (var (account, region) in Places)
        {
            foreach (var call in Catalogue.Calls)
            {
                var where = call.Scope == CallScope.Global ? Identity.Global : region;
                var key = (account, where, call.Service, call.Operation);
                if (!entries.ContainsKey(key) && !blind.ContainsKey(key) && !HasNothingToAsk(call, account, where))
                {
                    blind[key] = ("not in the input", Save(call, where));
                }
            }
        }

        foreach (var ((account, region, service, operation), (reason, mend)) in blind)
        {
            insert.Bind(1, account).Bind(2, region).Bind(3, service).Bind(4, operation).Bind(5, reason).Bind(6, mend).Run();
        }

        BlindSpots = blind.Count;
    }

    // What was read stays read; that others of its kind were not asked about is said beside it. Null where all were, or
    // where some answer does not say what it is about.
    private string? FindMissing(Entry entry, string account, string region)
    {
        var call = entry.Call;
        if (entry.Asked is not { } asked || !AskedForEach.Contains(call.Service + " " + call.Operation))
        {
            return null;
        }

        var table = SnapshotSchema.Get(call.AskedAbout);
        using var count = database.Prepare($"SELECT count(DISTINCT {table.Key[0]}) FROM {table.Name} WHERE account IS ?1 AND region IS ?2");
        var all = count.Bind(1, account).Bind(2, region).Step() ? count.GetInt64(0) : 0;
        return asked.Count < all ? $"read for {asked.Count} of {all} {table.Name.Replace('_', ' ')}s" : null;
    }

    // Where there are no target groups, nobody has to ask for their health.
    private bool HasNothingToAsk(Call call, string account, string region)
    {
        foreach (var parent in call.AskedAbout.Length == 0 ? [] : Catalogue.Filling(call.AskedAbout))
        {
            var where = parent.Scope == CallScope.Global ? Identity.Global : region;
            if (parent != call && parent.AskedAbout.Length == 0
                && entries.TryGetValue((account, where, parent.Service, parent.Operation), out var entry) && entry.Blind is null)
            {
                return entry.Items == 0;
            }
        }

        return false;
    }

    private static string Save(Call call, string region)
    {
        var file = Call.Kebab(call.Operation);
        var asked = call.Parameter.Length > 0 && !call.Parameter.Contains('.') ? $" --{Call.Kebab(call.Parameter)} NAME" : "";
        var where = call.Scope == CallScope.Regional && region != Identity.Unknown ? $" --region {region}" : "";
        return asked.Length > 0
            ? $"save for each: {call.CliCommand}{asked}{where} > {file}/NAME.json"
            : $"save: {call.CliCommand}{where} > {file}.json";
    }

    private sealed class Entry(Call call)
    {
        public Call Call { get; } = call;

        /// <summary>The resources asked about; null once an answer did not say.</summary>
        public HashSet<string>? Asked { get; private set; } = new(StringComparer.Ordinal);

        public long Pages { get; set; }

        public long Items { get; set; }

        public string? CollectedAt { get; set; }

        public string? Blind { get; set; }

        public string Mend { get; set; } = "";

        public string Note { get; set; } = "";

        public void Ask(byte[]? resource)
        {
            if (resource is null)
            {
                Asked = null;
                return;
            }

            Asked?.Add(Encoding.UTF8.GetString(resource));
        }
    }
}
