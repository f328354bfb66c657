namespace Tazan.Inventory.Facts.Network;

/// <summary>A path from or to an interface whose flows are tracked whatever the rules say.</summary>
internal sealed record AutomaticPath(string Path, string Via, int EntriesPerConnection, string Reason);

/// <summary>Finds such paths from routes, endpoints and interface types.</summary>
/// <remarks>
/// Source: Amazon EC2 User Guide, "Automatically tracked connections" (text of 2026). Gateway Load Balancers and transit
/// gateway attachments stood in the list of 2023 and no longer do, so they are left out. The same text says that a
/// connection through the DynamoDB gateway endpoint takes two entries.
/// </remarks>
internal sealed class AutomaticPaths
{
    private readonly RouteBook routes;
    private readonly List<Endpoint> endpoints = [];

    private AutomaticPaths(RouteBook routes) => this.routes = routes;

    internal static AutomaticPaths Read(FactContext context)
    {
        var paths = new AutomaticPaths(RouteBook.Read(context));
        using var query = context.Query("""
            select account, region, vpc_endpoint_id, vpc_endpoint_type, vpc_id, service_name, route_table_ids, tags
              from vpc_endpoint where state is null or lower(state) not in ('deleted', 'deleting', 'failed', 'rejected', 'expired') order by vpc_endpoint_id
            """);
        while (query.Step())
        {
            paths.endpoints.Add(new Endpoint(
                query.GetString(0), query.GetString(1), query.GetString(2), query.GetString(3), query.GetString(4), query.GetString(5),
                JsonTexts.ReadArray(query.GetUtf8(6)), JsonTexts.ReadObject(query.GetUtf8(7)).ContainsKey("AWSNetworkFirewallManaged")));
        }

        return paths;
    }

    /// <summary>The path that an interface of the provider's own is part of; null for the interface of an instance.</summary>
    internal static AutomaticPath? OfManaged(string interfaceType, string interfaceId) => interfaceType switch
    {
        "lambda" => new AutomaticPath("lambda", interfaceId, 1, "An interface of Lambda: its flows are tracked automatically."),
        "nat_gateway" => new AutomaticPath("nat-gateway", interfaceId, 1, "An interface of a NAT gateway: its flows are tracked automatically."),
        "network_load_balancer" => new AutomaticPath("network-load-balancer", interfaceId, 1, "An interface of a Network Load Balancer: its flows are tracked automatically."),
        "vpc_endpoint" => new AutomaticPath("interface-endpoint", interfaceId, 1, "An interface of an interface endpoint: its flows are tracked automatically."),
        "global_accelerator_managed" => new AutomaticPath("global-accelerator", interfaceId, 1, "An interface of Global Accelerator: its flows are tracked automatically."),
        _ => null,
    };

    /// <summary>The paths of every interface in a subnet, in a fixed order.</summary>
    internal List<AutomaticPath> OfSubnet(string account, string region, string vpc, string subnet, bool hasIpv6)
    {
        var found = new List<AutomaticPath>();
        var table = routes.Find(account, region, vpc, subnet);
        foreach (var route in table?.Routes ?? [])
        {
            if (route.IsBlackhole || found.Exists(path => path.Via == route.Target))
            {
                continue;
            }

            var way = $"Route {route.Destination} of {table!.Id} leads to {route.Target}";
            if (route.Target.StartsWith("nat-", StringComparison.Ordinal))
            {
                found.Add(new AutomaticPath("nat-gateway", route.Target, 1, $"{way}: flows through a NAT gateway are tracked automatically."));
            }
            else if (hasIpv6 && route.Target.StartsWith("eigw-", StringComparison.Ordinal))
            {
                found.Add(new AutomaticPath("egress-only-internet-gateway", route.Target, 1, $"{way}: flows through an egress-only internet gateway are tracked automatically."));
            }
            else if (endpoints.Exists(e => e.Id == route.Target && e.IsFirewall))
            {
                found.Add(new AutomaticPath("network-firewall", route.Target, 1, $"{way}, an endpoint of Network Firewall: flows through it are tracked automatically."));
            }
        }

        var here = endpoints.Where(e => e.Account == account && e.Region == region && e.Vpc == vpc).ToList();
        foreach (var endpoint in here)
        {
            if (endpoint.Type.Equals("Gateway", StringComparison.OrdinalIgnoreCase)
                && endpoint.Service.EndsWith(".dynamodb", StringComparison.Ordinal) && table is not null && endpoint.RouteTables.Contains(table.Id))
            {
                found.Add(new AutomaticPath("dynamodb-endpoint", endpoint.Id, 2, $"{table.Id} uses the gateway endpoint {endpoint.Id} for DynamoDB: each connection through it takes two entries."));
            }
        }

        // A VPC can have dozens of these and every interface reaches all of them: one row tells of all.
        var interfaces = here.Where(static e => e.Type.Equals("Interface", StringComparison.OrdinalIgnoreCase)).Select(static e => e.Id).ToList();
        if (interfaces.Count > 0)
        {
            found.Add(new AutomaticPath("interface-endpoint", string.Join(',', interfaces), 1, $"{vpc} has interface endpoints: flows to them are tracked automatically."));
        }

        return found;
    }

    private sealed record Endpoint(
        string Account, string Region, string Id, string Type, string Vpc, string Service, List<string> RouteTables, bool IsFirewall);
}
