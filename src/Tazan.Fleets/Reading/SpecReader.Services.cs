using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Fleets;

internal sealed partial class SpecReader
{
    // gp2 and gp3 sizes reach 16 TiB and 64 TiB; 65536 GiB is the largest any EBS type takes (EBS User Guide, 2026).
    private const int MaxVolumeGib = 65_536;

    private static readonly string[] Shapes = ["flat", "daily", "ceiling", "falling", "drained", "rising"];

    private ServiceSpec Service(Node node)
    {
        var s = new Section(node, "a service", path, "name", "region", "count", "type", "zones", "image", "subnet", "opens", "egress", "tags", "roles", "root", "volumes",
            "auto-scaling", "credits", "failing-checks", "stopped", "daily-images", "age", "auto-recovery", "detailed-monitoring", "tcp-idle-timeout", "metrics");
        var name = s.Name("name");
        var site = SiteOf(s);
        var count = s.Int("count", 1, 1, MaxInstances);
        var types = s.Has("type") ? s.References("type", "instance type", InstanceType.Names) : throw new UserError("TZN5003", $"{path}:{s.Line}", $"the service '{name}' has no 'type'.", "Add 'type: m7i.large', say.");
        var imageNames = s.Has("image") ? s.References("image", "image", images.Keys) : [images.Keys.First()];
        Fits(s, types, imageNames);
        var volumes = s.List("volumes").Select((v, i) => Volume(v, $"/dev/sd{(char)('f' + Math.Min(i, 10))}", 100)).ToArray();
        var image = images[imageNames[0]];
        var root = Volume(s.Find("root"), image.IsParavirtual ? "/dev/sda1" : "/dev/xvda", image.RootGib);
        if (volumes.Select(static v => v.Device).Append(root.Device).Distinct(StringComparer.Ordinal).Count() <= volumes.Length)
        {
            throw s.Wrong("volumes", $"two volumes of '{name}' have one device.", "Give each its own, such as /dev/sdf, /dev/sdg.");
        }

        var zones = s.Has("zones") ? s.References("zones", $"zone of {site.Name}", site.Zones) : [.. site.Zones];
        return new ServiceSpec
        {
            Name = name,
            Site = site,
            Count = count,
            Types = [.. types],
            Zones = [.. zones],
            Images = [.. imageNames.Select(n => images[n])],
            IsPublic = s.OneOf("subnet", "private", "private", "public") == "public",
            Opens = Openings(s, site),
            Egress = s.OneOf("egress", "open", "open", "vpc", "none"),
            Tags = [.. s.Map("tags")],
            Roles = [.. s.Texts("roles")],
            Root = root,
            Volumes = [.. volumes],
            Scaling = s.Find("auto-scaling") is { } scaling ? Scaling(scaling, count) : null,
            Credits = s.Has("credits") ? s.OneOf("credits", null, "standard", "unlimited") : null,
            FailingChecks = s.Int("failing-checks", 0, 0, count),
            Stopped = s.Int("stopped", 0, 0, count),
            DailyImages = s.Int("daily-images", 0, 0, 1000),
            Age = s.Span("age", TimeSpan.FromDays(45)),
            AutoRecovery = s.Flag("auto-recovery", true),
            DetailedMonitoring = s.Flag("detailed-monitoring", false),
            // The bounds of TcpEstablishedTimeout (EC2 User Guide, connection tracking timeouts).
            TcpIdleTimeout = s.Has("tcp-idle-timeout") ? s.Int("tcp-idle-timeout", 0, 60, 432_000) : null,
            Metrics = Metrics(s, [root.Device, .. volumes.Select(static v => v.Device)], count),
        };
    }

    // An image that the type cannot run would make a fleet that cannot exist.
    private void Fits(Section s, string[] types, string[] imageNames)
    {
        if (types.Length == 0 || imageNames.Length == 0)
        {
            throw s.Wrong(types.Length == 0 ? "type" : "image", "an empty list.", "Write at least one.");
        }

        foreach (var type in types.Select(InstanceType.Get))
        {
            foreach (var image in imageNames.Select(n => images[n]))
            {
                if (image.IsParavirtual && !type.Paravirtual)
                {
                    throw s.Wrong("image", $"{type.Name} cannot run the paravirtual image '{image.Name}'.", "Use a type of the C1, C3, M1, M3 or T1 family, or an HVM image.");
                }

                if (!type.Architectures.Contains(image.Architecture, StringComparer.Ordinal))
                {
                    throw s.Wrong("image", $"{type.Name} is {string.Join(" or ", type.Architectures)}, the image '{image.Name}' is {image.Architecture}.", "Use an image for the type's architecture.");
                }
            }
        }
    }

