namespace Tazan.Fleets;

/// <summary>The VPC and everything in it that is no instance: subnets, routes, gateways, endpoints, ACLs.</summary>
internal static class Network
{
    /// <summary>S3 and DynamoDB endpoints are routes; the others are network interfaces.</summary>
    public static bool IsInterface(string endpoint) => endpoint is not ("s3" or "dynamodb");

    public static void Save(World world, Site site)
    {
        var ids = world.Ids;
        var (igw, acl) = (ids.New("igw"), ids.New("acl"));
        var nats = site.Spec.NatZones.ToDictionary(static z => z, z => Nat(world, site, z), StringComparer.Ordinal);
        var tables = Tables(world, site, igw, nats);
        var made = world.Now - TimeSpan.FromDays(1400);
        site.Save("ec2-describe-vpcs", "Vpcs",
        [
            new Json
            {
                { "OwnerId", site.Account }, { "InstanceTenancy", "default" },
                { "CidrBlockAssociationSet", new[] { new Json { { "AssociationId", ids.New("vpc-cidr-assoc") }, { "CidrBlock", site.VpcCidr }, { "CidrBlockState", new Json { { "State", "associated" } } } } } },
                { "IsDefault", false }, { "Tags", World.Tags(site.Spec.Name) }, { "VpcId", site.VpcId }, { "State", "available" }, { "CidrBlock", site.VpcCidr }, { "DhcpOptionsId", ids.New("dopt") },
            },
        ]);
        site.Save("ec2-describe-internet-gateways", "InternetGateways",
        [
            new Json { { "Attachments", new[] { new Json { { "State", "available" }, { "VpcId", site.VpcId } } } }, { "InternetGatewayId", igw }, { "OwnerId", site.Account }, { "Tags", World.Tags(site.Spec.Name) } },
        ]);
        site.Save("ec2-describe-egress-only-internet-gateways", "EgressOnlyInternetGateways", []);
        site.Save("ec2-describe-nat-gateways", "NatGateways", [.. nats.Values.Select(static n => n.Json)]);
        site.Save("ec2-describe-vpc-endpoints", "VpcEndpoints", [.. site.Spec.Endpoints.Select(e => Endpoint(world, site, e, tables, made))]);
        site.Save("ec2-describe-route-tables", "RouteTables", [.. tables.Select(t => DescribeTable(world, site, t))]);
        site.Save("ec2-describe-network-acls", "NetworkAcls",
        [
            new Json
            {
                { "Associations", site.Subnets.Select(s => new Json { { "NetworkAclAssociationId", ids.New("aclassoc") }, { "NetworkAclId", acl }, { "SubnetId", s.Id } }).ToArray() },
                { "Entries", new[] { Entry(true, 100, "allow"), Entry(true, 32767, "deny"), Entry(false, 100, "allow"), Entry(false, 32767, "deny") } },
                { "IsDefault", true }, { "NetworkAclId", acl }, { "Tags", Json.None }, { "VpcId", site.VpcId }, { "OwnerId", site.Account },
            },
        ]);
        site.Save("ec2-describe-vpc-peering-connections", "VpcPeeringConnections", []);
        site.Save("ec2-describe-transit-gateway-attachments", "TransitGatewayAttachments", []);
        site.Save("ec2-describe-managed-prefix-lists", "PrefixLists", []);
        site.Save("ec2-describe-flow-logs", "FlowLogs", []);
        site.Save("ec2-describe-availability-zones", "AvailabilityZones", [.. site.Spec.Zones.Select(z => new Json
        {
            { "OptInStatus", "opt-in-not-required" }, { "Messages", Json.None }, { "RegionName", site.Region }, { "ZoneName", site.Region + z }, { "ZoneId", ZoneId(site, site.Region + z) },
            { "GroupName", site.Region }, { "NetworkBorderGroup", site.Region }, { "ZoneType", "availability-zone" }, { "State", "available" },
        })]);
        site.Save("ec2-describe-regions", "Regions", [.. Places.All.Select(static p => new Json
        {
            { "OptInStatus", p.OptIn ? "not-opted-in" : "opt-in-not-required" }, { "RegionName", p.Region }, { "Endpoint", $"ec2.{p.Region}.amazonaws.com" },
        })]);
        // Last, since what came before took addresses.
        site.Save("ec2-describe-subnets", "Subnets", [.. site.Subnets.Select(s => DescribeSubnet(site, s))]);
    }

    // The account's own shuffle of letters onto zone ids; assumed to be in alphabetic order.
    public static string ZoneId(Site site, string zone) => $"{Places.Short(site.Region)}-az{zone[^1] - 'a' + 1}";

