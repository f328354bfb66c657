using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Instances, their interfaces, status checks, types and credit settings.</summary>
internal static class Instances
{
    // A reservation is one RunInstances call; instances outside Auto Scaling come in calls of up to this many.
    private const int LaunchedTogether = 10;

    public static void Prepare(World world, Site site)
    {
        foreach (var service in world.Spec.Services.Where(s => s.Site == site.Spec))
        {
            var random = world.Ids.Stream($"launch {service.Name}");
            for (var i = 0; i < service.Count; i++)
            {
                site.Machines.Add(New(world, site, service, i, random));
            }
        }
    }

    public static string Mac(World world)
    {
        var bits = world.Ids.Stream("mac").NextUInt64();
        return string.Create(CultureInfo.InvariantCulture, $"06:{bits & 255:x2}:{(bits >> 8) & 255:x2}:{(bits >> 16) & 255:x2}:{(bits >> 24) & 255:x2}:{(bits >> 32) & 255:x2}");
    }

    public static void Save(World world, Site site)
    {
        var reservations = new List<Json>();
        foreach (var service in site.Machines.GroupBy(static m => m.Service))
        {
            foreach (var batch in service.Chunk(service.Key.Scaling is null ? LaunchedTogether : 1))
            {
                reservations.Add(new Json
                {
                    { "ReservationId", world.Ids.New("r") },
                    { "OwnerId", site.Account },
                    { "RequesterId", service.Key.Scaling is null ? null : "940372691376" },
                    { "Groups", Json.None },
                    { "Instances", batch.Select((m, i) => Describe(world, site, m, i)).ToArray() },
                });
            }
        }

        site.Save("ec2-describe-instances", "Reservations", reservations);
        site.Save("ec2-describe-network-interfaces", "NetworkInterfaces", [.. site.Machines.Select(m => DescribeInterface(site, m)), .. site.OtherInterfaces]);
        site.Save("ec2-describe-instance-status", "InstanceStatuses", [.. site.Machines.Where(static m => m.IsRunning).Select(m => Status(site, m))]);
        site.Save("ec2-describe-instance-types", "InstanceTypes", [.. site.Machines.Select(static m => m.Type).DistinctBy(static t => t.Name).OrderBy(static t => t.Name, StringComparer.Ordinal).Select(TypeAnswer.Describe)]);
        site.Save("ec2-describe-instance-credit-specifications", "InstanceCreditSpecifications", [.. site.Machines.Where(static m => m.Type.Burstable && m.IsRunning).Select(static m => new Json
        {
            // Types from T3 on are unlimited unless told otherwise; T2 is standard (EC2 User Guide, burstable instances).
            { "InstanceId", m.Id }, { "CpuCredits", m.Service.Credits ?? (m.Type.Name.StartsWith("t2.", StringComparison.Ordinal) ? "standard" : "unlimited") },
        })]);
        site.Save("ec2-describe-addresses", "Addresses", site.Addresses);
        site.Save("ec2-describe-capacity-reservations", "CapacityReservations", []);
        site.Save("ec2-describe-placement-groups", "PlacementGroups", []);
        site.Save("ec2-describe-key-pairs", "KeyPairs", []);
        site.Save("ec2-describe-instance-event-windows", "InstanceEventWindows", site.Spec.EventWindow is null ? [] :
        [
            new Json
            {
                { "InstanceEventWindowId", world.Ids.New("iew") }, { "Name", $"{site.Spec.Name}-maintenance" }, { "CronExpression", site.Spec.EventWindow },
                { "AssociationTarget", new Json { { "InstanceIds", Json.None }, { "Tags", new[] { new Json { { "Key", "Environment" }, { "Value", "production" } } } }, { "DedicatedHostIds", Json.None } } },
                { "State", "active" }, { "Tags", Json.None },
            },
        ]);
    }

