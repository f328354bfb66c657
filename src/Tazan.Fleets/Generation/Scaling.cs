using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Auto Scaling groups with their policies, schedules and activities, and what they launch from.</summary>
internal static class Scaling
{
    public static string TemplateId(World world, ServiceSpec service)
    {
        if (!world.Templates.TryGetValue(service, out var id))
        {
            world.Templates[service] = id = world.Ids.New("lt");
        }

        return id;
    }

    public static void Save(World world, Site site)
    {
        var scaled = world.Spec.Services.Where(s => s.Site == site.Spec && s.Scaling is not null).ToArray();
        site.Save("autoscaling-describe-auto-scaling-groups", "AutoScalingGroups", [.. scaled.Select(s => Describe(world, site, s, s.Scaling!))], pageSize: 100);
        site.Save("autoscaling-describe-auto-scaling-instances", "AutoScalingInstances", [.. scaled.SelectMany(s => site.Of(s).Where(static m => m.IsRunning).Select(m => new Json
        {
            { "InstanceId", m.Id }, { "InstanceType", m.Type.Name }, { "AutoScalingGroupName", s.Name }, { "AvailabilityZone", m.Zone }, { "LifecycleState", "InService" }, { "HealthStatus", "HEALTHY" },
            { "LaunchConfigurationName", s.Scaling!.UsesConfiguration ? $"{s.Name}-v1" : null }, { "LaunchTemplate", s.Scaling.UsesConfiguration ? null : Template(world, s, "1") }, { "ProtectedFromScaleIn", false },
        }))]);
        site.Save("autoscaling-describe-policies", "ScalingPolicies", [.. scaled.Where(static s => s.Scaling!.TargetCpu is not null).Select(s => Policy(world, site, s, s.Scaling!.TargetCpu!.Value))]);
        site.Save("autoscaling-describe-scheduled-actions", "ScheduledUpdateGroupActions", [.. scaled.Where(static s => s.Scaling!.Schedule is not null).Select(s => Schedule(world, site, s, s.Scaling!))]);
        site.Save("autoscaling-describe-scaling-activities", "Activities", [.. scaled.SelectMany(s => Activities(world, site, s, s.Scaling!))], pageSize: 100);
        site.Save("autoscaling-describe-lifecycle-hooks", "LifecycleHooks", []);
        site.Save("autoscaling-describe-launch-configurations", "LaunchConfigurations", [.. scaled.Where(static s => s.Scaling!.UsesConfiguration).Select(s => Configuration(world, site, s))]);
        var templated = scaled.Where(static s => !s.Scaling!.UsesConfiguration).ToArray();
        site.Save("ec2-describe-launch-templates", "LaunchTemplates", [.. templated.Select(s => new Json
        {
            { "LaunchTemplateId", TemplateId(world, s) }, { "LaunchTemplateName", s.Name }, { "CreateTime", world.Now - s.Age - TimeSpan.FromDays(1) }, { "CreatedBy", $"arn:aws:iam::{site.Account}:user/deploy" },
            { "DefaultVersionNumber", 1 }, { "LatestVersionNumber", 1 }, { "Tags", World.Tags(s.Name) }, { "Operator", new Json { { "Managed", false } } },
        })], pageSize: 200);
        site.Save("ec2-describe-launch-template-versions", "LaunchTemplateVersions", [.. templated.Select(s => Version(world, site, s))], pageSize: 200);
    }

    private static string GroupArn(World world, Site site, ServiceSpec service) => site.Arn("autoscaling", $"autoScalingGroup:{Uuid(site, service, "group")}:autoScalingGroupName/{service.Name}");

    // From the name alone, since several answers name the group's ARN.
    private static string Uuid(Site site, ServiceSpec service, string purpose) => new Ids(new RandomStream(0).For(site.Account + site.Region + service.Name)).Uuid(purpose);

    private static Json Template(World world, ServiceSpec service, string version) => new() { { "LaunchTemplateId", TemplateId(world, service) }, { "LaunchTemplateName", service.Name }, { "Version", version } };

