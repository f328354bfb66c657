using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Turns a fleet file's nodes into a <see cref="FleetSpec"/>, top down: what is referred to is read before what refers to it.</summary>
internal sealed partial class SpecReader(string path)
{
    // Enough for the largest benchmark fleet; a slip of the finger beyond it would fill the disk.
    private const int MaxInstances = 1_000_000;

    private readonly Dictionary<string, AccountSpec> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SiteSpec> sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImageSpec> images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceSpec> services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadBalancerSpec> balancers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatabaseSpec> databases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BucketSpec> buckets = new(StringComparer.Ordinal);

    // Rules name services and load balancers that are described further down, so their names and sites are gathered first.
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);

    public FleetSpec Read(Node root)
    {
        var top = new Section(root, "the fleet", path, "name", "about", "accounts", "regions", "images", "services", "events", "load-balancers", "databases",
            "caches", "functions", "workgroups", "buckets", "alarms", "hosted-zones", "backups");
        var name = top.Name("name");
        foreach (var node in Some(top, "accounts"))
        {
            var account = Account(node);
            Add(accounts, account.Name, account, "account", node);
        }

        foreach (var node in Some(top, "regions"))
        {
            var site = Site(node);
            Add(sites, site.Name, site, "region", node);
        }

        foreach (var node in Some(top, "images"))
        {
            var image = Image(node);
            Add(images, image.Name, image, "image", node);
        }

        Gather(top.List("services"));
        Gather(top.List("load-balancers"));
        foreach (var node in Some(top, "services"))
        {
            var service = Service(node);
            Add(services, service.Name, service, "service", node);
            if (services.Values.Sum(static s => (long)s.Count) > MaxInstances)
            {
                throw new UserError("TZN5005", $"{path}:{node.Line}", $"up to here there are more than {MaxInstances} instances.", "Lower a 'count'.");
            }
        }

        Named(top, "load-balancers", LoadBalancer, static b => b.Name, balancers, "load balancer");
        var databaseList = Named(top, "databases", Database, static d => d.Name, databases, "database");
        var caches = Named(top, "caches", Cache, static c => c.Name, [], "cache");
        var functions = Named(top, "functions", Function, static f => f.Name, [], "function");
        Named(top, "buckets", Bucket, static b => b.Name, buckets, "bucket");
        var workgroups = Named(top, "workgroups", Workgroup, static w => w.Name, [], "workgroup");
        return new FleetSpec
        {
            Name = name,
            About = top.Text("about", ""),
            Accounts = [.. accounts.Values],
            Sites = [.. sites.Values],
            Images = [.. images.Values],
            Services = [.. services.Values],
            LoadBalancers = [.. balancers.Values],
            Databases = databaseList,
            Caches = caches,
            Functions = functions,
            Buckets = [.. buckets.Values],
            Workgroups = workgroups,
            Events = [.. top.List("events").Select(Event)],
            Alarms = Named(top, "alarms", Alarm, static a => a.Name, [], "alarm"),
            HostedZones = [.. top.List("hosted-zones").Select(HostedZone)],
            Backups = Named(top, "backups", Backup, static b => b.Name, [], "backup plan"),
        };
    }

    private Node[] Some(Section top, string key)
    {
        var nodes = top.List(key).ToArray();
        return nodes.Length > 0 ? nodes : throw new UserError("TZN5003", $"{path}:{top.Line}", $"the fleet has no '{key}'.", $"Add '{key}:' with at least one.");
    }

    private ImmutableArray<T> Named<T>(Section top, string key, Func<Node, T> read, Func<T, string> name, Dictionary<string, T> into, string kind)
    {
        var list = ImmutableArray.CreateBuilder<T>();
        foreach (var node in top.List(key))
        {
            var one = read(node);
            Add(into, name(one), one, kind, node);
            list.Add(one);
        }

        return list.ToImmutable();
    }

    private void Add<T>(Dictionary<string, T> into, string name, T value, string kind, Node node)
    {
        if (!into.TryAdd(name, value))
        {
            throw new UserError("TZN5007", $"{path}:{node.Line}", $"there are two {kind}s '{name}'.", "Give one another name.");
        }
    }

    private void Gather(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var members = node.Members ?? [];
            var name = members.FirstOrDefault(static m => m.Key.Text == "name").Value?.Text;
            var region = members.FirstOrDefault(static m => m.Key.Text == "region").Value?.Text;
            if (name is "anywhere" or "vpc" or "default" or "vpc-endpoints")
            {
                throw new UserError("TZN5007", $"{path}:{node.Line}", $"the name '{name}' has a meaning of its own.", "Choose another.");
            }

            if (name is not null && !sources.TryAdd(name, region ?? ""))
            {
                throw new UserError("TZN5007", $"{path}:{node.Line}", $"there are two '{name}' among services and load balancers.", "Give one another name, since rules refer to them by name.");
            }
        }
    }

    private AccountSpec Account(Node node)
    {
        var s = new Section(node, "an account", path, "name", "id", "email", "contacts", "support");
        var id = s.Text("id");
        if (id.Length != 12 || !id.All(char.IsAsciiDigit))
        {
            throw new UserError("TZN5004", s.At(s.Find("id")), $"'id' of an account is '{id}'.", "Write twelve digits, in quotes.");
        }

        if (accounts.Values.Any(a => a.Id == id))
        {
            throw new UserError("TZN5007", s.At(s.Find("id")), $"there are two accounts {id}.", "Give one another id.");
        }

        var name = s.Name("name");
        return new(name, id, s.Text("email", $"aws-{name}@example.com"), [.. s.References("contacts", "kind of contact", ["billing", "operations", "security"])],
            s.OneOf("support", "business", "basic", "business", "enterprise") != "basic");
    }

    private SiteSpec Site(Node node)
    {
        var s = new Section(node, "a region", path, "name", "account", "region", "zones", "cidr", "endpoints", "nat", "event-window", "vcpu-quota");
        var account = accounts[s.Reference("account", "account", accounts.Keys)];
        var region = s.Reference("region", "AWS region", Places.All.Select(static p => p.Region));
        var zones = s.References("zones", "zone letter", ["a", "b", "c", "d", "e", "f"]);
        if (zones.Length is 0 or > 4 || zones.Distinct().Count() != zones.Length)
        {
            throw s.Wrong("zones", $"'zones' of a region has {zones.Length} members.", "Write one to four zone letters, each once, such as [a, c, d].");
        }

        if (sites.Values.Any(o => o.Account == account && o.Region == region))
        {
            throw s.Wrong("region", $"{account.Name} is in {region} already.", "Describe each account's region once.");
        }

        var cidr = s.Text("cidr", "10.0.0.0/16");
        var parts = cidr.Split('.');
        if (parts.Length != 4 || parts[2] != "0" || parts[3] != "0/16" || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw s.Wrong("cidr", $"'cidr' of a region is '{cidr}'.", "Write a /16 such as 10.20.0.0/16.");
        }

        return new(s.Name("name"), account, region, [.. zones], $"{parts[0]}.{parts[1]}",
            [.. s.References("endpoints", "endpoint", ["s3", "dynamodb", "ssm", "ec2", "logs", "monitoring", "sqs", "secretsmanager"]).Distinct()],
            s.Has("nat") ? [.. s.References("nat", "zone of this region", zones).Distinct()] : [.. zones],
            s.FindText("event-window"), s.Double("vcpu-quota", 40_000, 1, 10_000_000));
    }

    private ImageSpec Image(Node node)
    {
        var s = new Section(node, "an image", path, "name", "architecture", "virtualization", "kernel", "kernel-name", "boot-mode", "ena", "age", "root-gib", "missing", "description");
        var architecture = s.OneOf("architecture", "x86_64", "x86_64", "arm64", "i386");
        var paravirtual = s.OneOf("virtualization", "hvm", "hvm", "paravirtual") == "paravirtual";
        var kernel = s.FindText("kernel");
        if (kernel is not null && !(kernel.StartsWith("aki-", StringComparison.Ordinal) && kernel.Length is 12 or 21 && kernel.AsSpan(4).ToString().All(char.IsAsciiHexDigitLower)))
        {
            throw s.Wrong("kernel", $"'kernel' of an image is '{kernel}'.", "Write a kernel id such as aki-44992845.");
        }

        var name = s.Name("name");
        return new(name, architecture, paravirtual, kernel, s.FindText("kernel-name"),
            s.OneOf("boot-mode", architecture == "arm64" ? "uefi" : "legacy-bios", "legacy-bios", "uefi", "uefi-preferred"), s.Flag("ena", !paravirtual),
            s.Span("age", TimeSpan.FromDays(60)), s.Int("root-gib", 8, 1, 16384), s.Flag("missing", false), s.Text("description", $"{name}, built by the image pipeline"));
    }

    private EventSpec Event(Node node)
    {
        var s = new Section(node, "an event", path, "region", "code", "services", "share", "starts", "spread", "lasts", "stagger", "deadline");
        var site = SiteOf(s);
        var of = s.References("services", "service", services.Keys).Select(n => services[n]).ToArray();
        if (of.FirstOrDefault(o => o.Site != site) is { } elsewhere)
        {
            throw s.Wrong("services", $"{elsewhere.Name} is in {elsewhere.Site.Name}, not in {site.Name}.", "Describe one event per region.");
        }

        return new(site, s.OneOf("code", null, "instance-reboot", "system-reboot", "system-maintenance", "instance-retirement", "instance-stop"), [.. of],
            s.Double("share", 1, 0, 1), s.Span("starts", TimeSpan.FromDays(5)), s.Span("spread", TimeSpan.Zero), s.Span("lasts", TimeSpan.FromHours(6)),
            s.Span("stagger", TimeSpan.Zero), s.Has("deadline") ? s.Span("deadline", TimeSpan.Zero) : null);
    }

    private BucketSpec Bucket(Node node)
    {
        var s = new Section(node, "a bucket", path, "name", "account", "region", "bytes", "objects");
        return new(s.Name("name"), accounts[s.Reference("account", "account", accounts.Keys)], s.Reference("region", "AWS region", Places.All.Select(static p => p.Region)),
            s.Long("bytes", 0, 0, long.MaxValue / 2048), s.Long("objects", 0, 0, long.MaxValue / 2048));
    }

    private FunctionSpec Function(Node node)
    {
        var s = new Section(node, "a function", path, "name", "region", "runtime", "memory", "timeout", "invokes-itself", "recursive-loop", "concurrency", "queue", "tags", "metrics");
        return new(s.Name("name"), SiteOf(s), s.Text("runtime", "python3.12"), s.Int("memory", 256, 128, 10240), s.Int("timeout", 60, 1, 900), s.Flag("invokes-itself", false),
            s.OneOf("recursive-loop", "Terminate", "Allow", "Terminate"), s.Has("concurrency") ? s.Int("concurrency", 0, 0, 100_000) : null, s.FindText("queue"), [.. s.Map("tags")], Metrics(s, [], 1));
    }

    private WorkgroupSpec Workgroup(Node node)
    {
        var s = new Section(node, "a workgroup", path, "name", "region", "bytes-cutoff", "queries", "bytes-per-query", "reads", "database", "table", "output");
        // Athena's own lower bound for a cutoff is 10 MB (API reference, WorkGroupConfiguration).
        return new(s.Name("name"), SiteOf(s), s.Has("bytes-cutoff") ? s.Long("bytes-cutoff", 0, 10_000_000, long.MaxValue / 2048) : null, s.Int("queries", 0, 0, 100_000),
            s.Long("bytes-per-query", 0, 0, long.MaxValue / 2048), s.Has("reads") ? buckets[s.Reference("reads", "bucket", buckets.Keys)] : null,
            s.Text("database", "default"), s.Text("table", "events"), s.Has("output") ? buckets[s.Reference("output", "bucket", buckets.Keys)] : null);
    }

    private AlarmSpec Alarm(Node node)
    {
        var s = new Section(node, "an alarm", path, "name", "region", "namespace", "metric", "statistic", "threshold", "periods", "service", "instances", "database", "action", "state");
        var service = s.Has("service") ? services[s.Reference("service", "service", services.Keys)] : null;
        var database = s.Has("database") ? databases[s.Reference("database", "database", databases.Keys)] : null;
        return new(s.Name("name"), service?.Site ?? database?.Site ?? SiteOf(s), s.Text("namespace", database is null ? "AWS/EC2" : "AWS/RDS"), s.Text("metric", "CPUUtilization"),
            s.OneOf("statistic", "Average", "Average", "Maximum", "Minimum", "Sum"), s.Double("threshold", 80, -1e15, 1e15), s.Int("periods", 2, 1, 100), service,
            s.Int("instances", 1, 1, MaxInstances), database, s.OneOf("action", "notify", "notify", "recover", "reboot", "none"), s.OneOf("state", "OK", "OK", "ALARM", "INSUFFICIENT_DATA"));
    }

    private HostedZoneSpec HostedZone(Node node)
    {
        var s = new Section(node, "a hosted zone", path, "name", "account", "private-to", "records");
        return new(s.Name("name"), accounts[s.Reference("account", "account", accounts.Keys)], s.Has("private-to") ? sites[s.Reference("private-to", "region", sites.Keys)] : null,
            [.. s.List("records").Select(Record)]);
    }

    private RecordSpec Record(Node node)
    {
        var s = new Section(node, "a record", path, "name", "type", "ttl", "values", "alias", "health-check", "failover");
        var alias = s.Has("alias") ? balancers[s.Reference("alias", "load balancer", balancers.Keys)] : null;
        var values = s.Texts("values");
        if (alias is null == (values.Length == 0))
        {
            throw s.Wrong("name", "a record has values, or an alias, and never both.", "Write 'values:' or 'alias:'.");
        }

        return new(s.Text("name"), s.OneOf("type", "A", "A", "AAAA", "CNAME", "MX", "TXT", "SRV"), s.Int("ttl", 300, 0, int.MaxValue), [.. values], alias,
            s.Flag("health-check", false), s.Has("failover") ? s.OneOf("failover", null, "PRIMARY", "SECONDARY") : null);
    }

    private BackupSpec Backup(Node node)
    {
        var s = new Section(node, "a backup plan", path, "name", "region", "services", "databases", "restore-testing", "restore-jobs");
        return new(s.Name("name"), SiteOf(s), [.. s.References("services", "service", services.Keys).Select(n => services[n])],
            [.. s.References("databases", "database", databases.Keys).Select(n => databases[n])], s.Flag("restore-testing", false), s.Int("restore-jobs", 0, 0, 1000));
    }

    private SiteSpec SiteOf(Section s) => s.Has("region") || sites.Count != 1 ? sites[s.Reference("region", "region", sites.Keys)] : sites.Values.First();
}
