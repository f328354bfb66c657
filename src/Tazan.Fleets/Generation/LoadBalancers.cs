using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Load balancers of both generations, their listeners, targets and health checks.</summary>
internal static class LoadBalancers
{
    // The hosted zone that aliases to a region's load balancers name; it differs by region, and nothing here is decided by it.
    public const string HostedZoneId = "Z14GRHDCWA56QT";

    public static void Save(World world, Site site)
    {
        var mine = world.Spec.LoadBalancers.Where(b => b.Site == site.Spec).ToArray();
        var (balancers, listeners, groups) = (new List<Json>(), new List<Json>(), new List<Json>());
        foreach (var spec in mine.Where(static b => b.Kind != "classic"))
        {
            Add(world, site, spec, balancers, listeners, groups);
        }

        site.Save("elbv2-describe-load-balancers", "LoadBalancers", balancers, pageSize: 400);
        site.Save("elbv2-describe-target-groups", "TargetGroups", groups, pageSize: 400);
        // Listeners are asked for by load balancer, and their answers name it.
        foreach (var one in listeners.GroupBy(static l => (string)l.First(static m => m.Key == "LoadBalancerArn").Value))
        {
            site.Save("elbv2-describe-listeners", "Listeners", [.. one], one.Key);
        }

        site.Save("elb-describe-load-balancers", "LoadBalancerDescriptions", [.. mine.Where(static b => b.Kind == "classic").Select(b => Classic(world, site, b))]);
    }

    public static string DnsName(World world, LoadBalancerSpec spec) => $"{(spec.IsInternal ? "internal-" : "")}{spec.Name}-{Number(spec.Name)}.{spec.Site.Region}.elb.amazonaws.com";

    private static uint Number(string name) => (uint)(new RandomStream(0).For(name).NextUInt64() % 2_000_000_000);

    private static void Add(World world, Site site, LoadBalancerSpec spec, List<Json> balancers, List<Json> listeners, List<Json> groups)
    {
        var short_ = spec.Kind == "application" ? "app" : "net";
        var path = $"{short_}/{spec.Name}/{world.Ids.Hex("elb", 16)}";
        var arn = site.Arn("elasticloadbalancing", $"loadbalancer/{path}");
        world.BalancerArns[spec] = arn;
        var group = site.FindGroup(spec.Name);
        foreach (var zone in spec.Zones)
        {
            Network.Interface(world, site, site.SubnetIn(zone, !spec.IsInternal), spec.Kind == "network" ? "network_load_balancer" : "interface", $"ELB {path}", "amazon-elb",
                group is null ? [] : [group], spec.IsInternal ? null : site.PublicAddress());
        }

        balancers.Add(new Json
        {
            { "LoadBalancerArn", arn },
            { "DNSName", DnsName(world, spec) },
            { "CanonicalHostedZoneId", HostedZoneId },
            { "CreatedTime", world.Now - TimeSpan.FromDays(700) },
            { "LoadBalancerName", spec.Name },
            { "Scheme", spec.IsInternal ? "internal" : "internet-facing" },
            { "VpcId", site.VpcId },
            { "State", new Json { { "Code", "active" } } },
            { "Type", spec.Kind },
            { "AvailabilityZones", spec.Zones.Select(z => new Json { { "ZoneName", site.Region + z }, { "SubnetId", site.SubnetIn(z, !spec.IsInternal).Id }, { "LoadBalancerAddresses", Json.None } }).ToArray() },
            { "SecurityGroups", group is null ? null : new[] { group.Id } },
            { "IpAddressType", "ipv4" },
        });
        Attributes(site, "elbv2-describe-load-balancer-attributes", arn, ("access_logs.s3.enabled", "false"), ("deletion_protection.enabled", "true"),
            ("load_balancing.cross_zone.enabled", spec.CrossZone ? "true" : "false"), spec.Kind == "application" ? ("idle_timeout.timeout_seconds", "60") : ("dns_record.client_routing_policy", "any_availability_zone"));
        string? first = null;
        foreach (var service in spec.Targets)
        {
            var target = TargetGroup(world, site, spec, service, arn, groups);
            first ??= target;
        }

        listeners.Add(new Json
        {
            { "ListenerArn", site.Arn("elasticloadbalancing", $"listener/{path}/{world.Ids.Hex("listener", 16)}") },
            { "LoadBalancerArn", arn },
            { "Port", spec.Port },
            { "Protocol", spec.Protocol },
            { "SslPolicy", spec.Protocol is "HTTPS" or "TLS" ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : null },
            {
                "DefaultActions", first is null
                    ? new[] { new Json { { "Type", "fixed-response" }, { "Order", 1 }, { "FixedResponseConfig", new Json { { "StatusCode", "503" }, { "ContentType", "text/plain" } } } } }
                    : new[] { new Json { { "Type", "forward" }, { "TargetGroupArn", first }, { "Order", 1 } } }
            },
        });
    }

