namespace Tazan.Fleets;

/// <summary>Route 53 zones, records and health checks.</summary>
internal static class HostedZones
{
    public static void Save(World world)
    {
        foreach (var account in world.Spec.Accounts)
        {
            var (zones, checks) = (new List<Json>(), new List<Json>());
            foreach (var zone in world.Spec.HostedZones.Where(z => z.Account == account))
            {
                var id = "Z" + world.Ids.Letters("zone", 20);
                var records = Records(world, zone, checks);
                zones.Add(new Json
                {
                    { "Id", $"/hostedzone/{id}" }, { "Name", zone.Name + "." }, { "CallerReference", world.Ids.Uuid("zone reference") },
                    { "Config", new Json { { "Comment", "" }, { "PrivateZone", zone.PrivateTo is not null } } }, { "ResourceRecordSetCount", records.Count },
                });
                // The answer names no zone, so it is saved under the zone's id.
                world.One(account.Id, World.Global, "route53-list-resource-record-sets", new Json { { "ResourceRecordSets", records }, { "IsTruncated", false }, { "MaxItems", "300" } }, id);
            }

            world.One(account.Id, World.Global, "route53-list-hosted-zones", new Json { { "HostedZones", zones }, { "IsTruncated", false }, { "MaxItems", "100" } });
            world.One(account.Id, World.Global, "route53-list-health-checks", new Json { { "HealthChecks", checks }, { "IsTruncated", false }, { "MaxItems", "100" } });
        }
    }

    private static List<Json> Records(World world, HostedZoneSpec zone, List<Json> checks)
    {
        var records = new List<Json>
        {
            new() { { "Name", zone.Name + "." }, { "Type", "NS" }, { "TTL", 172800 }, { "ResourceRecords", new[] { Value("ns-1.awsdns-00.com."), Value("ns-1024.awsdns-00.org.") } } },
            new() { { "Name", zone.Name + "." }, { "Type", "SOA" }, { "TTL", 900 }, { "ResourceRecords", new[] { Value("ns-1.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400") } } },
        };
        foreach (var record in zone.Records)
        {
            var name = record.Name == "@" ? zone.Name : $"{record.Name}.{zone.Name}";
            string? check = null;
            if (record.HasHealthCheck)
            {
                check = world.Ids.Uuid("health check");
                checks.Add(new Json
                {
                    { "Id", check }, { "CallerReference", world.Ids.Uuid("health check reference") },
                    {
                        "HealthCheckConfig", new Json
                        {
                            { "Type", "HTTPS" }, { "Port", 443 }, { "ResourcePath", "/healthz" }, { "FullyQualifiedDomainName", name }, { "RequestInterval", 30 }, { "FailureThreshold", 3 },
                            { "MeasureLatency", false }, { "Inverted", false }, { "Disabled", false }, { "EnableSNI", true },
                        }
                    },
                    { "HealthCheckVersion", 1 },
                });
            }

            records.Add(new Json
            {
                { "Name", name + "." },
                { "Type", record.Type },
                { "SetIdentifier", record.Failover is null ? null : record.Failover.ToLowerInvariant() },
                { "Failover", record.Failover },
                { "TTL", record.Alias is null ? record.Ttl : null },
                { "ResourceRecords", record.Alias is null ? record.Values.Select(Value).ToArray() : null },
                { "AliasTarget", record.Alias is { } alias ? new Json { { "HostedZoneId", LoadBalancers.HostedZoneId }, { "DNSName", $"dualstack.{LoadBalancers.DnsName(world, alias)}." }, { "EvaluateTargetHealth", true } } : null },
                { "HealthCheckId", check },
            });
        }

        return records;
    }

    private static Json Value(string value) => new() { { "Value", value } };
}