    /// <summary>A network interface that AWS made for one of its services.</summary>
    public static string Interface(World world, Site site, Subnet subnet, string kind, string description, string requester, Group[] groups, string? publicIp = null, string? allocation = null)
    {
        var (id, ip) = (world.Ids.New("eni"), subnet.Take());
        var association = publicIp is null ? null : new Json
        {
            { "AllocationId", allocation }, { "AssociationId", allocation is null ? null : world.Ids.New("eipassoc") }, { "IpOwnerId", allocation is null ? "amazon-elb" : site.Account },
            { "PublicDnsName", site.PublicName(publicIp) }, { "PublicIp", publicIp },
        };
        site.OtherInterfaces.Add(new Json
        {
            { "Association", association },
            { "Attachment", new Json { { "AttachmentId", world.Ids.New("ela-attach") }, { "DeleteOnTermination", false }, { "DeviceIndex", 1 }, { "InstanceOwnerId", "amazon-aws" }, { "Status", "attached" } } },
            { "AvailabilityZone", subnet.Zone },
            { "Description", description },
            { "Groups", groups.Select(static g => new Json { { "GroupId", g.Id }, { "GroupName", g.Name } }).ToArray() },
            { "InterfaceType", kind },
            { "Ipv6Addresses", Json.None },
            { "MacAddress", Instances.Mac(world) },
            { "NetworkInterfaceId", id },
            { "OwnerId", site.Account },
            { "PrivateDnsName", site.PrivateName(ip) },
            { "PrivateIpAddress", ip },
            { "PrivateIpAddresses", new[] { new Json { { "Association", association }, { "Primary", true }, { "PrivateDnsName", site.PrivateName(ip) }, { "PrivateIpAddress", ip } } } },
            { "RequesterId", requester },
            { "RequesterManaged", true },
            { "SourceDestCheck", kind != "nat_gateway" },
            { "Status", "in-use" },
            { "SubnetId", subnet.Id },
            { "TagSet", Json.None },
            { "VpcId", site.VpcId },
            { "Operator", new Json { { "Managed", false } } },
        });
        return id;
    }

    private static Json Entry(bool egress, int number, string action) => new()
    {
        { "CidrBlock", "0.0.0.0/0" }, { "Egress", egress }, { "Protocol", "-1" }, { "RuleAction", action }, { "RuleNumber", number },
    };

    private static Json DescribeSubnet(Site site, Subnet subnet) => new()
    {
        { "AvailabilityZoneId", ZoneId(site, subnet.Zone) },
        { "MapCustomerOwnedIpOnLaunch", false },
        { "OwnerId", site.Account },
        { "AssignIpv6AddressOnCreation", false },
        { "Ipv6CidrBlockAssociationSet", Json.None },
        { "Tags", World.Tags($"{site.Spec.Name}-{(subnet.IsPublic ? "public" : "private")}-{subnet.Zone[^1]}") },
        { "SubnetArn", site.Arn("ec2", $"subnet/{subnet.Id}") },
        { "EnableDns64", false },
        { "Ipv6Native", false },
        { "PrivateDnsNameOptionsOnLaunch", new Json { { "HostnameType", "ip-name" }, { "EnableResourceNameDnsARecord", false }, { "EnableResourceNameDnsAAAARecord", false } } },
        { "SubnetId", subnet.Id },
        { "State", "available" },
        { "VpcId", site.VpcId },
        { "CidrBlock", subnet.Cidr },
        { "AvailableIpAddressCount", subnet.Free },
        { "AvailabilityZone", subnet.Zone },
        { "DefaultForAz", false },
        { "MapPublicIpOnLaunch", subnet.IsPublic },
    };

    private sealed record NatGateway(string Id, Json Json);

    private static NatGateway Nat(World world, Site site, string zone)
    {
        var (id, allocation, publicIp) = (world.Ids.New("nat"), world.Ids.New("eipalloc"), site.PublicAddress());
        var subnet = site.SubnetIn(zone, isPublic: true);
        var eni = Interface(world, site, subnet, "nat_gateway", $"Interface for NAT Gateway {id}", site.Account, [], publicIp, allocation);
        site.Addresses.Add(new Json
        {
            { "AllocationId", allocation }, { "AssociationId", world.Ids.New("eipassoc") }, { "Domain", "vpc" }, { "NetworkInterfaceId", eni }, { "NetworkInterfaceOwnerId", site.Account },
            { "Tags", World.Tags($"nat-{zone}") }, { "PublicIpv4Pool", "amazon" }, { "NetworkBorderGroup", site.Region }, { "PublicIp", publicIp },
        });
        return new(id, new Json
        {
            { "CreateTime", world.Now - TimeSpan.FromDays(1400) },
            { "NatGatewayAddresses", new[] { new Json { { "AllocationId", allocation }, { "NetworkInterfaceId", eni }, { "PublicIp", publicIp }, { "IsPrimary", true }, { "Status", "succeeded" } } } },
            { "NatGatewayId", id }, { "State", "available" }, { "SubnetId", subnet.Id }, { "VpcId", site.VpcId }, { "Tags", World.Tags($"{site.Spec.Name}-{zone}") }, { "ConnectivityType", "public" },
        });
    }

