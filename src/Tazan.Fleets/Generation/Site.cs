using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Fleets;

/// <summary>One account's use of one region while it is put together: its network, groups, images and instances.</summary>
internal sealed class Site
{
    private readonly World world;
    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> imageIds = new(StringComparer.Ordinal);

    // 198.18.0.0/15 is set aside for benchmarks (RFC 2544), so no fleet names somebody's real address.
    private uint nextPublic = 0xC6120001;

    public Site(SiteSpec spec, World world)
    {
        this.world = world;
        Spec = spec;
        var parts = spec.Cidr.Split('.');
        var vpc = (uint.Parse(parts[0], CultureInfo.InvariantCulture) << 24) | (uint.Parse(parts[1], CultureInfo.InvariantCulture) << 16);
        VpcId = world.Ids.New("vpc");
        // Up to three zones share the /16 as three /18 and three /20; a fourth zone halves the private ones.
        var prefix = spec.Zones.Length <= 3 ? 18 : 19;
        var publics = vpc + (uint)(spec.Zones.Length <= 3 ? 3 << 14 : 4 << 13);
        Subnets =
        [
            .. spec.Zones.Select((z, i) => new Subnet(world.Ids.New("subnet"), Region + z, false, vpc + ((uint)i << (32 - prefix)), prefix)),
            .. spec.Zones.Select((z, i) => new Subnet(world.Ids.New("subnet"), Region + z, true, publics + ((uint)i << 12), 20)),
        ];
        Default = NewGroup("default", "default VPC security group");
    }

    public SiteSpec Spec { get; }

    public string Region => Spec.Region;

    public string Account => Spec.Account.Id;

    public string VpcId { get; }

    public string VpcCidr => $"{Spec.Cidr}.0.0/16";

    public ImmutableArray<Subnet> Subnets { get; }

    public Group Default { get; }

    public IReadOnlyCollection<Group> Groups => groups.Values;

    public List<Machine> Machines { get; } = [];

    /// <summary>Interfaces that are not instances': of NAT gateways, endpoints and load balancers.</summary>
    public List<Json> OtherInterfaces { get; } = [];

    public List<Json> Addresses { get; } = [];

    /// <summary>Security-group and load-balancer names of classic and newer load balancers, by service.</summary>
    public Dictionary<ServiceSpec, List<string>> TargetGroupArns { get; } = [];

    public Dictionary<ServiceSpec, List<string>> ClassicNames { get; } = [];

    /// <summary>Suffix of the domain names of private addresses.</summary>
    public string InternalDomain => Region == "us-east-1" ? "ec2.internal" : $"{Region}.compute.internal";

    public string Arn(string service, string rest) => $"arn:aws:{service}:{Region}:{Account}:{rest}";

    public void Save(string call, string member, IReadOnlyList<Json> items, string resource = "", int pageSize = 1000, Json? tail = null) =>
        world.List(Account, Region, call, member, items, resource, pageSize, tail);

    public Subnet SubnetIn(string zoneLetter, bool isPublic) => Subnets.First(s => s.IsPublic == isPublic && s.Zone == Region + zoneLetter);

    public Group NewGroup(string name, string description)
    {
        var group = new Group(world.Ids.New("sg"), name, description);
        groups.Add(name, group);
        return group;
    }

    public Group? FindGroup(string name) => groups.GetValueOrDefault(name);

    public string PublicAddress() => Subnet.Dotted(nextPublic++);

    public string PrivateName(string ip) => $"ip-{ip.Replace('.', '-')}.{InternalDomain}";

    public string PublicName(string ip) => $"ec2-{ip.Replace('.', '-')}.{(Region == "us-east-1" ? "compute-1" : Region + ".compute")}.amazonaws.com";

    /// <summary>The image's id here: ids of images are regional.</summary>
    public string ImageId(ImageSpec image)
    {
        if (!imageIds.TryGetValue(image.Name, out var id))
        {
            imageIds[image.Name] = id = world.Ids.New("ami");
        }

        return id;
    }

    /// <summary>The snapshot under an image's root volume.</summary>
    public string ImageSnapshotId(ImageSpec image)
    {
        var key = "snapshot of " + image.Name;
        if (!imageIds.TryGetValue(key, out var id))
        {
            imageIds[key] = id = world.Ids.New("snap");
        }

        return id;
    }

    public IEnumerable<Machine> Of(ServiceSpec service) => Machines.Where(m => m.Service == service);
}
