namespace Tazan.Fleets;

/// <summary>ElastiCache clusters and replication groups.</summary>
internal static class Caches
{
    public static void Save(World world, Site site)
    {
        var mine = world.Spec.Caches.Where(c => c.Site == site.Spec).ToArray();
        site.Save("elasticache-describe-cache-clusters", "CacheClusters", [.. mine.SelectMany(c => Clusters(world, site, c))], pageSize: 100);
        site.Save("elasticache-describe-replication-groups", "ReplicationGroups", [.. mine.Where(static c => c.Engine != "memcached").Select(c => ReplicationGroup(world, site, c))], pageSize: 100);
        site.Save("elasticache-describe-events", "Events", []);
        site.Save("elasticache-describe-update-actions", "UpdateActions", []);
    }

    /// <summary>What ElastiCache's ARNs name: the cluster of Memcached, the replication group of the others.</summary>
    public static string Arn(Site site, CacheSpec cache) => site.Arn("elasticache", cache.Engine == "memcached" ? $"cluster:{cache.Name}" : $"replicationgroup:{cache.Name}");

    private static string Zone(Site site, CacheSpec c, int node) => site.Region + c.Zones[node % c.Zones.Length];

    private static string Member(CacheSpec c, int node) => $"{c.Name}-{node + 1:000}";

    // Memcached is one cluster of many nodes; a replication group is as many clusters of one node.
    private static IEnumerable<Json> Clusters(World world, Site site, CacheSpec c)
    {
        if (c.Engine == "memcached")
        {
            var zones = Enumerable.Range(0, c.Nodes).Select(n => Zone(site, c, n)).ToArray();
            yield return Cluster(world, site, c, c.Name, c.Nodes, zones.Distinct().Count() == 1 ? zones[0] : "Multiple", new Json
            {
                {
                    "CacheNodes", Enumerable.Range(0, c.Nodes).Select(n => new Json
                    {
                        { "CacheNodeId", $"{n + 1:0000}" }, { "CacheNodeStatus", "available" }, { "CacheNodeCreateTime", world.Now - TimeSpan.FromDays(500) },
                        { "Endpoint", new Json { { "Address", $"{c.Name}.{n + 1:0000}.{site.Region}.cache.amazonaws.com" }, { "Port", 11211 } } }, { "ParameterGroupStatus", "in-sync" }, { "CustomerAvailabilityZone", zones[n] },
                    }).ToArray()
                },
                { "ConfigurationEndpoint", new Json { { "Address", $"{c.Name}.cfg.{site.Region}.cache.amazonaws.com" }, { "Port", 11211 } } },
            });
            yield break;
        }

        for (var n = 0; n < c.Nodes; n++)
        {
            yield return Cluster(world, site, c, Member(c, n), 1, Zone(site, c, n), new Json { { "ReplicationGroupId", c.Name } });
        }
    }

    private static Json Cluster(World world, Site site, CacheSpec c, string id, int nodes, string zone, Json more)
    {
        var cluster = new Json
        {
            { "CacheClusterId", id },
            { "ClientDownloadLandingPage", "https://console.aws.amazon.com/elasticache/home#client-download:" },
            { "CacheNodeType", c.NodeType },
            { "Engine", c.Engine },
            { "EngineVersion", c.Version },
            { "CacheClusterStatus", "available" },
            { "NumCacheNodes", nodes },
            { "PreferredAvailabilityZone", zone },
            { "CacheClusterCreateTime", world.Now - TimeSpan.FromDays(500) },
            { "PreferredMaintenanceWindow", "sun:18:00-sun:19:00" },
            { "PendingModifiedValues", new Json() },
            { "CacheSecurityGroups", Json.None },
            { "CacheParameterGroup", new Json { { "CacheParameterGroupName", $"default.{c.Engine}" }, { "ParameterApplyStatus", "in-sync" }, { "CacheNodeIdsToReboot", Json.None } } },
            { "CacheSubnetGroupName", site.Spec.Name },
            { "AutoMinorVersionUpgrade", true },
            { "SecurityGroups", new[] { new Json { { "SecurityGroupId", site.FindGroup($"{c.Name}-cache")!.Id }, { "Status", "active" } } } },
            { "SnapshotRetentionLimit", c.Engine == "memcached" ? null : 0 },
            { "AuthTokenEnabled", false },
            { "TransitEncryptionEnabled", false },
            { "AtRestEncryptionEnabled", c.Engine != "memcached" },
            { "ARN", site.Arn("elasticache", $"cluster:{id}") },
            { "ReplicationGroupLogDeliveryEnabled", false },
            { "LogDeliveryConfigurations", Json.None },
            { "NetworkType", "ipv4" },
            { "IpDiscovery", "ipv4" },
        };
        foreach (var (name, value) in more)
        {
            cluster.Add(name, value);
        }

        return cluster;
    }

    private static Json ReplicationGroup(World world, Site site, CacheSpec c)
    {
        var members = Enumerable.Range(0, c.Nodes).Select(n => Member(c, n)).ToArray();
        return new Json
        {
            { "ReplicationGroupId", c.Name },
            { "Description", c.Name },
            { "GlobalReplicationGroupInfo", new Json() },
            { "Status", "available" },
            { "PendingModifiedValues", new Json() },
            { "MemberClusters", members },
            {
                "NodeGroups", new[]
                {
                    new Json
                    {
                        { "NodeGroupId", "0001" }, { "Status", "available" },
                        { "PrimaryEndpoint", new Json { { "Address", $"master.{c.Name}.{site.Region}.cache.amazonaws.com" }, { "Port", 6379 } } },
                        { "ReaderEndpoint", new Json { { "Address", $"replica.{c.Name}.{site.Region}.cache.amazonaws.com" }, { "Port", 6379 } } },
                        {
                            "NodeGroupMembers", members.Select((m, n) => new Json
                            {
                                { "CacheClusterId", m }, { "CacheNodeId", "0001" }, { "ReadEndpoint", new Json { { "Address", $"{m}.{site.Region}.cache.amazonaws.com" }, { "Port", 6379 } } },
                                { "PreferredAvailabilityZone", Zone(site, c, n) }, { "CurrentRole", n == 0 ? "primary" : "replica" },
                            }).ToArray()
                        },
                    },
                }
            },
            { "AutomaticFailover", c.Failover && c.Nodes > 1 ? "enabled" : "disabled" },
            { "MultiAZ", c.Failover && Enumerable.Range(0, c.Nodes).Select(n => Zone(site, c, n)).Distinct().Count() > 1 ? "enabled" : "disabled" },
            { "SnapshotRetentionLimit", 0 },
            { "ClusterEnabled", false },
            { "CacheNodeType", c.NodeType },
            { "AuthTokenEnabled", false },
            { "TransitEncryptionEnabled", false },
            { "AtRestEncryptionEnabled", true },
            { "ARN", site.Arn("elasticache", $"replicationgroup:{c.Name}") },
            { "LogDeliveryConfigurations", Json.None },
            { "ReplicationGroupCreateTime", world.Now - TimeSpan.FromDays(500) },
            { "DataTiering", "disabled" },
            { "AutoMinorVersionUpgrade", true },
            { "NetworkType", "ipv4" },
            { "IpDiscovery", "ipv4" },
            { "ClusterMode", "disabled" },
            { "Engine", c.Engine },
        };
    }
}
