namespace Tazan.Fleets;

/// <summary>Maintenance that the provider announced: on instances, and as AWS Health events.</summary>
internal static class ScheduledEvents
{
    public static void Prepare(World world)
    {
        var number = 0;
        foreach (var spec in world.Spec.Events)
        {
            var random = world.Ids.Stream($"event {number++}");
            var site = world.SiteOf(spec.Site);
            var candidates = site.Machines.Where(m => m.IsRunning && m.Events.Count == 0 && (spec.Services.Length == 0 || spec.Services.Contains(m.Service))).ToArray();
            var hit = Draw(candidates, (int)Math.Round(candidates.Length * spec.Share), random);
            var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
            foreach (var machine in hit)
            {
                // A window begins on a full hour; zones follow one another, and within a zone starts are spread.
                var start = world.Now + spec.Starts + spec.Stagger * spec.Site.Zones.IndexOf(machine.ZoneLetter) + spec.Spread * random.NextDouble();
                start = new DateTimeOffset(start.UtcTicks - start.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
                machine.Events.Add(new Json
                {
                    { "InstanceEventId", world.Ids.New("instance-event") },
                    { "Code", spec.Code },
                    { "Description", Describe(spec.Code) },
                    { "NotAfter", start + spec.Lasts },
                    { "NotBefore", start },
                    { "NotBeforeDeadline", spec.Deadline is { } deadline ? Later(start, world.Now + deadline) : null },
                });
                first = start < first ? start : first;
                last = start + spec.Lasts > last ? start + spec.Lasts : last;
            }

            if (hit.Count > 0)
            {
                world.Announced.Add(new Announced(spec, hit, first, last));
            }
        }
    }

    /// <summary>The Health event type for a code; names as seen in public event rules.</summary>
    public static string HealthCode(EventSpec spec) => spec.Code switch
    {
        "instance-reboot" when spec.Deadline is not null => "AWS_EC2_INSTANCE_REBOOT_FLEXIBLE_MAINTENANCE_SCHEDULED",
        "instance-reboot" => "AWS_EC2_INSTANCE_REBOOT_MAINTENANCE_SCHEDULED",
        "system-reboot" => "AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED",
        "system-maintenance" => "AWS_EC2_INSTANCE_POWER_MAINTENANCE_SCHEDULED",
        "instance-stop" => "AWS_EC2_INSTANCE_STOP_SCHEDULED",
        _ => "AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED",
    };

    private static string Describe(string code) => code switch
    {
        "instance-retirement" => "The instance is running on degraded hardware",
        "instance-stop" => "The instance is running on degraded hardware",
        "instance-reboot" => "scheduled reboot",
        _ => "The instance is scheduled for maintenance",
    };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    // A share of the candidates, kept in their order, each as likely as any other.
    private static List<Machine> Draw(Machine[] from, int count, RandomStream random)
    {
        var drawn = new List<Machine>(count);
        for (var i = 0; i < from.Length && drawn.Count < count; i++)
        {
            if (random.NextInt(from.Length - i) < count - drawn.Count)
            {
                drawn.Add(from[i]);
            }
        }

        return drawn;
    }
}

/// <summary>What one <see cref="EventSpec"/> came to.</summary>
internal sealed record Announced(EventSpec Spec, List<Machine> Machines, DateTimeOffset First, DateTimeOffset Last);
