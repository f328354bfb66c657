using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Security groups: one for each service, load balancer, database and cache, named after it.</summary>
internal static class Groups
{
    private const string Anywhere = "0.0.0.0/0";

    public static void Prepare(World world, Site site)
    {
        site.Default.Rules.Add(new Rule(false, "-1", -1, -1, null, site.Default));
        site.Default.Rules.Add(new Rule(true, "-1", -1, -1, Anywhere, null));
        var spec = world.Spec;
        // All groups first, since rules refer to one another.
        foreach (var name in spec.LoadBalancers.Where(b => b.Site == site.Spec && b.Kind != "network").Select(static b => b.Name)
            .Concat(spec.Services.Where(s => s.Site == site.Spec).Select(static s => s.Name)))
        {
            site.NewGroup(name, $"{name}: managed by the platform team");
        }

        foreach (var balancer in spec.LoadBalancers.Where(b => b.Site == site.Spec && b.Kind != "network"))
        {
            var group = site.FindGroup(balancer.Name)!;
            group.Rules.Add(new Rule(false, "tcp", balancer.Port, balancer.Port, balancer.IsInternal ? site.VpcCidr : Anywhere, null));
            group.Rules.Add(new Rule(true, "-1", -1, -1, Anywhere, null));
        }

        foreach (var service in spec.Services.Where(s => s.Site == site.Spec))
        {
            var group = site.FindGroup(service.Name)!;
            Open(site, group, service.Opens);
            if (service.Egress != "none")
            {
                group.Rules.Add(new Rule(true, "-1", -1, -1, service.Egress == "open" ? Anywhere : site.VpcCidr, null));
            }
        }

        foreach (var (name, opens) in spec.Databases.Where(d => d.Site == site.Spec).Select(static d => ($"{d.Name}-rds", d.Opens))
            .Concat(spec.Caches.Where(c => c.Site == site.Spec).Select(static c => ($"{c.Name}-cache", c.Opens))))
        {
            // A database and a service may share a name, so these groups say what they are of.
            var group = site.FindGroup(name) ?? site.NewGroup(name, $"{name}: managed by the data team");
            Open(site, group, opens);
            group.Rules.Add(new Rule(true, "-1", -1, -1, Anywhere, null));
        }

        if (site.Spec.Endpoints.Any(Network.IsInterface))
        {
            var group = site.FindGroup("vpc-endpoints") ?? site.NewGroup("vpc-endpoints", "Interface endpoints");
            group.Rules.Add(new Rule(false, "tcp", 443, 443, site.VpcCidr, null));
        }
    }

    public static void Save(Site site)
    {
        site.Save("ec2-describe-security-groups", "SecurityGroups", [.. site.Groups.Select(g => Describe(site, g))]);
        site.Save("ec2-describe-security-group-rules", "SecurityGroupRules", [.. site.Groups.SelectMany(g => g.Rules.Select((r, i) => DescribeRule(site, g, r, i)))]);
    }

    private static void Open(Site site, Group group, IEnumerable<OpeningSpec> opens)
    {
        foreach (var opening in opens)
        {
            var protocol = opening.Protocol == "all" ? "-1" : opening.Protocol;
            foreach (var source in opening.From)
            {
                // A network load balancer has no group of its own here: its addresses are the VPC's.
                var from = site.FindGroup(source);
                var cidr = from is not null ? null : source == "anywhere" ? Anywhere : source.Contains('/', StringComparison.Ordinal) ? source : site.VpcCidr;
                group.Rules.Add(new Rule(false, protocol, opening.FromPort, opening.ToPort, cidr, from));
            }
        }
    }

    private static Json Describe(Site site, Group group) => new()
    {
        { "GroupId", group.Id },
        { "IpPermissionsEgress", Permissions(site, group, true) },
        { "Tags", World.Tags(group.Name) },
        { "VpcId", site.VpcId },
        { "SecurityGroupArn", site.Arn("ec2", $"security-group/{group.Id}") },
        { "OwnerId", site.Account },
        { "GroupName", group.Name },
        { "Description", group.Description },
        { "IpPermissions", Permissions(site, group, false) },
    };

    // AWS joins rules of one protocol and port range into one permission.
    private static Json[] Permissions(Site site, Group group, bool egress) =>
    [
        .. group.Rules.Where(r => r.IsEgress == egress).GroupBy(static r => (r.Protocol, r.FromPort, r.ToPort)).Select(p => new Json
        {
            { "IpProtocol", p.Key.Protocol },
            { "FromPort", p.Key.Protocol == "-1" ? null : p.Key.FromPort },
            { "ToPort", p.Key.Protocol == "-1" ? null : p.Key.ToPort },
            { "UserIdGroupPairs", p.Where(static r => r.From is not null).Select(r => new Json { { "UserId", site.Account }, { "GroupId", r.From!.Id } }).ToArray() },
            { "IpRanges", p.Where(static r => r.Cidr is not null && !IsV6(r)).Select(static r => new Json { { "CidrIp", r.Cidr } }).ToArray() },
            { "Ipv6Ranges", p.Where(static r => r.Cidr is not null && IsV6(r)).Select(static r => new Json { { "CidrIpv6", r.Cidr } }).ToArray() },
            { "PrefixListIds", Json.None },
        }),
    ];

    private static bool IsV6(Rule rule) => rule.Cidr!.Contains(':', StringComparison.Ordinal);

    private static Json DescribeRule(Site site, Group group, Rule rule, int index)
    {
        // Made from the group's id, so that a rule's id needs no stream of its own.
        var id = string.Create(CultureInfo.InvariantCulture, $"sgr-{group.Id.AsSpan(3, 15)}{index & 255:x2}");
        return new Json
        {
            { "SecurityGroupRuleId", id },
            { "GroupId", group.Id },
            { "GroupOwnerId", site.Account },
            { "IsEgress", rule.IsEgress },
            { "IpProtocol", rule.Protocol },
            { "FromPort", rule.FromPort },
            { "ToPort", rule.ToPort },
            { "CidrIpv4", rule.Cidr is not null && !IsV6(rule) ? rule.Cidr : null },
            { "CidrIpv6", rule.Cidr is not null && IsV6(rule) ? rule.Cidr : null },
            { "ReferencedGroupInfo", rule.From is null ? null : new Json { { "GroupId", rule.From.Id }, { "UserId", site.Account } } },
            { "Tags", Json.None },
            { "SecurityGroupRuleArn", site.Arn("ec2", $"security-group-rule/{id}") },
        };
    }
}
