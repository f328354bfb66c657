namespace Tazan.Fleets;

/// <summary>CloudWatch alarms, some of which tell nobody.</summary>
internal static class Alarms
{
    public static void Save(World world, Site site)
    {
        var alarms = new List<Json>();
        foreach (var spec in world.Spec.Alarms.Where(a => a.Site == site.Spec))
        {
            if (spec.Database is { } database)
            {
                alarms.Add(Describe(world, site, spec, spec.Name, ("DBInstanceIdentifier", database.Name)));
            }
            else if (spec.Service is { } service)
            {
                alarms.AddRange(site.Of(service).Take(spec.Instances).Select(m => Describe(world, site, spec, $"{spec.Name}-{m.Name}", ("InstanceId", m.Id))));
            }
            else
            {
                alarms.Add(Describe(world, site, spec, spec.Name, null));
            }
        }

        world.One(site.Account, site.Region, "cloudwatch-describe-alarms", new Json { { "MetricAlarms", alarms }, { "CompositeAlarms", Json.None } });
    }

    private static Json Describe(World world, Site site, AlarmSpec spec, string name, (string Name, string Value)? dimension)
    {
        var action = spec.Action switch
        {
            "notify" => site.Arn("sns", "on-call"),
            "recover" => $"arn:aws:automate:{site.Region}:ec2:recover",
            "reboot" => $"arn:aws:automate:{site.Region}:ec2:reboot",
            _ => null,
        };
        return new Json
        {
            { "AlarmName", name },
            { "AlarmArn", site.Arn("cloudwatch", $"alarm:{name}") },
            { "AlarmConfigurationUpdatedTimestamp", world.Now - TimeSpan.FromDays(210) },
            { "ActionsEnabled", true },
            { "OKActions", Json.None },
            { "AlarmActions", action is null ? [] : new[] { action } },
            { "InsufficientDataActions", Json.None },
            { "StateValue", spec.State },
            { "StateReason", spec.State == "ALARM" ? "Threshold Crossed" : "Unchecked: Initial alarm creation" },
            { "StateUpdatedTimestamp", world.Now - TimeSpan.FromDays(2) },
            { "MetricName", spec.Metric },
            { "Namespace", spec.Namespace },
            { "Statistic", spec.Statistic },
            { "Dimensions", dimension is { } d ? new[] { new Json { { "Name", d.Name }, { "Value", d.Value } } } : Json.None },
            { "Period", 300 },
            { "EvaluationPeriods", spec.Periods },
            { "DatapointsToAlarm", spec.Periods },
            { "Threshold", spec.Threshold },
            { "ComparisonOperator", "GreaterThanOrEqualToThreshold" },
            { "TreatMissingData", "missing" },
            { "StateTransitionedTimestamp", world.Now - TimeSpan.FromDays(2) },
        };
    }
}
