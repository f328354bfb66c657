using System.Collections.Immutable;
using Tazan.Inventory.Facts.Network;

namespace Tazan.Inventory.Facts.Services;

/// <summary>
/// Who needs whom: where a group lets in members of another group, services with the second need services with the
/// first. Databases and caches that the provider runs are needed in the same way, by their own groups.
/// </summary>
/// <remarks>
/// A group that more than <see cref="CommonGroup"/> services carry is a base group of the fleet and tells nothing; nor
/// does a group that refers to itself, nor a port of remote administration: the bastion does not need the web tier.
/// </remarks>
public sealed class ServiceDependencyFact : IFact
{
    // Assumed: no single job has this many different neighbours through one group.
    private const int CommonGroup = 64;

    // SSH, RDP and WinRM, by which people and tools come, not requests.
    private static readonly int[] Administration = [22, 3389, 5985, 5986];

    public ImmutableArray<string> Tables => ["service_dependency"];

    public void Derive(FactContext context)
    {
        var servicesOf = ServicesByGroup(context, out var places);
        var needed = NeededByGroup(context, servicesOf);
        var found = new SortedDictionary<(string Service, string DependsOn, string Protocol, long Port), (string Reason, string Origin)>();

        AddDeclared(context.Settings, places, found);
        using (var query = context.Query("""
            select group_id, source, ip_protocol, from_port, to_port from security_group_rule
             where direction = 'ingress' and source_kind = 'group' and family = 'ipv4' and ip_protocol in ('tcp', 'udp', 'all') and group_id <> source
             order by rowid
            """))
        {
            while (query.Step())
            {
                var (group, source, protocol) = (query.GetString(0), query.GetString(1), query.GetString(2));
                var ports = new PortRange((int)query.GetInt64(3), (int)query.GetInt64(4));
                if (!needed.TryGetValue(group, out var things) || !servicesOf.TryGetValue(source, out var callers)
                    || callers.Count > CommonGroup || things.Count > CommonGroup || (ports.First == ports.Last && Administration.Contains(ports.First)))
                {
                    continue;
                }

                foreach (var thing in things.Where(thing => thing.Port is not { } port || ports.Contains((int)port)))
                {
                    foreach (var caller in callers.Where(caller => caller != thing.Name))
                    {
                        found.TryAdd(
                            (caller, thing.Name, protocol, protocol == "all" ? thing.Port ?? 0 : thing.Port ?? ports.First),
                            ($"{group} of {thing.Name} lets in {protocol}{(protocol == "all" ? "" : " " + ports)} from {source} of {caller}", "security-group"));
                    }
                }
            }
        }

        using var writer = context.Write("service_dependency");
        foreach (var ((service, dependsOn, protocol, port), (reason, origin)) in found)
        {
            var (account, region) = places[service];
            writer.Row(account, region).Add(service).Add(dependsOn).Add(protocol).Add(port).Add(reason).Add(origin).End();
        }
    }

    private static Dictionary<string, List<string>> ServicesByGroup(
        FactContext context, out Dictionary<string, (string Account, string Region)> places)
    {
        var servicesOf = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        places = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var query = context.Query("select account, region, service, security_groups from service order by service");
        while (query.Step())
        {
            var service = query.GetString(2);
            places[service] = (query.GetString(0), query.GetString(1));
            foreach (var group in JsonTexts.ReadArray(query.GetUtf8(3)))
            {
                if (!servicesOf.TryGetValue(group, out var services))
                {
                    servicesOf[group] = services = [];
                }

                services.Add(service);
            }
        }

        return servicesOf;
    }

    /// <summary>What stands behind each group: services, which listen on any port, and managed things, which listen on theirs where it is known.</summary>
    private static Dictionary<string, List<Thing>> NeededByGroup(FactContext context, Dictionary<string, List<string>> servicesOf)
    {
        var needed = servicesOf.ToDictionary(static pair => pair.Key, static pair => pair.Value.Select(static name => new Thing(name, null)).ToList(), StringComparer.Ordinal);
        using (var query = context.Refine("select db_instance_identifier, endpoint_port, security_groups from db_instance order by db_instance_identifier"))
        {
            while (query.Step())
            {
                Add("db:" + query.GetString(0), query.FindInt64(1), JsonTexts.ReadArray(query.GetUtf8(2)));
            }
        }

        // The answer has no port; these are the engines' defaults.
        using (var query = context.Refine("select cache_cluster_id, case engine when 'memcached' then 11211 else 6379 end, security_groups from cache_cluster order by cache_cluster_id"))
        {
            while (query.Step())
            {
                Add("cache:" + query.GetString(0), query.FindInt64(1), JsonTexts.ReadArray(query.GetUtf8(2)));
            }
        }

        return needed;

        void Add(string name, long? port, List<string> groups)
        {
            foreach (var group in groups)
            {
                if (!needed.TryGetValue(group, out var things))
                {
                    needed[group] = things = [];
                }

                things.Add(new Thing(name, port));
            }
        }
    }

    private static void AddDeclared(
        FleetSettings settings, Dictionary<string, (string Account, string Region)> places, SortedDictionary<(string, string, string, long), (string, string)> found)
    {
        foreach (var declared in settings.Services)
        {
            if (places.ContainsKey(declared.Name) && !declared.DependsOn.IsDefault)
            {
                foreach (var other in declared.DependsOn)
                {
                    found[(declared.Name, other, "", 0)] = ("declared in tazan.yaml", "declared");
                }
            }
        }
    }

    private sealed record Thing(string Name, long? Port);
}