    private VolumeSpec Volume(Node? node, string device, int gib)
    {
        if (node is null)
        {
            return new(device, gib, "gp3", null, null, true, [], null);
        }

        var s = new Section(node, "a volume", path, "device", "gib", "type", "iops", "throughput", "encrypted", "snapshots", "restored");
        var type = s.OneOf("type", "gp3", "gp2", "gp3", "io1", "io2", "st1", "sc1", "standard");
        var ages = s.Texts("snapshots") is ["none"] or [] ? [] : SnapshotAges(s);
        return new(s.Text("device", device), s.Int("gib", gib, 1, MaxVolumeGib), type, s.Has("iops") ? s.Int("iops", 0, 100, 256_000) : null,
            s.Has("throughput") ? s.Int("throughput", 0, 125, 2000) : null, s.Flag("encrypted", true), [.. ages], s.Has("restored") ? s.Span("restored", TimeSpan.Zero) : null);
    }

    // "daily" stands for the last two nights; otherwise the ages themselves.
    private static TimeSpan[] SnapshotAges(Section s)
    {
        if (s.Texts("snapshots") is ["daily"])
        {
            return [TimeSpan.FromHours(9), TimeSpan.FromHours(33)];
        }

        return [.. s.Texts("snapshots").Select(text =>
            text.Length > 1 && text[^1] == 'd' && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 18_000
                ? TimeSpan.FromDays(days)
                : throw s.Wrong("snapshots", $"'snapshots' of a volume is '{text}'.", "Write none, daily, or ages in days such as [1d, 400d]."))];
    }

    private ScalingSpec Scaling(Node node, int count)
    {
        var s = new Section(node, "auto-scaling", path, "min", "max", "health-check", "launch-configuration", "launch-image", "target-cpu", "schedule", "scheduled-desired",
            "healthy-min", "healthy-max", "failed-activities", "suspended");
        var min = s.Int("min", count, 0, MaxInstances);
        var max = s.Int("max", Math.Max(count, min), 0, MaxInstances);
        if (count < min || count > max)
        {
            throw s.Wrong(count < min ? "min" : "max", $"the service's count {count} is outside min {min} to max {max}.", "The count is the desired capacity.");
        }

        return new(min, max, s.OneOf("health-check", "EC2", "EC2", "ELB"), s.Flag("launch-configuration", false),
            s.Has("launch-image") ? images[s.Reference("launch-image", "image", images.Keys)] : null, s.Has("target-cpu") ? s.Double("target-cpu", 0, 1, 100) : null,
            s.FindText("schedule"), s.Int("scheduled-desired", max, 0, MaxInstances), s.Has("healthy-min") ? s.Int("healthy-min", 0, 0, 100) : null,
            s.Has("healthy-max") ? s.Int("healthy-max", 0, 100, 200) : null, s.Int("failed-activities", 0, 0, 1000),
            [.. s.References("suspended", "scaling process", ["Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions", "AddToLoadBalancer", "InstanceRefresh"])]);
    }

    private ImmutableArray<OpeningSpec> Openings(Section parent, SiteSpec site) => [.. parent.List("opens").Select(node =>
    {
        var s = new Section(node, "an opening", path, "port", "protocol", "from");
        var protocol = s.OneOf("protocol", "tcp", "tcp", "udp", "icmp", "all");
        var (low, high) = protocol is "icmp" or "all" ? (-1, -1) : Ports(s);
        var from = s.Texts("from");
        foreach (var source in from)
        {
            if (source is "anywhere" or "vpc" || IsCidr(source))
            {
                continue;
            }

            if (!sources.TryGetValue(source, out var region))
            {
                throw new UserError("TZN5006", s.At(s.Find("from")), $"there is no source '{source}'.", Nearest.Mend(source, [.. sources.Keys, "anywhere", "vpc"]));
            }

            if (region.Length > 0 && region != site.Name)
            {
                throw new UserError("TZN5006", s.At(s.Find("from")), $"'{source}' is in {region}, and a group cannot be referred to from {site.Name}.", "Write its CIDR.");
            }
        }

        return from.Length > 0 ? new OpeningSpec(protocol, low, high, [.. from])
            : throw new UserError("TZN5003", $"{path}:{s.Line}", "an opening has no 'from'.", "Add 'from: anywhere', or a service, a load balancer or a CIDR.");
    })];