    private static Json Describe(World world, Site site, ServiceSpec service, ScalingSpec scaling)
    {
        var zones = service.Zones.Distinct(StringComparer.Ordinal).ToArray();
        var configuration = scaling.UsesConfiguration ? $"{service.Name}-v1" : null;
        return new Json
        {
            { "AutoScalingGroupName", service.Name },
            { "AutoScalingGroupARN", GroupArn(world, site, service) },
            { "LaunchConfigurationName", configuration },
            { "LaunchTemplate", configuration is null ? Template(world, service, "$Latest") : null },
            { "MinSize", scaling.Min },
            { "MaxSize", scaling.Max },
            { "DesiredCapacity", service.Count },
            { "DefaultCooldown", 300 },
            { "AvailabilityZones", zones.Select(z => site.Region + z).ToArray() },
            { "LoadBalancerNames", site.ClassicNames.GetValueOrDefault(service)?.ToArray() ?? [] },
            { "TargetGroupARNs", site.TargetGroupArns.GetValueOrDefault(service)?.ToArray() ?? [] },
            { "HealthCheckType", scaling.HealthCheck },
            { "HealthCheckGracePeriod", 300 },
            {
                "Instances", site.Of(service).Where(static m => m.IsRunning).Select(m => new Json
                {
                    { "InstanceId", m.Id }, { "InstanceType", m.Type.Name }, { "AvailabilityZone", m.Zone }, { "LifecycleState", "InService" }, { "HealthStatus", "Healthy" },
                    { "LaunchConfigurationName", configuration }, { "LaunchTemplate", configuration is null ? Template(world, service, "1") : null }, { "ProtectedFromScaleIn", false },
                }).ToArray()
            },
            { "CreatedTime", world.Now - service.Age - TimeSpan.FromDays(1) },
            { "SuspendedProcesses", scaling.Suspended.Select(static p => new Json { { "ProcessName", p }, { "SuspensionReason", "User suspended" } }).ToArray() },
            { "VPCZoneIdentifier", string.Join(',', zones.Select(z => site.SubnetIn(z, service.IsPublic).Id)) },
            { "EnabledMetrics", Json.None },
            {
                "Tags", service.Tags.Where(static t => t.Key is not ("Name" or "Service")).Prepend(new("Service", service.Name)).Select(t => new Json
                {
                    { "ResourceId", service.Name }, { "ResourceType", "auto-scaling-group" }, { "Key", t.Key }, { "Value", t.Value }, { "PropagateAtLaunch", true },
                }).ToArray()
            },
            { "TerminationPolicies", new[] { "Default" } },
            { "NewInstancesProtectedFromScaleIn", false },
            { "ServiceLinkedRoleARN", $"arn:aws:iam::{site.Account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" },
            { "TrafficSources", (site.TargetGroupArns.GetValueOrDefault(service) ?? []).Select(static a => new Json { { "Identifier", a }, { "Type", "elbv2" } }).ToArray() },
            {
                "InstanceMaintenancePolicy", scaling.HealthyMin is null && scaling.HealthyMax is null ? null
                    : new Json { { "MinHealthyPercentage", scaling.HealthyMin ?? 90 }, { "MaxHealthyPercentage", scaling.HealthyMax ?? 110 } }
            },
            { "AvailabilityZoneDistribution", new Json { { "CapacityDistributionStrategy", "balanced-best-effort" } } },
            { "CapacityReservationSpecification", new Json { { "CapacityReservationPreference", "default" } } },
        };
    }

    private static Json Policy(World world, Site site, ServiceSpec service, double target)
    {
        var uuid = Uuid(site, service, "policy");
        Json Alarm(string end) => new() { { "AlarmName", $"TargetTracking-{service.Name}-Alarm{end}-{uuid}" }, { "AlarmARN", site.Arn("cloudwatch", $"alarm:TargetTracking-{service.Name}-Alarm{end}-{uuid}") } };
        return new Json
        {
            { "AutoScalingGroupName", service.Name },
            { "PolicyName", "follow-cpu" },
            { "PolicyARN", site.Arn("autoscaling", $"scalingPolicy:{uuid}:autoScalingGroupName/{service.Name}:policyName/follow-cpu") },
            { "PolicyType", "TargetTrackingScaling" },
            { "StepAdjustments", Json.None },
            { "Alarms", new[] { Alarm("High"), Alarm("Low") } },
            { "TargetTrackingConfiguration", new Json { { "PredefinedMetricSpecification", new Json { { "PredefinedMetricType", "ASGAverageCPUUtilization" } } }, { "TargetValue", target }, { "DisableScaleIn", false } } },
            { "Enabled", true },
        };
    }

    private static Json Schedule(World world, Site site, ServiceSpec service, ScalingSpec scaling) => new()
    {
        { "AutoScalingGroupName", service.Name },
        { "ScheduledActionName", $"{service.Name}-evening" },
        { "ScheduledActionARN", site.Arn("autoscaling", $"scheduledUpdateGroupAction:{Uuid(site, service, "schedule")}:autoScalingGroupName/{service.Name}:scheduledActionName/{service.Name}-evening") },
        { "StartTime", world.Now + TimeSpan.FromHours(5) },
        { "Recurrence", scaling.Schedule },
        { "MinSize", scaling.ScheduledDesired },
        { "MaxSize", Math.Max(scaling.Max, scaling.ScheduledDesired) },
        { "DesiredCapacity", scaling.ScheduledDesired },
        { "TimeZone", "UTC" },
    };

