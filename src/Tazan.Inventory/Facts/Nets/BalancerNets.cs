using System.Collections.Frozen;
using System.Globalization;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What load balancers catch: how many zones they stand in, and what their health checks really ask.</summary>
internal static class BalancerNets
{
    // Words in a path by which people name checks that look behind the instance (assumed).
    private static readonly FrozenSet<string> DeepWords = new[]
    {
        "db", "database", "mysql", "postgres", "postgresql", "sql", "redis", "cache", "memcached", "deep", "dependency",
        "dependencies", "deps", "full", "all", "ready", "readiness", "readyz",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private enum Depth
    {
        Port,
        Itself,
        Behind,
    }

    internal static void Derive(FactContext context, NetWriter writer)
    {
        DeriveZones(context, writer);
        DeriveTargetGroups(context, writer);
        DeriveClassic(context, writer);
    }

    private static void DeriveZones(FactContext context, NetWriter writer)
    {
        using var rows = context.Refine("""
            SELECT account, region, 'load_balancer', load_balancer_arn, availability_zones FROM load_balancer
            UNION ALL SELECT account, region, 'classic_load_balancer', load_balancer_name, availability_zones FROM classic_load_balancer
            ORDER BY 3, 4
            """);
        while (rows.Step())
        {
            var zones = JsonTexts.ReadArray(rows.GetUtf8(4)).Distinct(StringComparer.Ordinal).ToList();
            writer.Write(rows.GetString(0), rows.GetString(1), "load-balancer-zones", rows.GetString(2), rows.GetString(3), "", zones.Count >= 2,
                string.Join(", ", zones), "at least 2 zones", string.Create(CultureInfo.InvariantCulture, $"It has nodes in {zones.Count} zones{(zones.Count >= 2 ? "" : "; with that zone it is gone")}."));
        }
    }

    private static void DeriveTargetGroups(FactContext context, NetWriter writer)
    {
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var joined = context.Refine("SELECT h.target_group_arn, min(m.service) FROM target_health h JOIN service_member m ON m.instance_id = h.target_id GROUP BY h.target_group_arn"))
        {
            while (joined.Step())
            {
                services[joined.GetString(0)] = joined.GetString(1);
            }
        }

        using var rows = context.Refine("""
            SELECT account, region, target_group_arn, health_check_protocol, health_check_path, health_check_enabled FROM target_group
             WHERE load_balancer_arns IS NULL OR load_balancer_arns <> '[]' ORDER BY target_group_arn, account, region
            """);
        while (rows.Step())
        {
            var id = rows.GetString(2);
            Write(writer, rows.GetString(0), rows.GetString(1), "target_group", id, services.GetValueOrDefault(id, ""), rows.GetString(3), rows.GetString(4));
        }
    }

    private static void DeriveClassic(FactContext context, NetWriter writer)
    {
        using var rows = context.Refine("SELECT account, region, load_balancer_name, health_check_target FROM classic_load_balancer ORDER BY load_balancer_name, account, region");
        while (rows.Step())
        {
            // HTTP:8080/health or TCP:80.
            var target = rows.GetString(3);
            var colon = target.IndexOf(':', StringComparison.Ordinal);
            var slash = target.IndexOf('/', StringComparison.Ordinal);
            Write(writer, rows.GetString(0), rows.GetString(1), "classic_load_balancer", rows.GetString(2), "", colon < 0 ? target : target[..colon], slash < 0 ? "" : target[slash..]);
        }
    }

    private static void Write(NetWriter writer, string account, string region, string type, string id, string service, string protocol, string path)
    {
        if (protocol.Length == 0)
        {
            return;
        }

        var depth = Measure(protocol, path);
        var word = depth switch { Depth.Port => "port", Depth.Itself => "itself", _ => "deep" };
        writer.Write(account, region, "health-check-depth", type, id, service, depth == Depth.Itself, $"{word}: {protocol}{(path.Length == 0 ? "" : " " + path)}",
            "a request that the instance answers for itself alone", depth switch
            {
                Depth.Port => $"A {protocol} check sees an open port: a hung process keeps its place.",
                Depth.Itself => "By its path the check asks the instance alone.",
                _ => "By its path the check asks what stands behind too: when that is slow, every instance is taken out at once.",
            });
    }

    private static Depth Measure(string protocol, string path) =>
        protocol is not ("HTTP" or "HTTPS") ? Depth.Port
        : path.Split(['/', '-', '_', '.', '?', '=', '&'], StringSplitOptions.RemoveEmptyEntries).Any(DeepWords.Contains) ? Depth.Behind
        : Depth.Itself;
}