    private static (int Low, int High) Ports(Section s)
    {
        var text = s.Text("port");
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var low = dash < 0 ? text : text[..dash];
        var high = dash < 0 ? text : text[(dash + 1)..];
        return ushort.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var a) && ushort.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var b) && a <= b ? (a, b)
            : throw s.Wrong("port", $"'port' of an opening is '{text}'.", "Write a port or a range such as 0-65535.");
    }

    private static bool IsCidr(string text) => text.Contains('/', StringComparison.Ordinal) && System.Net.IPNetwork.TryParse(text, out _);

    private ImmutableArray<MetricSpec> Metrics(Section parent, string[] devices, int count) => [.. parent.List("metrics").Select(node =>
    {
        var s = new Section(node, "a metric", path, "name", "namespace", "statistic", "shape", "low", "high", "noise", "peak-hour", "device", "instances");
        var device = s.Has("device") ? s.Reference("device", "device of this service", devices) : null;
        var low = s.Double("low", 0, -1e15, 1e15);
        var high = s.Double("high", Math.Max(low, 100), -1e15, 1e15);
        return low <= high
            ? new MetricSpec(s.Text("namespace", device is null ? "AWS/EC2" : "AWS/EBS"), s.Text("name"), s.OneOf("statistic", "Average", "Average", "Maximum", "Minimum", "Sum", "SampleCount", "p99"),
                s.OneOf("shape", "daily", Shapes), low, high, s.Double("noise", 0.03, 0, 1), s.Int("peak-hour", 12, 0, 23), device, s.Int("instances", Math.Min(count, 8), 1, MaxInstances))
            : throw s.Wrong("low", $"'low' {low} is above 'high' {high}.", "Swap them.");
    })];

    private LoadBalancerSpec LoadBalancer(Node node)
    {
        var s = new Section(node, "a load balancer", path, "name", "region", "kind", "scheme", "zones", "port", "protocol", "target-port", "targets", "health-path", "interval",
            "healthy", "unhealthy", "unhealthy-targets", "cross-zone", "tags", "metrics");
        var site = SiteOf(s);
        var kind = s.OneOf("kind", "application", "application", "network", "classic");
        var targets = s.References("targets", "service", services.Keys).Select(n => services[n]).ToArray();
        if (targets.FirstOrDefault(t => t.Site != site) is { } elsewhere)
        {
            throw s.Wrong("targets", $"{elsewhere.Name} is in {elsewhere.Site.Name}, not in {site.Name}.", "Give each region its own load balancer.");
        }

        // ELB's own limit on names.
        var name = s.Name("name");
        if (name.Length > 32)
        {
            throw s.Wrong("name", $"'{name}' has {name.Length} characters.", "A load balancer's name has at most 32.");
        }

        var protocol = kind == "network" ? s.OneOf("protocol", "TCP", "TCP", "TLS", "UDP", "TCP_UDP") : s.OneOf("protocol", "HTTP", "HTTP", "HTTPS", "TCP", "SSL");
        return new(name, site, kind, s.OneOf("scheme", "internet-facing", "internet-facing", "internal") == "internal",
            s.Has("zones") ? [.. s.References("zones", $"zone of {site.Name}", site.Zones)] : site.Zones, s.Int("port", 443, 1, 65535), protocol, s.Int("target-port", 80, 1, 65535), [.. targets],
            s.Text("health-path", "/healthz"), s.Int("interval", 30, 5, 300), s.Int("healthy", 5, 2, 10), s.Int("unhealthy", 2, 2, 10),
            s.Int("unhealthy-targets", 0, 0, targets.Sum(static t => t.Count)), s.Flag("cross-zone", kind != "network"), [.. s.Map("tags")], Metrics(s, [], 1));
    }

    private DatabaseSpec Database(Node node)
    {
        var s = new Section(node, "a database", path, "name", "region", "engine", "version", "class", "gib", "storage", "multi-az", "zone", "backup-days", "port", "opens", "tags", "replica-of", "metrics");
        var site = SiteOf(s);
        var engine = s.OneOf("engine", "postgres", "postgres", "mysql", "mariadb", "aurora-mysql", "aurora-postgresql");
        return new(s.Name("name"), site, engine, s.Text("version", engine == "postgres" ? "16.4" : "8.0.39"), s.Text("class", "db.r6g.xlarge"), s.Int("gib", 100, 20, 65536),
            s.OneOf("storage", "gp3", "gp2", "gp3", "io1", "io2"), s.Flag("multi-az", true), s.Has("zone") ? s.Reference("zone", $"zone of {site.Name}", site.Zones) : site.Zones[0],
            s.Int("backup-days", 7, 0, 35), s.Int("port", engine.Contains("postgres", StringComparison.Ordinal) ? 5432 : 3306, 1, 65535), Openings(s, site), [.. s.Map("tags")],
            s.Has("replica-of") ? s.Reference("replica-of", "database", databases.Keys) : null, Metrics(s, [], 1));
    }

    private CacheSpec Cache(Node node)
    {
        var s = new Section(node, "a cache", path, "name", "region", "engine", "version", "node-type", "nodes", "zones", "failover", "opens", "tags", "metrics");
        var site = SiteOf(s);
        var engine = s.OneOf("engine", "redis", "redis", "valkey", "memcached");
        return new(s.Name("name"), site, engine, s.Text("version", engine == "memcached" ? "1.6.22" : "7.1.0"), s.Text("node-type", "cache.r6g.large"), s.Int("nodes", 1, 1, 300),
            s.Has("zones") ? [.. s.References("zones", $"zone of {site.Name}", site.Zones)] : site.Zones, s.Flag("failover", false), Openings(s, site), [.. s.Map("tags")], Metrics(s, [], 1));
    }
}