    private static Machine New(World world, Site site, ServiceSpec service, int i, RandomStream random)
    {
        var ids = world.Ids;
        var zone = service.Zones[i % service.Zones.Length];
        var image = service.Images[i % service.Images.Length];
        var subnet = site.SubnetIn(zone, service.IsPublic);
        // Launched within a fortnight of the service's age, a whole number of minutes apart.
        var spread = Math.Min(14 * 1440, (int)Math.Min(service.Age.TotalMinutes, 14 * 1440) + 1);
        var machine = new Machine
        {
            Id = ids.New("i"),
            Service = service,
            Index = i,
            Type = InstanceType.Get(service.Types[i % service.Types.Length]),
            Image = image,
            ImageId = site.ImageId(image),
            ZoneLetter = zone,
            Zone = site.Region + zone,
            Subnet = subnet,
            Ip = subnet.Take(),
            PublicIp = service.IsPublic ? site.PublicAddress() : null,
            EniId = ids.New("eni"),
            Mac = Mac(world),
            Launched = world.Now - service.Age + TimeSpan.FromMinutes(random.NextInt(spread)),
            IsRunning = i >= service.Stopped,
            // The last ones fail, so that with stopped ones first the failing ones still run.
            FailsCheck = i >= service.Count - service.FailingChecks,
            Group = site.FindGroup(service.Name)!,
        };
        Volumes.Attach(world, site, machine);
        return machine;
    }

