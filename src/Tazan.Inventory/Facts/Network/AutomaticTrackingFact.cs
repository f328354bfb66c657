using System.Collections.Immutable;
using System.Text;
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
        context.Note("select account, region, network_interface_id, instance_id, interface_type from network_interface", required: true);
        var roll = context.Interfaces;
        if (roll.Kinds.TrueForAll(static kind => kind.IsOrdinary))
        {
            return;
        }

        using var writer = context.Write("automatic_tracking");
        foreach (var row in roll.Rows)
        {
            var kind = roll.Kinds[row.Kind];
            if (!kind.IsOrdinary && AutomaticPaths.OfManaged(kind.InterfaceType, row.Id.ToString()) is { } own)
            {
                writer.RowUtf8(kind.AccountText.Utf8, kind.RegionText.Utf8).AddUtf8(row.Id.Utf8).AddUtf8(row.InstanceId.Utf8)
                    .Add(own.Path).Add(own.Via).Add((long)own.EntriesPerConnection).Add(own.Reason).End();
            }
        }
    }

    private static void WriteBySubnet(FactContext context)
    {
        context.Note("select account, region, vpc_id, subnet_id, ipv6_addresses from network_interface", required: true);
        var paths = AutomaticPaths.Read(context);
        var roll = context.Interfaces;
        var pathsOf = roll.Kinds.ConvertAll(kind => kind.IsOrdinary
            ? paths.OfSubnet(kind.OwnAccount, kind.OwnRegion, kind.Vpc, kind.Subnet, kind.HasIpv6).ConvertAll(path => new Copied(
                context.Instances.Word(Encoding.UTF8.GetBytes(path.Path)), context.Instances.Word(Encoding.UTF8.GetBytes(path.Via)),
                path.EntriesPerConnection, context.Instances.Word(Encoding.UTF8.GetBytes(path.Reason))))
            : []);
        if (pathsOf.TrueForAll(static its => its.Count == 0))
        {
            return;
        }

        using var copier = new RowCopier(context.Database, "automatic_tracking");
        foreach (var row in roll.Rows)
        {
            foreach (var path in pathsOf[row.Kind])
            {
                var kind = roll.Kinds[row.Kind];
                copier.Set(1, kind.AccountText).Set(2, kind.RegionText).Set(3, row.Id).Set(4, row.InstanceId)
                    .Set(5, path.Path).Set(6, path.Via).Set(7, path.Entries).Set(8, path.Reason).Run();
            }
        }
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

    /// <summary>A path as it is written for every interface that has it.</summary>
    private sealed record Copied(PinnedText Path, PinnedText Via, long Entries, PinnedText Reason);
}
