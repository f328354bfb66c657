using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Names, for each interface, the paths that are tracked automatically; see <see cref="AutomaticPaths"/>.</summary>
public sealed class AutomaticTrackingFact : IFact
{
    public ImmutableArray<string> Tables => ["automatic_tracking"];

    public void Derive(FactContext context)
    {
        var paths = AutomaticPaths.Read(context);
        var balancers = NetworkBalancersByTarget(context);
        var combinations = new Utf8Index();
        var pathsOf = new List<List<AutomaticPath>>();
        var key = new CombinationKey();

        using var query = context.Query("""
            select account, region, vpc_id, subnet_id, interface_type, network_interface_id, instance_id, private_ip_address, device_index, ipv6_addresses
              from network_interface order by rowid
            """);
        using var writer = context.Write("automatic_tracking");
        while (query.Step())
        {
            var type = query.GetUtf8(4);
            if (!type.IsEmpty && !type.SequenceEqual("interface"u8) && !type.StartsWith("efa"u8) && !type.SequenceEqual("branch"u8) && !type.SequenceEqual("trunk"u8))
            {
                if (AutomaticPaths.OfManaged(query.GetString(4), query.GetString(5)) is { } own)
                {
                    Write(writer, query, own);
                }

                continue;
            }

            var hasIpv6 = query.GetUtf8(9).Length > 2;
            key.Start().Add(query.GetUtf8(0)).Add(query.GetUtf8(1)).Add(query.GetUtf8(2)).Add(query.GetUtf8(3)).Add(hasIpv6);
            var number = combinations.Add(key.Bytes, out var isNew);
            if (isNew)
            {
                pathsOf.Add(paths.OfSubnet(query.GetString(0), query.GetString(1), query.GetString(2), query.GetString(3), hasIpv6));
            }

            foreach (var path in pathsOf[number])
            {
                Write(writer, query, path);
            }

            if (balancers.Count > 0)
            {
                // A target named by its instance is reached on the first interface; one named by address, on that address.
                var byInstance = query.GetInt64(8) == 0 && !query.IsNull(6) ? balancers.GetValueOrDefault((query.GetString(0), query.GetString(1), query.GetString(6))) : null;
                var byAddress = query.IsNull(7) ? null : balancers.GetValueOrDefault((query.GetString(0), query.GetString(1), query.GetString(7)));
                foreach (var path in (byInstance ?? []).Concat(byAddress ?? []).DistinctBy(static path => path.Via))
                {
                    Write(writer, query, path);
                }
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
        writer.RowUtf8(query.GetUtf8(0), query.GetUtf8(1)).AddUtf8(query.GetUtf8(5)).AddUtf8(query.GetUtf8(6))
            .Add(path.Path).Add(path.Via).Add((long)path.EntriesPerConnection).Add(path.Reason).End();
}
