using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Names, for each interface, the paths that are tracked automatically; see <see cref="AutomaticPaths"/>.</summary>
public sealed class AutomaticTrackingFact : IFact
{
    public ImmutableArray<string> Tables => ["automatic_tracking"];

    // What an instance has; the other types are the provider's own.
    private const string Ordinary = "(n.interface_type is null or n.interface_type in ('', 'interface', 'efa', 'efa-only', 'branch', 'trunk'))";

    public void Derive(FactContext context)
    {
        WriteManaged(context);
        WriteBySubnet(context);
        WriteTargets(context);
    }

    private static void WriteManaged(FactContext context)
    {
        using var query = context.Query($"select account, region, network_interface_id, instance_id, interface_type from network_interface n where not {Ordinary} order by rowid");
        using var writer = context.Write("automatic_tracking");
        while (query.Step())
        {
            if (AutomaticPaths.OfManaged(query.GetString(4), query.GetString(2)) is { } own)
            {
                Write(writer, query, own);
            }
        }
    }

    private static void WriteBySubnet(FactContext context)
    {
        var paths = AutomaticPaths.Read(context);
        using var map = new CombinationMap(context, "path_of", ["subnet_id", "vpc_id", "account", "region", "is_ipv6"], ["path", "via", "entries", "reason"]);
        using (var query = context.Query($"select distinct account, region, vpc_id, subnet_id, length(coalesce(ipv6_addresses, '')) > 2 from network_interface n where {Ordinary}"))
        {
            while (query.Step())
            {
                var hasIpv6 = query.GetInt64(4) != 0;
                foreach (var path in paths.OfSubnet(query.GetString(0), query.GetString(1), query.GetString(2), query.GetString(3), hasIpv6))
                {
                    map.Add(query.GetString(3), query.GetString(2), query.GetString(0), query.GetString(1), hasIpv6, path.Path, path.Via, (long)path.EntriesPerConnection, path.Reason);
                }
            }
        }

        map.Copy($"""
            insert into automatic_tracking
            select coalesce(n.account, '{Identity.Unknown}'), coalesce(n.region, '{Identity.Unknown}'), n.network_interface_id, n.instance_id, path_of.path, path_of.via, path_of.entries, path_of.reason
              from network_interface n cross join path_of on {map.On("n", "n.subnet_id", "n.vpc_id", "n.account", "n.region", "length(coalesce(n.ipv6_addresses, '')) > 2")}
             where {Ordinary}
             order by n.rowid, path_of.row
            """);
    }

    private static void WriteTargets(FactContext context)
    {
        var balancers = NetworkBalancersByTarget(context);
        if (balancers.Count == 0)
        {
            return;
        }

        using var query = context.Query($"""
            select account, region, network_interface_id, instance_id, private_ip_address, coalesce(device_index, 0) from network_interface n
             where {Ordinary} and (instance_id in (select target_id from target_health) or private_ip_address in (select target_id from target_health))
             order by rowid
            """);
        using var writer = context.Write("automatic_tracking");
        while (query.Step())
        {
            // A target named by its instance is reached on the first interface; one named by address, on that address.
            var byInstance = query.GetInt64(5) == 0 ? balancers.GetValueOrDefault((query.GetString(0), query.GetString(1), query.GetString(3))) : null;
            var byAddress = balancers.GetValueOrDefault((query.GetString(0), query.GetString(1), query.GetString(4)));
            foreach (var path in (byInstance ?? []).Concat(byAddress ?? []).DistinctBy(static path => path.Via))
            {
                Write(writer, query, path);
            }
        }
    }

    private static Dictionary<(string Account, string Region, string Target), List<AutomaticPath>> NetworkBalancersByTarget(FactContext context)
    {
        var balancers = new Dictionary<(string, string, string), List<AutomaticPath>>();
        using var query = context.Query("""
            select h.account, h.region, h.target_id, b.load_balancer_name, b.load_balancer_arn, g.target_group_name
              from load_balancer b
              join target_group g on exists (select 1 from json_each(g.load_balancer_arns) a where a.value = b.load_balancer_arn)
              join target_health h on h.target_group_arn = g.target_group_arn
             where b.type = 'network'
             order by h.target_id, b.load_balancer_arn, g.target_group_arn
            """);
        while (query.Step())
        {
            var target = (query.GetString(0), query.GetString(1), query.GetString(2));
            if (!balancers.TryGetValue(target, out var paths))
            {
                balancers[target] = paths = [];
            }

            var via = query.FindString(3) ?? query.GetString(4);
            if (!paths.Exists(path => path.Via == via))
            {
                paths.Add(new AutomaticPath("network-load-balancer", via, 1, $"A target of {query.GetString(5)} behind the Network Load Balancer {via}: its flows are tracked automatically."));
            }
        }

        return balancers;
    }

    private static void Write(FactWriter writer, Statement query, AutomaticPath path) =>
        writer.RowUtf8(query.GetUtf8(0), query.GetUtf8(1)).AddUtf8(query.GetUtf8(2)).AddUtf8(query.GetUtf8(3))
            .Add(path.Path).Add(path.Via).Add((long)path.EntriesPerConnection).Add(path.Reason).End();
}