    private static Json Describe(World world, Site site, Machine m, int launchIndex)
    {
        var service = m.Service;
        var nitro = m.Type.Hypervisor == "nitro";
        Json[] groups = [new Json { { "GroupName", m.Group.Name }, { "GroupId", m.Group.Id } }];
        return new Json
        {
            { "AmiLaunchIndex", launchIndex },
            { "ImageId", m.ImageId },
            { "InstanceId", m.Id },
            { "InstanceType", m.Type.Name },
            { "KernelId", m.Image.KernelId },
            { "LaunchTime", m.Launched },
            { "Monitoring", new Json { { "State", service.DetailedMonitoring ? "enabled" : "disabled" } } },
            { "Placement", new Json { { "AvailabilityZoneId", Network.ZoneId(site, m.Zone) }, { "AvailabilityZone", m.Zone }, { "GroupName", "" }, { "Tenancy", "default" } } },
            { "PrivateDnsName", site.PrivateName(m.Ip) },
            { "PrivateIpAddress", m.Ip },
            { "ProductCodes", Json.None },
            { "PublicDnsName", m.PublicIp is null || !m.IsRunning ? "" : site.PublicName(m.PublicIp) },
            { "PublicIpAddress", m.IsRunning ? m.PublicIp : null },
            { "State", new Json { { "Code", m.IsRunning ? 16 : 80 }, { "Name", m.IsRunning ? "running" : "stopped" } } },
            { "StateTransitionReason", m.IsRunning ? "" : $"User initiated ({(world.Now - TimeSpan.FromDays(20)).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} GMT)" },
            { "SubnetId", m.Subnet.Id },
            { "VpcId", site.VpcId },
            { "Architecture", m.Image.Architecture },
            {
                "BlockDeviceMappings", m.Disks.Select(static d => new Json
                {
                    { "DeviceName", d.Spec.Device },
                    { "Ebs", new Json { { "AttachTime", d.Created }, { "DeleteOnTermination", d.IsRoot }, { "Status", "attached" }, { "VolumeId", d.Id } } },
                }).ToArray()
            },
            { "ClientToken", service.Scaling is null ? "" : world.Ids.Uuid("client token") },
            { "EbsOptimized", nitro },
            { "EnaSupport", m.Image.Ena ? true : null },
            { "Hypervisor", "xen" },
            { "IamInstanceProfile", new Json { { "Arn", $"arn:aws:iam::{site.Account}:instance-profile/{service.Name}" }, { "Id", "AIPA" + world.Ids.Letters("profile", 17) } } },
            {
                "NetworkInterfaces", new[]
                {
                    new Json
                    {
                        { "Association", m.PublicIp is null || !m.IsRunning ? null : new Json { { "IpOwnerId", "amazon" }, { "PublicDnsName", site.PublicName(m.PublicIp) }, { "PublicIp", m.PublicIp } } },
                        { "Attachment", Attachment(m, withInstance: false, site) },
                        { "ConnectionTrackingConfiguration", Tracking(m) },
                        { "Description", "" },
                        { "Groups", groups },
                        { "Ipv6Addresses", Json.None },
                        { "MacAddress", m.Mac },
                        { "NetworkInterfaceId", m.EniId },
                        { "OwnerId", site.Account },
                        { "PrivateDnsName", site.PrivateName(m.Ip) },
                        { "PrivateIpAddress", m.Ip },
                        { "PrivateIpAddresses", new[] { new Json { { "Primary", true }, { "PrivateDnsName", site.PrivateName(m.Ip) }, { "PrivateIpAddress", m.Ip } } } },
                        { "SourceDestCheck", true },
                        { "Status", "in-use" },
                        { "SubnetId", m.Subnet.Id },
                        { "VpcId", site.VpcId },
                        { "InterfaceType", "interface" },
                        { "Operator", new Json { { "Managed", false } } },
                    },
                }
            },
            { "RootDeviceName", service.Root.Device },
            { "RootDeviceType", "ebs" },
            { "SecurityGroups", groups },
            { "SourceDestCheck", true },
            { "StateReason", m.IsRunning ? null : new Json { { "Code", "Client.UserInitiatedShutdown" }, { "Message", "Client.UserInitiatedShutdown: User initiated shutdown" } } },
            { "Tags", World.Tags(Tags(world, m)) },
            { "VirtualizationType", m.Image.IsParavirtual ? "paravirtual" : "hvm" },
            { "CpuOptions", TypeAnswer.Cpu(m.Type) },
            { "CapacityReservationSpecification", new Json { { "CapacityReservationPreference", "open" } } },
            { "HibernationOptions", new Json { { "Configured", false } } },
            {
                "MetadataOptions", new Json
                {
                    { "State", "applied" }, { "HttpTokens", m.Image.IsParavirtual ? "optional" : "required" }, { "HttpPutResponseHopLimit", 2 }, { "HttpEndpoint", "enabled" },
                    { "HttpProtocolIpv6", "disabled" }, { "InstanceMetadataTags", "disabled" },
                }
            },
            { "EnclaveOptions", new Json { { "Enabled", false } } },
            { "BootMode", m.Image.IsParavirtual ? null : m.Image.BootMode },
            { "PlatformDetails", "Linux/UNIX" },
            { "UsageOperation", "RunInstances" },
            { "UsageOperationUpdateTime", m.Launched },
            { "PrivateDnsNameOptions", new Json { { "HostnameType", "ip-name" }, { "EnableResourceNameDnsARecord", false }, { "EnableResourceNameDnsAAAARecord", false } } },
            { "MaintenanceOptions", new Json { { "AutoRecovery", service.AutoRecovery ? "default" : "disabled" }, { "RebootMigration", "default" } } },
            { "CurrentInstanceBootMode", m.Image.BootMode.StartsWith("uefi", StringComparison.Ordinal) && m.Type.BootModes.Contains("uefi", StringComparer.Ordinal) ? "uefi" : "legacy-bios" },
            { "NetworkPerformanceOptions", new Json { { "BandwidthWeighting", "default" } } },
            { "Operator", new Json { { "Managed", false } } },
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Tags(World world, Machine m)
    {
        yield return new("Name", m.Name);
        if (m.Service.Tags.All(static t => t.Key != "Service"))
        {
            yield return new("Service", m.Service.Name);
        }

        foreach (var tag in m.Service.Tags.Where(static t => t.Key != "Name"))
        {
            yield return tag;
        }

        if (m.Service.Roles.Length > 0)
        {
            yield return new("Role", m.Service.Roles[Math.Min(m.Index, m.Service.Roles.Length - 1)]);
        }

        if (m.Service.Scaling is { } scaling)
        {
            yield return new("aws:autoscaling:groupName", m.Service.Name);
            if (!scaling.UsesConfiguration)
            {
                yield return new("aws:ec2launchtemplate:id", Scaling.TemplateId(world, m.Service));
                yield return new("aws:ec2launchtemplate:version", "1");
            }
        }
    }

    private static Json? Tracking(Machine m) => m.Service.TcpIdleTimeout is { } seconds ? new Json { { "TcpEstablishedTimeout", seconds } } : null;

    private static Json Attachment(Machine m, bool withInstance, Site site) => new()
    {
        { "AttachTime", m.Launched },
        { "AttachmentId", string.Concat("eni-attach-", m.EniId.AsSpan(4)) },
        { "DeleteOnTermination", true },
        { "DeviceIndex", 0 },
        { "NetworkCardIndex", 0 },
        { "InstanceId", withInstance ? m.Id : null },
        { "InstanceOwnerId", withInstance ? site.Account : null },
        { "Status", "attached" },
    };

    private static Json DescribeInterface(Site site, Machine m) => new()
    {
        { "Association", m.PublicIp is null || !m.IsRunning ? null : new Json { { "IpOwnerId", "amazon" }, { "PublicDnsName", site.PublicName(m.PublicIp) }, { "PublicIp", m.PublicIp } } },
        { "Attachment", Attachment(m, withInstance: true, site) },
        { "AvailabilityZone", m.Zone },
        { "ConnectionTrackingConfiguration", Tracking(m) },
        { "Description", "" },
        { "Groups", new[] { new Json { { "GroupId", m.Group.Id }, { "GroupName", m.Group.Name } } } },
        { "InterfaceType", "interface" },
        { "Ipv6Addresses", Json.None },
        { "MacAddress", m.Mac },
        { "NetworkInterfaceId", m.EniId },
        { "OwnerId", site.Account },
        { "PrivateDnsName", site.PrivateName(m.Ip) },
        { "PrivateIpAddress", m.Ip },
        { "PrivateIpAddresses", new[] { new Json { { "Primary", true }, { "PrivateDnsName", site.PrivateName(m.Ip) }, { "PrivateIpAddress", m.Ip } } } },
        { "RequesterManaged", false },
        { "SourceDestCheck", true },
        { "Status", "in-use" },
        { "SubnetId", m.Subnet.Id },
        { "TagSet", Json.None },
        { "VpcId", site.VpcId },
        { "Operator", new Json { { "Managed", false } } },
    };

    private static Json Status(Site site, Machine m) => new()
    {
        { "AvailabilityZone", m.Zone },
        { "AvailabilityZoneId", Network.ZoneId(site, m.Zone) },
        { "Operator", new Json { { "Managed", false } } },
        { "Events", m.Events.Count == 0 ? null : m.Events },
        { "InstanceId", m.Id },
        { "InstanceState", new Json { { "Code", 16 }, { "Name", "running" } } },
        { "InstanceStatus", Check(m.FailsCheck, m.Launched) },
        { "SystemStatus", Check(false, m.Launched) },
        { "AttachedEbsStatus", m.Type.Hypervisor == "nitro" ? Check(false, m.Launched) : null },
    };

    private static Json Check(bool fails, DateTimeOffset launched) => new()
    {
        { "Details", new[] { new Json { { "ImpairedSince", fails ? launched + TimeSpan.FromMinutes(4) : null }, { "Name", "reachability" }, { "Status", fails ? "failed" : "passed" } } } },
        { "Status", fails ? "impaired" : "ok" },
    };
}
