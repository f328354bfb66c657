namespace Tazan.Inventory.Facts.Services;

/// <summary>A service while its instances are gathered.</summary>
internal sealed class GatheredService(string account, string region, string environment, string baseName)
{
    internal string Account { get; } = account;

    internal string Region { get; } = region;

    internal string Environment { get; } = environment;

    /// <summary>What its evidence calls it; <see cref="Name"/> may add to it.</summary>
    internal string BaseName { get; } = baseName;

    /// <summary>Unique in the snapshot.</summary>
    internal string Name { get; set; } = "";

    /// <summary>By the strongest of its members' origins.</summary>
    internal ServiceOrigin Origin { get; private set; } = ServiceOrigin.SecurityGroup;

    internal string Reason { get; private set; } = "";

    internal int Members { get; private set; }

    internal int Running { get; private set; }

    internal bool HasSchedule { get; set; }

    internal bool HasRoles { get; set; }

    internal bool IsLoadBalanced { get; set; }

    internal SortedSet<string> AutoScalingGroups { get; } = new(StringComparer.Ordinal);

    internal SortedSet<string> TargetGroups { get; } = new(StringComparer.Ordinal);

    internal SortedSet<string> SecurityGroups { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, int> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Zones of all members, and of the running ones: what is stopped carries no load.</summary>
    internal SortedDictionary<string, int> Zones { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, int> RunningZones { get; } = new(StringComparer.Ordinal);

    internal void Add(ServiceOrigin origin, string reason, string zone, string type, bool isRunning, int count)
    {
        if (Members == 0 || origin < Origin)
        {
            (Origin, Reason) = (origin, reason);
        }

        Members += count;
        Running += isRunning ? count : 0;
        Count(Types, type, count);
        Count(Zones, zone, count);
        if (isRunning)
        {
            Count(RunningZones, zone, count);
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string key, int count)
    {
        if (key.Length > 0)
        {
            counts[key] = counts.GetValueOrDefault(key) + count;
        }
    }
}

/// <summary>What makes instances one service, strongest first.</summary>
internal enum ServiceOrigin
{
    Declared,
    Tag,
    AutoScalingGroup,
    TargetGroup,
    Name,
    SecurityGroup,
}

/// <summary>Text forms of <see cref="ServiceOrigin"/>, and how sure each makes us.</summary>
internal static class ServiceOrigins
{
    internal static string ToText(this ServiceOrigin origin) => origin switch
    {
        ServiceOrigin.Declared => "declared",
        ServiceOrigin.Tag => "tag",
        ServiceOrigin.AutoScalingGroup => "auto-scaling-group",
        ServiceOrigin.TargetGroup => "target-group",
        ServiceOrigin.Name => "name",
        _ => "security-group",
    };

    /// <summary>0 to 1, assumed: they order the origins, no more.</summary>
    internal static double Confidence(this ServiceOrigin origin) => origin switch
    {
        ServiceOrigin.Declared => 1,
        ServiceOrigin.Tag or ServiceOrigin.AutoScalingGroup => 0.9,
        ServiceOrigin.TargetGroup => 0.8,
        ServiceOrigin.Name => 0.6,
        _ => 0.3,
    };
}
