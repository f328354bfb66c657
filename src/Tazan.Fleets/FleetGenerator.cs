namespace Tazan.Fleets;

/// <summary>Turns a description into a fleet with ids, times and metrics.</summary>
public static class FleetGenerator
{
    /// <summary>Makes the fleet. Pure: the same description, seed and time give the same bytes on every machine.</summary>
    /// <param name="spec">What there is.</param>
    /// <param name="seed">Decides ids, noise, and which instances an event hits.</param>
    /// <param name="now">When the fleet is seen; taken to the second, in UTC.</param>
    /// <exception cref="UserError">The fleet cannot exist, such as more instances than a subnet has addresses.</exception>
    public static Fleet Generate(FleetSpec spec, ulong seed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (now.Year is < 2000 or > 9000)
        {
            throw new UserError("TZN5012", "", $"the time {now:yyyy-MM-dd} is outside the years 2000 to 9000.", "Give a time that a fleet can be seen at.");
        }

        var world = new World(spec, seed, now);
        foreach (var site in world.Sites)
        {
            Groups.Prepare(world, site);
            Instances.Prepare(world, site);
        }

        ScheduledEvents.Prepare(world);
        foreach (var site in world.Sites)
        {
            LoadBalancers.Save(world, site);
            Network.Save(world, site);
            Instances.Save(world, site);
            Images.Save(world, site);
            Volumes.Save(world, site);
            Scaling.Save(world, site);
            Databases.Save(world, site);
            Caches.Save(world, site);
            Functions.Save(world, site);
            Queries.Save(world, site);
            Backups.Save(world, site);
            Alarms.Save(world, site);
            Metrics.Save(world, site);
            Trails.Save(world, site);
            Groups.Save(site);
        }

        Accounts.Save(world);
        Buckets.Save(world);
        HostedZones.Save(world);
        return new Fleet(spec.Name, spec.InstanceCount, world.Saved());
    }
}
