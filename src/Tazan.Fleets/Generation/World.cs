using System.Collections.Immutable;

namespace Tazan.Fleets;

/// <summary>What one generation works on: the description, the ids given so far, and the answers put together so far.</summary>
internal sealed class World
{
    /// <summary>The word for what has no region, as the folder is named.</summary>
    public const string Global = Identity.Global;

    // EC2's own largest page; smaller fleets stay in one file, as the CLI joins pages unless told otherwise.
    private const int PageSize = 1000;

    private readonly List<SavedAnswer> answers = [];

    public World(FleetSpec spec, ulong seed, DateTimeOffset now)
    {
        Spec = spec;
        Ids = new Ids(new RandomStream(seed).For(spec.Name));
        Now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        Sites = [.. spec.Sites.Select(s => new Site(s, this))];
    }

    public FleetSpec Spec { get; }

    public Ids Ids { get; }

    /// <summary>UTC, whole seconds.</summary>
    public DateTimeOffset Now { get; }

    public ImmutableArray<Site> Sites { get; }

    /// <summary>Launch template ids of the services in Auto Scaling groups.</summary>
    public Dictionary<ServiceSpec, string> Templates { get; } = [];

    /// <summary>ARNs of the load balancers, once they are saved.</summary>
    public Dictionary<LoadBalancerSpec, string> BalancerArns { get; } = [];

    public List<Announced> Announced { get; } = [];

    public Site SiteOf(SiteSpec spec) => Sites.First(s => s.Spec == spec);

    /// <summary>Saves an answer that is one list, in pages when it is long.</summary>
    public void List(string account, string region, string call, string member, IReadOnlyList<Json> items, string resource = "", int pageSize = PageSize, Json? tail = null)
    {
        var pages = Math.Max(1, (items.Count + pageSize - 1) / pageSize);
        for (var page = 0; page < pages; page++)
        {
            Json[] part = [.. items.Skip(page * pageSize).Take(pageSize)];
            var body = new Json { { member, part } };
            foreach (var (name, value) in tail ?? [])
            {
                body.Add(name, value);
            }

            if (page < pages - 1)
            {
                body.Add("NextToken", Ids.Hex("token", 16) + Ids.Hex("token", 16));
            }

            answers.Add(new SavedAnswer(account, region, call, resource, pages == 1 ? 0 : page + 1, body));
        }
    }

    /// <summary>Saves an answer that is one object.</summary>
    public void One(string account, string region, string call, Json body, string resource = "", int page = 0) =>
        answers.Add(new SavedAnswer(account, region, call, resource, page, body));

    public ImmutableArray<SavedAnswer> Saved() => [.. answers.OrderBy(static a => a.Path, StringComparer.Ordinal)];

    public static Json[] Tags(IEnumerable<KeyValuePair<string, string>> tags) => [.. tags.Select(static t => new Json { { "Key", t.Key }, { "Value", t.Value } })];

    public static Json[] Tags(string name) => [new Json { { "Key", "Name" }, { "Value", name } }];
}

/// <summary>An instance being put together, with what other answers say about it.</summary>
internal sealed class Machine
{
    public required string Id { get; init; }

    public required ServiceSpec Service { get; init; }

    public required int Index { get; init; }

    public required InstanceType Type { get; init; }

    public required ImageSpec Image { get; init; }

    public required string ImageId { get; init; }

    public required string ZoneLetter { get; init; }

    public required string Zone { get; init; }

    public required Subnet Subnet { get; init; }

    public required string Ip { get; init; }

    public required string? PublicIp { get; init; }

    public required string EniId { get; init; }

    public required string Mac { get; init; }

    public required DateTimeOffset Launched { get; init; }

    public required bool IsRunning { get; init; }

    public required bool FailsCheck { get; init; }

    public required Group Group { get; init; }

    public List<Disk> Disks { get; } = [];

    public List<Json> Events { get; } = [];

    public string Name => $"{Service.Name}-{Index + 1:000}";
}

/// <summary>A volume of an instance.</summary>
internal sealed record Disk(string Id, VolumeSpec Spec, Machine Machine, DateTimeOffset Created, string? FromSnapshot, bool IsRoot)
{
    public List<string> Snapshots { get; } = [];
}

/// <summary>A subnet, and how many of its addresses are taken.</summary>
internal sealed class Subnet(string id, string zone, bool isPublic, uint first, int prefix)
{
    // AWS keeps the first four addresses and the last one (VPC User Guide, subnet sizing).
    private const int Kept = 5;

    private uint taken;

    public string Id { get; } = id;

    public string Zone { get; } = zone;

    public bool IsPublic { get; } = isPublic;

    public string Cidr { get; } = $"{Dotted(first)}/{prefix}";

    public long Capacity { get; } = (1L << (32 - prefix)) - Kept;

    public long Free => Capacity - taken;

    public string Take()
    {
        if (Free <= 0)
        {
            throw new UserError("TZN5011", "", $"the subnet {Cidr} in {Zone} has only {Capacity} addresses.", "Spread the services over more zones or regions.");
        }

        return Dotted(first + 4 + taken++);
    }

    public static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}

/// <summary>A security group with its rules.</summary>
internal sealed record Group(string Id, string Name, string Description)
{
    public List<Rule> Rules { get; } = [];
}

/// <summary>One permission. Exactly one of <paramref name="Cidr"/> and <paramref name="From"/> is set.</summary>
internal sealed record Rule(bool IsEgress, string Protocol, int FromPort, int ToPort, string? Cidr, Group? From);