    private static string TargetGroup(World world, Site site, LoadBalancerSpec spec, ServiceSpec service, string balancerArn, List<Json> groups)
    {
        // Target group names have at most 32 characters.
        var name = service.Name.Length <= 32 ? service.Name : service.Name[..32].TrimEnd('-');
        var arn = site.Arn("elasticloadbalancing", $"targetgroup/{name}/{world.Ids.Hex("target group", 16)}");
        if (!site.TargetGroupArns.TryGetValue(service, out var arns))
        {
            site.TargetGroupArns[service] = arns = [];
        }

        arns.Add(arn);
        var isHttp = spec.Kind == "application";
        groups.Add(new Json
        {
            { "TargetGroupArn", arn },
            { "TargetGroupName", name },
            { "Protocol", isHttp ? "HTTP" : spec.Protocol == "TLS" ? "TCP" : spec.Protocol },
            { "Port", spec.TargetPort },
            { "VpcId", site.VpcId },
            { "HealthCheckProtocol", isHttp ? "HTTP" : "TCP" },
            { "HealthCheckPort", "traffic-port" },
            { "HealthCheckEnabled", true },
            { "HealthCheckIntervalSeconds", spec.Interval },
            { "HealthCheckTimeoutSeconds", Math.Min(5, spec.Interval - 1) },
            { "HealthyThresholdCount", spec.Healthy },
            { "UnhealthyThresholdCount", spec.Unhealthy },
            { "HealthCheckPath", isHttp ? spec.HealthPath : null },
            { "Matcher", isHttp ? new Json { { "HttpCode", "200" } } : null },
            { "LoadBalancerArns", new[] { balancerArn } },
            { "TargetType", "instance" },
            { "ProtocolVersion", isHttp ? "HTTP1" : null },
            { "IpAddressType", "ipv4" },
        });
        var unhealthy = spec.UnhealthyTargets;
        site.Save("elbv2-describe-target-health", "TargetHealthDescriptions", [.. site.Of(service).Where(static m => m.IsRunning).Select((m, i) => new Json
        {
            { "Target", new Json { { "Id", m.Id }, { "Port", spec.TargetPort } } },
            { "HealthCheckPort", spec.TargetPort.ToString(CultureInfo.InvariantCulture) },
            {
                "TargetHealth", i < unhealthy
                    ? new Json { { "State", "unhealthy" }, { "Reason", isHttp ? "Target.ResponseCodeMismatch" : "Target.FailedHealthChecks" }, { "Description", isHttp ? "Health checks failed with these codes: [503]" : "Health checks failed" } }
                    : new Json { { "State", "healthy" } }
            },
            { "AdministrativeOverride", new Json { { "State", "no_override" }, { "Reason", "AdministrativeOverride.NoOverride" }, { "Description", "No override is currently active on target" } } },
        })], arn);
        Attributes(site, "elbv2-describe-target-group-attributes", arn, ("deregistration_delay.timeout_seconds", "300"), ("stickiness.enabled", "false"),
            ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1"), ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off"));
        return arn;
    }

    private static void Attributes(Site site, string call, string arn, params (string Key, string Value)[] attributes) =>
        site.Save(call, "Attributes", [.. attributes.Select(static a => new Json { { "Key", a.Key }, { "Value", a.Value } })], arn);

    private static Json Classic(World world, Site site, LoadBalancerSpec spec)
    {
        var group = site.FindGroup(spec.Name)!;
        foreach (var service in spec.Targets)
        {
            if (!site.ClassicNames.TryGetValue(service, out var names))
            {
                site.ClassicNames[service] = names = [];
            }

            names.Add(spec.Name);
        }

        foreach (var zone in spec.Zones)
        {
            Network.Interface(world, site, site.SubnetIn(zone, !spec.IsInternal), "interface", $"ELB {spec.Name}", "amazon-elb", [group], spec.IsInternal ? null : site.PublicAddress());
        }

        var machines = spec.Targets.SelectMany(site.Of).Where(static m => m.IsRunning).ToArray();
        site.Save("elb-describe-instance-health", "InstanceStates", [.. machines.Select((m, i) => new Json
        {
            { "InstanceId", m.Id }, { "State", i < spec.UnhealthyTargets ? "OutOfService" : "InService" }, { "ReasonCode", i < spec.UnhealthyTargets ? "Instance" : "N/A" },
            { "Description", i < spec.UnhealthyTargets ? "Instance has failed at least the UnhealthyThreshold number of health checks consecutively." : "N/A" },
        })], spec.Name);
        world.One(site.Account, site.Region, "elb-describe-load-balancer-attributes", new Json
        {
            {
                "LoadBalancerAttributes", new Json
                {
                    { "CrossZoneLoadBalancing", new Json { { "Enabled", spec.CrossZone } } }, { "AccessLog", new Json { { "Enabled", false } } },
                    { "ConnectionDraining", new Json { { "Enabled", true }, { "Timeout", 300 } } }, { "ConnectionSettings", new Json { { "IdleTimeout", 60 } } }, { "AdditionalAttributes", Json.None },
                }
            },
        }, spec.Name);
        var isHttp = spec.Protocol is "HTTP" or "HTTPS";
        return new Json
        {
            { "LoadBalancerName", spec.Name },
            { "DNSName", DnsName(world, spec) },
            { "CanonicalHostedZoneName", DnsName(world, spec) },
            { "CanonicalHostedZoneNameID", HostedZoneId },
            {
                "ListenerDescriptions", new[]
                {
                    new Json
                    {
                        { "Listener", new Json { { "Protocol", spec.Protocol }, { "LoadBalancerPort", spec.Port }, { "InstanceProtocol", isHttp ? "HTTP" : "TCP" }, { "InstancePort", spec.TargetPort } } },
                        { "PolicyNames", Json.None },
                    },
                }
            },
            { "Policies", new Json { { "AppCookieStickinessPolicies", Json.None }, { "LBCookieStickinessPolicies", Json.None }, { "OtherPolicies", Json.None } } },
            { "BackendServerDescriptions", Json.None },
            { "AvailabilityZones", spec.Zones.Select(z => site.Region + z).ToArray() },
            { "Subnets", spec.Zones.Select(z => site.SubnetIn(z, !spec.IsInternal).Id).ToArray() },
            { "VPCId", site.VpcId },
            { "Instances", machines.Select(static m => new Json { { "InstanceId", m.Id } }).ToArray() },
            {
                "HealthCheck", new Json
                {
                    { "Target", isHttp ? $"HTTP:{spec.TargetPort}{spec.HealthPath}" : $"TCP:{spec.TargetPort}" }, { "Interval", spec.Interval }, { "Timeout", Math.Min(5, spec.Interval - 1) },
                    { "UnhealthyThreshold", spec.Unhealthy }, { "HealthyThreshold", spec.Healthy },
                }
            },
            { "SourceSecurityGroup", new Json { { "OwnerAlias", site.Account }, { "GroupName", group.Name } } },
            { "SecurityGroups", new[] { group.Id } },
            { "CreatedTime", world.Now - TimeSpan.FromDays(2400) },
            { "Scheme", spec.IsInternal ? "internal" : "internet-facing" },
        };
    }
}
