using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>One document after reading: where it came from and where it belongs, as far as that is known.</summary>
internal sealed class SourceDocument(long id, FileImport file, Document document)
{
    public long Id { get; } = id;

    public FileImport File { get; } = file;

    public Document Document { get; } = document;

    public string Folder { get; } = file.File.Folder;

    /// <summary>How many rows each pair of account and region has; empty text for not known.</summary>
    public Dictionary<(string Account, string Region), long> Places { get; set; } = [];

    public string Account { get; set; } = "";

    public string AccountFrom { get; set; } = "";

    public string Region { get; set; } = "";

    public string RegionFrom { get; set; } = "";

    public bool IsGlobal => Document.Call?.Scope == CallScope.Global;
}

/// <summary>Finds out to which account and region rows belong that do not say so themselves.</summary>
/// <remarks>
/// In this order: the row (done while reading); what it refers to (its VPC, its instance); the document's other rows; the
/// other documents in its folder; the names of its folders; documents in the folders around it; the flags; the only
/// account of the whole input; else <c>unknown</c>. Each step is taken only where it gives one answer.
/// </remarks>
internal sealed class Origins(Database database, List<SourceDocument> sources, ImportOptions options, List<string> notes)
{
    // A resource named by one of these columns lies in the same account and region as the row. Subnets and VPCs can be
    // shared between accounts, so they come last.
    private static readonly string[] References =
        ["instance_id", "volume_id", "network_interface_id", "nat_gateway_id", "route_table_id", "network_acl_id", "launch_template_id", "group_id", "subnet_id", "vpc_id"];

    private static readonly (string Table, string Id)[] Referred =
    [
        ("instance", "instance_id"), ("volume", "volume_id"), ("network_interface", "network_interface_id"), ("nat_gateway", "nat_gateway_id"),
        ("route_table", "route_table_id"), ("network_acl", "network_acl_id"), ("launch_template", "launch_template_id"),
        ("security_group", "group_id"), ("subnet", "subnet_id"), ("vpc", "vpc_id"),
    ];

    /// <summary>Places every row and every document.</summary>
    public void Resolve()
    {
        foreach (var source in sources)
        {
            Collect(source);
        }

        var homeless = sources.Where(static s => s.Document.Homeless.Count > 0).ToList();
        if (homeless.Count > 0)
        {
            var tables = homeless.SelectMany(static s => s.Document.Homeless).Distinct().Order(StringComparer.Ordinal).ToList();
            FollowReferences(tables);
            Recollect(homeless);
        }

        PlaceDocuments();
        if (homeless.Count > 0)
        {
            Update(homeless);
        }

        SayContradictions();
    }

    private static void Collect(SourceDocument source)
    {
        foreach (var ((account, region), rows) in source.Document.Places)
        {
            var key = (Text(source.File, account), source.IsGlobal ? Identity.Global : Text(source.File, region));
            source.Places[key] = source.Places.GetValueOrDefault(key) + rows;
        }

        source.AccountFrom = source.Document.AccountFrom;
        source.RegionFrom = source.Document.RegionFrom;
    }

    private static string Text(FileImport file, int name) => Encoding.UTF8.GetString(file.Name(name));

    private void FollowReferences(List<string> tables)
    {
        database.Execute("CREATE TEMP TABLE known (id TEXT PRIMARY KEY, account TEXT, region TEXT) WITHOUT ROWID");
        foreach (var (table, id) in Referred)
        {
            database.Execute($"INSERT OR IGNORE INTO known SELECT {id}, account, region FROM {table} WHERE {id} IS NOT NULL AND account IS NOT NULL AND region IS NOT NULL");
        }

        if (database.Count("SELECT EXISTS (SELECT 1 FROM known)") == 1)
        {
            foreach (var table in tables)
            {
                var columns = SnapshotSchema.Get(table).Columns.Select(static c => c.Name).ToHashSet(StringComparer.Ordinal);
                foreach (var reference in References.Where(columns.Contains))
                {
                    database.Execute($"UPDATE {table} SET account = coalesce({table}.account, k.account), region = coalesce({table}.region, k.region) FROM known k WHERE ({table}.account IS NULL OR {table}.region IS NULL) AND k.id = {table}.{reference}");
                }
            }
        }

        database.Execute("DROP TABLE known");
    }