    private sealed record Table(string Id, string Name, Subnet[] Subnets, List<Json> Routes, bool IsMain);

    private static List<Table> Tables(World world, Site site, string igw, Dictionary<string, NatGateway> nats)
    {
        Json Local() => new() { { "DestinationCidrBlock", site.VpcCidr }, { "GatewayId", "local" }, { "Origin", "CreateRouteTable" }, { "State", "active" } };
        var tables = new List<Table>
        {
            new(world.Ids.New("rtb"), "main", [], [Local()], true),
            new(world.Ids.New("rtb"), "public", [.. site.Subnets.Where(static s => s.IsPublic)],
                [Local(), new Json { { "DestinationCidrBlock", "0.0.0.0/0" }, { "GatewayId", igw }, { "Origin", "CreateRoute" }, { "State", "active" } }], false),
        };
        foreach (var subnet in site.Subnets.Where(static s => !s.IsPublic))
        {
            var table = new Table(world.Ids.New("rtb"), $"private-{subnet.Zone[^1]}", [subnet], [Local()], false);
            if (nats.Count > 0)
            {
                var nat = nats.GetValueOrDefault(subnet.Zone[^1].ToString()) ?? nats.Values.First();
                table.Routes.Add(new Json { { "DestinationCidrBlock", "0.0.0.0/0" }, { "NatGatewayId", nat.Id }, { "Origin", "CreateRoute" }, { "State", "active" } });
            }

            tables.Add(table);
        }

        return tables;
    }

    private static Json DescribeTable(World world, Site site, Table table) => new()
    {
        {
            "Associations", table.IsMain
                ? new[] { new Json { { "Main", true }, { "RouteTableAssociationId", world.Ids.New("rtbassoc") }, { "RouteTableId", table.Id }, { "AssociationState", new Json { { "State", "associated" } } } } }
                : table.Subnets.Select(s => new Json
                {
                    { "Main", false }, { "RouteTableAssociationId", world.Ids.New("rtbassoc") }, { "RouteTableId", table.Id }, { "SubnetId", s.Id },
                    { "AssociationState", new Json { { "State", "associated" } } },
                }).ToArray()
        },
        { "PropagatingVgws", Json.None },
        { "RouteTableId", table.Id },
        { "Routes", table.Routes },
        { "Tags", World.Tags($"{site.Spec.Name}-{table.Name}") },
        { "VpcId", site.VpcId },
        { "OwnerId", site.Account },
    };

    private static Json Endpoint(World world, Site site, string endpoint, List<Table> tables, DateTimeOffset made)
    {
        var id = world.Ids.New("vpce");
        var service = $"com.amazonaws.{site.Region}.{endpoint}";
        var privates = site.Subnets.Where(static s => !s.IsPublic).ToArray();
        var isInterface = IsInterface(endpoint);
        if (!isInterface)
        {
            // Each gateway endpoint is a route to the service's prefix list in every private table.
            var prefixList = $"pl-{world.Ids.Hex("pl", 8)}";
            foreach (var table in tables.Where(static t => !t.IsMain))
            {
                table.Routes.Add(new Json { { "DestinationPrefixListId", prefixList }, { "GatewayId", id }, { "Origin", "CreateRoute" }, { "State", "active" } });
            }
        }

        Group[] groups = isInterface ? [site.FindGroup("vpc-endpoints")!] : [];
        string[] enis = isInterface ? [.. privates.Select(s => Interface(world, site, s, "vpc_endpoint", $"VPC Endpoint Interface {id}", "727180483921", groups))] : [];
        return new Json
        {
            { "VpcEndpointId", id },
            { "VpcEndpointType", isInterface ? "Interface" : "Gateway" },
            { "VpcId", site.VpcId },
            { "ServiceName", service },
            { "State", "available" },
            { "PolicyDocument", """{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""" },
            { "RouteTableIds", isInterface ? [] : tables.Where(static t => !t.IsMain).Select(static t => t.Id).ToArray() },
            { "SubnetIds", isInterface ? privates.Select(static s => s.Id).ToArray() : [] },
            { "Groups", groups.Select(static g => new Json { { "GroupId", g.Id }, { "GroupName", g.Name } }).ToArray() },
            { "IpAddressType", isInterface ? "ipv4" : null },
            { "DnsOptions", isInterface ? new Json { { "DnsRecordIpType", "ipv4" } } : null },
            { "PrivateDnsEnabled", isInterface },
            { "RequesterManaged", false },
            { "NetworkInterfaceIds", enis },
            { "DnsEntries", isInterface ? new[] { new Json { { "DnsName", $"{endpoint}.{site.Region}.amazonaws.com" }, { "HostedZoneId", "ZONEIDPENDING" } } } : Json.None },
            { "CreationTimestamp", made },
            { "Tags", World.Tags($"{site.Spec.Name}-{endpoint}") },
            { "OwnerId", site.Account },
            { "ServiceRegion", site.Region },
        };
    }
}