    private static IEnumerable<Json> Activities(World world, Site site, ServiceSpec service, ScalingSpec scaling)
    {
        for (var i = 0; i < scaling.FailedActivities; i++)
        {
            var at = world.Now - TimeSpan.FromMinutes(20 * (i + 1));
            var image = scaling.LaunchImage is { } launch ? site.ImageId(launch) : site.ImageId(service.Images[0]);
            yield return Activity(at, "Launching a new EC2 instance.  Status Reason: The image id '[" + image + "]' does not exist. Launching EC2 instance failed.", "Failed",
                $"The image id '[{image}]' does not exist. Launching EC2 instance failed.", 100);
        }

        var random = world.Ids.Stream($"activities {service.Name}");
        var machines = site.Of(service).Where(static m => m.IsRunning).Take(3).ToArray();
        foreach (var machine in machines)
        {
            yield return Activity(machine.Launched - TimeSpan.FromSeconds(20 + random.NextInt(20)), $"Launching a new EC2 instance: {machine.Id}", "Successful", null, 100);
        }

        Json Activity(DateTimeOffset at, string description, string status, string? message, int progress) => new()
        {
            { "ActivityId", world.Ids.Uuid("activity") },
            { "AutoScalingGroupName", service.Name },
            { "Description", description },
            { "Cause", $"At {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity." },
            { "StartTime", at },
            { "EndTime", at + TimeSpan.FromSeconds(38) },
            { "StatusCode", status },
            { "StatusMessage", message },
            { "Progress", progress },
            { "Details", $$"""{"Availability Zone":"{{site.Region}}{{service.Zones[0]}}"}""" },
            { "AutoScalingGroupARN", GroupArn(world, site, service) },
        };
    }

    private static Json Configuration(World world, Site site, ServiceSpec service) => new()
    {
        { "LaunchConfigurationName", $"{service.Name}-v1" },
        { "LaunchConfigurationARN", site.Arn("autoscaling", $"launchConfiguration:{Uuid(site, service, "configuration")}:launchConfigurationName/{service.Name}-v1") },
        { "ImageId", site.ImageId(service.Scaling!.LaunchImage ?? service.Images[0]) },
        { "KeyName", "" },
        { "SecurityGroups", new[] { site.FindGroup(service.Name)!.Id } },
        { "ClassicLinkVPCSecurityGroups", Json.None },
        { "UserData", "" },
        { "InstanceType", service.Types[0] },
        { "KernelId", service.Images[0].KernelId ?? "" },
        { "RamdiskId", "" },
        { "BlockDeviceMappings", Json.None },
        { "InstanceMonitoring", new Json { { "Enabled", service.DetailedMonitoring } } },
        { "IamInstanceProfile", service.Name },
        { "CreatedTime", world.Now - service.Age - TimeSpan.FromDays(1) },
        { "EbsOptimized", false },
        { "AssociatePublicIpAddress", service.IsPublic },
    };

    private static Json Version(World world, Site site, ServiceSpec service) => new()
    {
        { "LaunchTemplateId", TemplateId(world, service) },
        { "LaunchTemplateName", service.Name },
        { "VersionNumber", 1 },
        { "CreateTime", world.Now - service.Age - TimeSpan.FromDays(1) },
        { "CreatedBy", $"arn:aws:iam::{site.Account}:user/deploy" },
        { "DefaultVersion", true },
        {
            "LaunchTemplateData", new Json
            {
                { "EbsOptimized", InstanceType.Get(service.Types[0]).Hypervisor == "nitro" },
                { "IamInstanceProfile", new Json { { "Arn", $"arn:aws:iam::{site.Account}:instance-profile/{service.Name}" } } },
                {
                    "BlockDeviceMappings", service.Volumes.Prepend(service.Root).Select(static v => new Json
                    {
                        { "DeviceName", v.Device }, { "Ebs", new Json { { "Encrypted", v.Encrypted }, { "DeleteOnTermination", true }, { "VolumeSize", v.Gib }, { "VolumeType", v.Type } } },
                    }).ToArray()
                },
                { "ImageId", site.ImageId(service.Scaling!.LaunchImage ?? service.Images[0]) },
                { "InstanceType", service.Types[0] },
                { "SecurityGroupIds", new[] { site.FindGroup(service.Name)!.Id } },
                { "CreditSpecification", service.Credits is null ? null : new Json { { "CpuCredits", service.Credits } } },
                { "MetadataOptions", new Json { { "HttpTokens", "required" }, { "HttpPutResponseHopLimit", 2 }, { "HttpEndpoint", "enabled" } } },
            }
        },
        { "Operator", new Json { { "Managed", false } } },
    };
}