    // What the documents' rows say now, references followed.
    private void Recollect(List<SourceDocument> homeless)
    {
        var byId = homeless.ToDictionary(static s => s.Id);
        var hadAccount = homeless.ToDictionary(static s => s.Id, static s => s.Places.Keys.Any(static p => p.Account.Length > 0));
        var hadRegion = homeless.ToDictionary(static s => s.Id, static s => s.Places.Keys.Any(static p => p.Region.Length > 0));
        foreach (var source in homeless)
        {
            source.Places = [];
        }

        foreach (var table in homeless.SelectMany(static s => s.Document.Call!.Fills).Select(static f => f.Table).Distinct().Order(StringComparer.Ordinal))
        {
            using var query = database.Prepare($"SELECT source, coalesce(account, ''), coalesce(region, ''), count(*) FROM {table} GROUP BY 1, 2, 3");
            while (query.Step())
            {
                if (byId.TryGetValue(query.GetInt64(0), out var source))
                {
                    var key = (query.GetString(1), query.GetString(2));
                    source.Places[key] = source.Places.GetValueOrDefault(key) + query.GetInt64(3);
                    if (key.Item1.Length > 0 && !hadAccount[source.Id])
                    {
                        source.AccountFrom = "what its rows refer to";
                    }

                    if (key.Item2.Length > 0 && !hadRegion[source.Id])
                    {
                        source.RegionFrom = "what its rows refer to";
                    }
                }
            }
        }
    }

    private void PlaceDocuments()
    {
        var calls = sources.Where(static s => s.Document.Call is not null).ToList();
        foreach (var source in calls)
        {
            source.Account = Only(source.Places.Keys.Select(static p => p.Account));
            source.Region = source.IsGlobal ? Identity.Global : Only(source.Places.Keys.Select(static p => p.Region));
            source.RegionFrom = source.IsGlobal ? "the call" : source.RegionFrom;
        }

        var accounts = Evidence(calls, static s => s.Places.Keys.Select(static p => p.Account));
        var regions = Evidence(calls.Where(static s => !s.IsGlobal).ToList(), static s => s.Places.Keys.Select(static p => p.Region));
        foreach (var source in calls)
        {
            var lacksAccount = source.Account.Length == 0 && (source.Places.Count == 0 || source.Places.Keys.Any(static p => p.Account.Length == 0));
            if (lacksAccount)
            {
                (source.Account, source.AccountFrom) = Find(source, accounts, static p => p.Account, Places.IsAccountText, options.Account, "--account", Owner);
            }
            else if (source.Account.Length == 0)
            {
                source.Account = Several;
            }

            if (!source.IsGlobal && source.Region.Length == 0)
            {
                if (source.Places.Count == 0 || source.Places.Keys.Any(static p => p.Region.Length == 0))
                {
                    (source.Region, source.RegionFrom) = Find(source, regions, static p => p.Region, Places.IsRegion, options.Region, "--region", static _ => "");
                }
                else
                {
                    source.Region = Several;
                }
            }
        }
    }

    /// <summary>What a report says of a document whose rows belong to more than one.</summary>
    public const string Several = "several";

    // Which values the documents of each folder (its subfolders for the second) speak of.
    private static (Dictionary<string, HashSet<string>> Own, Dictionary<string, HashSet<string>> Below, HashSet<string> All) Evidence(
        List<SourceDocument> calls, Func<SourceDocument, IEnumerable<string>> values)
    {
        var own = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var below = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in calls)
        {
            foreach (var value in values(source).Where(static v => v.Length > 0))
            {
                all.Add(value);
                Add(own, source.Folder, value);
                for (var folder = source.Folder; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
                {
                    Add(below, folder, value);
                }
            }
        }

        return (own, below, all);

        static void Add(Dictionary<string, HashSet<string>> into, string folder, string value)
        {
            if (!into.TryGetValue(folder, out var set))
            {
                into.Add(folder, set = new HashSet<string>(StringComparer.Ordinal));
            }

            set.Add(value);
        }
    }

