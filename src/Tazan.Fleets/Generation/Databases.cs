namespace Tazan.Fleets;

/// <summary>RDS DB instances.</summary>
internal static class Databases
{
    public static void Save(World world, Site site)
    {
        var mine = world.Spec.Databases.Where(d => d.Site == site.Spec).ToArray();
        site.Save("rds-describe-db-instances", "DBInstances", [.. mine.Select(d => Describe(world, site, d, mine))], pageSize: 100);
        site.Save("rds-describe-db-clusters", "DBClusters", []);
        site.Save("rds-describe-pending-maintenance-actions", "PendingMaintenanceActions", []);
        site.Save("rds-describe-events", "Events", []);
    }

    public static string Arn(Site site, DatabaseSpec database) => site.Arn("rds", $"db:{database.Name}");

    private static Json Describe(World world, Site site, DatabaseSpec d, DatabaseSpec[] all)
    {
        var subnets = site.Subnets.Where(static s => !s.IsPublic).ToArray();
        var other = site.Spec.Zones.FirstOrDefault(z => z != d.Zone);
        var made = world.Now - TimeSpan.FromDays(620);
        return new Json
        {
            { "DBInstanceIdentifier", d.Name },
            { "DBInstanceClass", d.Class },
            { "Engine", d.Engine },
            { "DBInstanceStatus", "available" },
            { "MasterUsername", "app" },
            { "DBName", "app" },
            { "Endpoint", new Json { { "Address", $"{d.Name}.c0example{site.Account[^3..]}.{site.Region}.rds.amazonaws.com" }, { "Port", d.Port }, { "HostedZoneId", "Z24O6O9L7SGTNB" } } },
            { "AllocatedStorage", d.Gib },
            { "InstanceCreateTime", made },
            { "PreferredBackupWindow", "17:00-17:30" },
            { "BackupRetentionPeriod", d.BackupDays },
            { "DBSecurityGroups", Json.None },
            { "VpcSecurityGroups", new[] { new Json { { "VpcSecurityGroupId", site.FindGroup($"{d.Name}-rds")!.Id }, { "Status", "active" } } } },
            { "DBParameterGroups", new[] { new Json { { "DBParameterGroupName", $"default.{d.Engine}{d.Version.Split('.')[0]}" }, { "ParameterApplyStatus", "in-sync" } } } },
            { "AvailabilityZone", site.Region + d.Zone },
            {
                "DBSubnetGroup", new Json
                {
                    { "DBSubnetGroupName", site.Spec.Name }, { "DBSubnetGroupDescription", "private subnets" }, { "VpcId", site.VpcId }, { "SubnetGroupStatus", "Complete" },
                    { "Subnets", subnets.Select(static s => new Json { { "SubnetIdentifier", s.Id }, { "SubnetAvailabilityZone", new Json { { "Name", s.Zone } } }, { "SubnetOutpost", new Json() }, { "SubnetStatus", "Active" } }).ToArray() },
                }
            },
            { "PreferredMaintenanceWindow", "sun:18:00-sun:18:30" },
            { "PendingModifiedValues", new Json() },
            { "LatestRestorableTime", d.BackupDays == 0 ? null : world.Now - TimeSpan.FromMinutes(4) },
            { "MultiAZ", d.MultiAz },
            { "EngineVersion", d.Version },
            { "AutoMinorVersionUpgrade", true },
            { "ReadReplicaSourceDBInstanceIdentifier", d.ReplicaOf },
            { "ReadReplicaDBInstanceIdentifiers", all.Where(r => r.ReplicaOf == d.Name).Select(static r => r.Name).ToArray() },
            { "LicenseModel", d.Engine.Contains("postgres", StringComparison.Ordinal) ? "postgresql-license" : "general-public-license" },
            { "Iops", d.StorageType is "gp3" or "io1" or "io2" ? 3000 : null },
            { "OptionGroupMemberships", Json.None },
            { "SecondaryAvailabilityZone", d.MultiAz && other is not null ? site.Region + other : null },
            { "PubliclyAccessible", false },
            { "StorageType", d.StorageType },
            { "DbInstancePort", 0 },
            { "StorageEncrypted", true },
            { "DbiResourceId", "db-" + world.Ids.Letters("rds", 26) },
            { "CACertificateIdentifier", "rds-ca-rsa2048-g1" },
            { "DomainMemberships", Json.None },
            { "CopyTagsToSnapshot", true },
            { "MonitoringInterval", 60 },
            { "DBInstanceArn", Arn(site, d) },
            { "IAMDatabaseAuthenticationEnabled", false },
            { "DatabaseInsightsMode", "standard" },
            { "PerformanceInsightsEnabled", true },
            { "DeletionProtection", true },
            { "AssociatedRoles", Json.None },
            { "TagList", World.Tags(d.Tags) },
            { "CustomerOwnedIpEnabled", false },
            { "ActivityStreamStatus", "stopped" },
            { "BackupTarget", "region" },
            { "NetworkType", "IPV4" },
            { "StorageThroughput", d.StorageType == "gp3" ? 125 : 0 },
            { "CertificateDetails", new Json { { "CAIdentifier", "rds-ca-rsa2048-g1" }, { "ValidTill", world.Now + TimeSpan.FromDays(400) } } },
            { "DedicatedLogVolume", false },
            { "IsStorageConfigUpgradeAvailable", false },
            { "EngineLifecycleSupport", "open-source-rds-extended-support" },
        };
    }
}
