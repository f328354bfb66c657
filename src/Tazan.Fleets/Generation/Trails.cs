using System.Globalization;

namespace Tazan.Fleets;

/// <summary>A few CloudTrail events: who changed what of late.</summary>
internal static class Trails
{
    public static void Save(World world, Site site)
    {
        var events = new List<Json>();
        var random = world.Ids.Stream($"trail {site.Spec.Name}");
        string[] users = ["deploy", "backup", "yamada", "okafor"];
        foreach (var (name, machine) in site.Machines.Where((_, i) => i % Math.Max(1, site.Machines.Count / 8) == 0).Select((m, i) => ((i % 3) switch { 0 => "CreateTags", 1 => "RebootInstances", _ => "ModifyInstanceAttribute" }, m)))
        {
            events.Add(New(world, site, name, machine.Id, users[random.NextInt(users.Length)], world.Now - TimeSpan.FromMinutes(random.NextInt(6 * 1440))));
        }

        foreach (var machine in site.Machines.Where(static m => m.Service.DailyImages > 0))
        {
            events.Add(New(world, site, "CreateImage", machine.Id, "backup", world.Now - TimeSpan.FromHours(9)));
        }

        site.Save("cloudtrail-lookup-events", "Events", events, pageSize: 50);
    }

    private static Json New(World world, Site site, string name, string instance, string user, DateTimeOffset at)
    {
        var id = world.Ids.Uuid("trail event");
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Json
        {
            { "EventId", id }, { "EventName", name }, { "ReadOnly", "false" }, { "EventTime", at }, { "EventSource", "ec2.amazonaws.com" }, { "Username", user },
            { "Resources", new[] { new Json { { "ResourceType", "AWS::EC2::Instance" }, { "ResourceName", instance } } } },
            {
                "CloudTrailEvent", $$$"""{"eventVersion":"1.09","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{site.Account}}}:user/{{{user}}}","accountId":"{{{site.Account}}}","userName":"{{{user}}}"},"eventTime":"{{{time}}}","eventSource":"ec2.amazonaws.com","eventName":"{{{name}}}","awsRegion":"{{{site.Region}}}","requestParameters":{"instanceId":"{{{instance}}}"},"eventID":"{{{id}}}","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{{site.Account}}}"}"""
            },
        };
    }
}