    private static (string Value, string From) Find(
        SourceDocument source,
        (Dictionary<string, HashSet<string>> Own, Dictionary<string, HashSet<string>> Below, HashSet<string> All) known,
        Func<(string Account, string Region), string> own,
        Func<string, bool> isOne,
        string? flag,
        string flagName,
        Func<SourceDocument, string> lastResort)
    {
        if (Only(source.Places.Keys.Select(own)) is { Length: > 0 } other)
        {
            return (other, "the document's other rows");
        }

        if (known.Own.TryGetValue(source.Folder, out var beside) && beside.Count == 1)
        {
            return (beside.First(), "the files beside it");
        }

        foreach (var part in source.File.File.Path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Reverse())
        {
            if (InName(part, isOne) is { } named)
            {
                return (named, (part == Path.GetFileName(source.File.File.Path) ? "file name " : "folder ") + part);
            }
        }

        for (var folder = source.Folder; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (known.Below.TryGetValue(folder, out var around))
            {
                if (around.Count == 1)
                {
                    return (around.First(), "files in " + folder);
                }

                break;
            }
        }

        return flag is not null ? (flag, flagName)
            : known.All.Count == 1 ? (known.All.First(), "the only one in the input")
            : lastResort(source) is { Length: > 0 } last ? (last, "the owner of all its items")
            : (Identity.Unknown, "nothing says it");
    }

    // "123456789012", "prod-123456789012", "us-east-1", "us-east-1-volumes", "saved_us-east-1".
    private static string? InName(string name, Func<string, bool> isOne)
    {
        foreach (var part in name.Split('_', '.', ' ', '=', '@', ','))
        {
            if (isOne(part))
            {
                return part;
            }

            var words = part.Split('-');
            for (var i = 0; i < words.Length; i++)
            {
                for (var length = Math.Min(4, words.Length - i); length >= 1; length--)
                {
                    var candidate = string.Join('-', words, i, length);
                    if (isOne(candidate))
                    {
                        return candidate;
                    }
                }
            }
        }

        return null;
    }

    // Whoever owns all the images listed, where nothing better is known, is likely the one who lists them.
    private string Owner(SourceDocument source)
    {
        foreach (var fill in source.Document.Call!.Fills.Where(static f => f.Columns.Any(static c => c.Name == "owner_id")))
        {
            using var query = database.Prepare($"SELECT min(owner_id), max(owner_id) FROM {fill.Table} WHERE source = ?1");
            query.Bind(1, source.Id);
            if (query.Step() && query.FindString(0) is { } least && least == query.FindString(1) && Places.IsAccountText(least))
            {
                return least;
            }
        }

        return "";
    }

    private void Update(List<SourceDocument> homeless)
    {
        database.Execute("CREATE TEMP TABLE place (source INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL)");
        using (var insert = database.Prepare("INSERT INTO place VALUES (?1, ?2, ?3)"))
        {
            foreach (var source in homeless)
            {
                insert.Bind(1, source.Id).Bind(2, source.Account).Bind(3, source.Region).Run();
            }
        }

        foreach (var table in homeless.SelectMany(static s => s.Document.Homeless).Distinct().Order(StringComparer.Ordinal))
        {
            database.Execute($"UPDATE {table} SET account = coalesce({table}.account, p.account), region = coalesce({table}.region, p.region) FROM place p WHERE p.source = {table}.source AND ({table}.account IS NULL OR {table}.region IS NULL)");
        }

        database.Execute("DROP TABLE place");
        foreach (var source in homeless)
        {
            source.Places = source.Places.GroupBy(p => (p.Key.Account.Length > 0 ? p.Key.Account : source.Account, p.Key.Region.Length > 0 ? p.Key.Region : source.Region))
                .ToDictionary(static g => g.Key, static g => g.Sum(static p => p.Value));
        }
    }

    private void SayContradictions()
    {
        Say(options.Account, "--account", sources.SelectMany(static s => s.Places.Keys.Select(static p => p.Account)));
        Say(options.Region, "--region", sources.Where(static s => !s.IsGlobal).SelectMany(static s => s.Places.Keys.Select(static p => p.Region)));

        void Say(string? flag, string name, IEnumerable<string> seen)
        {
            var others = seen.Where(v => v.Length > 0 && v != flag && v != Identity.Unknown).Distinct().Order(StringComparer.Ordinal).ToList();
            if (flag is not null && others.Count > 0)
            {
                notes.Add($"{name} {flag} holds only for what the input leaves open: it also names {string.Join(", ", others.Take(5))}{(others.Count > 5 ? ", …" : "")}.");
            }
        }
    }

    private static string Only(IEnumerable<string> values)
    {
        var found = "";
        foreach (var value in values)
        {
            if (value.Length == 0 || value == found)
            {
                continue;
            }

            if (found.Length > 0)
            {
                return "";
            }

            found = value;
        }

        return found;
    }
}
