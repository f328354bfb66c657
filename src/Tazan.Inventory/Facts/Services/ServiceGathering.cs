using System.Text;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Services;

/// <summary>Which of a pair a member is.</summary>
internal enum Role : byte
{
    None,
    Primary,
    Standby,
}

/// <summary>One member in numbers: ids and words stand in <see cref="ServiceGathering.Ids"/> and <see cref="ServiceGathering.Words"/>.</summary>
internal readonly record struct Member(int Id, int Service, int Zone, int Type, int State, int Reason, Role Role);

/// <summary>Goes over the instances once and puts each into its service.</summary>
internal sealed class ServiceGathering
{
    private readonly FactContext context;
    private readonly FleetSettings settings;
    private readonly InstanceTags tags;
    private readonly BalancedInstances balanced;
    private readonly List<(DeclaredService Service, List<Selector> Selectors)> selecting;
    private readonly Dictionary<(string Account, string Region, string Environment, string Name), int> byKey = [];
    private readonly Utf8Index places = new();
    private readonly List<(string Account, string Region)> placeOf = [];
    private readonly HashSet<(int Service, int Groups)> groupsSeen = [];
    private readonly CombinationKey key = new();

    internal ServiceGathering(FactContext context)
    {
        this.context = context;
        settings = context.Settings;
        tags = new InstanceTags(settings);
        balanced = BalancedInstances.Read(context);
        selecting = [.. settings.Services.Where(static s => !s.Select.IsDefaultOrEmpty)
            .Select(static s => (s, s.Select.Select(static text => Selector.Parse(text)).OfType<Selector>().ToList()))];
    }

    internal List<GatheredService> Services { get; } = [];

    internal List<Member> Members { get; } = [];

    /// <summary>Instance ids.</summary>
    internal Utf8Index Ids { get; } = new();

    /// <summary>Zones, types, states and reasons: few, and shared by many.</summary>
    internal Utf8Index Words { get; } = new();

    internal void Gather()
    {
        // A terminated instance is no member of anything; it stays listed for an hour or so.
        using var query = context.Query("""
            select account, region, instance_id, availability_zone, instance_type, state, tags, security_groups, private_ip_address
              from instance where instance_id is not null and coalesce(state, '') not in ('terminated', 'shutting-down') order by rowid
            """);
        while (query.Step())
        {
            var id = Ids.Add(query.GetUtf8(2), out var isNew);
            if (isNew)
            {
                Add(query, id);
            }
        }
    }

    /// <summary>What <c>tazan.yaml</c> says of a service, by its unique name or by the name its evidence gives it.</summary>
    internal DeclaredService? DeclaredOf(GatheredService service) =>
        settings.Services.FirstOrDefault(s => s.Name == service.Name) ?? settings.Services.FirstOrDefault(s => s.Name == service.BaseName);

    /// <summary>By service, the instance that the user says is the primary now.</summary>
    internal Dictionary<string, string> Primaries() => Services
        .Select(service => (service.Name, Primary: DeclaredOf(service)?.Primary ?? ""))
        .Where(static pair => pair.Primary.Length > 0)
        .ToDictionary(static pair => pair.Name, static pair => pair.Primary, StringComparer.Ordinal);

    private void Add(Statement query, int id)
    {
        var (account, region) = PlaceOf(query);
        tags.Read(query.GetUtf8(6));
        var scalingGroup = tags.AutoScalingGroup;
        if (scalingGroup.Length == 0 && balanced.HasGroups)
        {
            scalingGroup = balanced.AutoScalingGroupOf(account, region, query.GetString(2));
        }

        var targetGroups = balanced.HasTargets ? balanced.TargetGroupsOf(account, region, query.GetString(2), query.GetString(8)) : null;
        var (origin, name, reason) = Judge(query, scalingGroup, targetGroups);

        // A declared service is what the user says it is, whatever environments its members carry.
        var environment = origin == ServiceOrigin.Declared ? "" : tags.FindEnvironment();
        var number = ServiceOf(account, region, environment, name);
        var service = Services[number];

        var (zone, type, state) = (Words.Add(query.GetUtf8(3)), Words.Add(query.GetUtf8(4)), Words.Add(query.GetUtf8(5)));
        service.Add(origin, reason, Text(zone), Text(type), query.GetUtf8(5).SequenceEqual("running"u8));
        service.HasSchedule |= tags.HasSchedule;
        service.HasRoles |= tags.Role.Length > 0;
        service.IsLoadBalanced |= targetGroups is not null || (scalingGroup.Length > 0 && balanced.IsBalanced(account, region, scalingGroup));
        if (scalingGroup.Length > 0)
        {
            service.AutoScalingGroups.Add(scalingGroup);
        }

        service.TargetGroups.UnionWith(targetGroups ?? []);
        if (groupsSeen.Add((number, Words.Add(query.GetUtf8(7)))))
        {
            service.SecurityGroups.UnionWith(JsonTexts.ReadArray(query.GetUtf8(7)));
        }

        var role = tags.Role switch { "primary" => Role.Primary, "standby" => Role.Standby, _ => Role.None };
        Members.Add(new Member(id, number, zone, type, state, Words.Add(Utf8(reason)), role));
    }

    private (ServiceOrigin Origin, string Name, string Reason) Judge(Statement query, string scalingGroup, SortedSet<string>? targetGroups)
    {
        if (selecting.Count > 0)
        {
            var all = JsonTexts.ReadObject(query.GetUtf8(6));
            foreach (var (declared, selectors) in selecting)
            {
                if (selectors.Find(selector => selector.Matches(query.GetString(2), tags.Name, scalingGroup, all)) is { } selector)
                {
                    return (ServiceOrigin.Declared, declared.Name, $"tazan.yaml selects {selector}");
                }
            }
        }

        if (tags.FindService() is { } tagged)
        {
            return (ServiceOrigin.Tag, tagged.Name, tagged.Reason);
        }

        if (scalingGroup.Length > 0)
        {
            return (ServiceOrigin.AutoScalingGroup, scalingGroup, $"in the Auto Scaling group {scalingGroup}");
        }

        if (targetGroups is not null)
        {
            return (ServiceOrigin.TargetGroup, targetGroups.Min!, $"a target of {string.Join(", ", targetGroups)}");
        }

        if (tags.Name.Length > 0)
        {
            var stem = NameStem.Of(tags.Name);
            return (ServiceOrigin.Name, stem, $"named {stem} but for numbers and zones");
        }

        var groups = string.Join('+', JsonTexts.ReadArray(query.GetUtf8(7)).Order(StringComparer.Ordinal));
        return groups.Length > 0
            ? (ServiceOrigin.SecurityGroup, "unnamed-" + groups, $"unnamed, with the security groups {groups}")
            : (ServiceOrigin.SecurityGroup, "unnamed-" + query.GetString(2), "unnamed, without security groups");
    }

    private int ServiceOf(string account, string region, string environment, string name)
    {
        if (!byKey.TryGetValue((account, region, environment, name), out var number))
        {
            byKey[(account, region, environment, name)] = number = Services.Count;
            Services.Add(new GatheredService(account, region, environment, name));
        }

        return number;
    }

    private (string Account, string Region) PlaceOf(Statement query)
    {
        var number = places.Add(key.Start().Add(query.GetUtf8(0)).Add(query.GetUtf8(1)).Bytes, out var isNew);
        if (isNew)
        {
            placeOf.Add((query.FindString(0) ?? Identity.Unknown, query.FindString(1) ?? Identity.Unknown));
        }

        return placeOf[number];
    }

    private readonly List<string?> wordTexts = [];

    private string Text(int word)
    {
        while (wordTexts.Count <= word)
        {
            wordTexts.Add(null);
        }

        return wordTexts[word] ??= Words.Text(word);
    }

    private byte[] reasonBuffer = new byte[256];

    private ReadOnlySpan<byte> Utf8(string text)
    {
        if (reasonBuffer.Length < text.Length * 3)
        {
            reasonBuffer = new byte[text.Length * 3];
        }

        return reasonBuffer.AsSpan(0, Encoding.UTF8.GetBytes(text, reasonBuffer));
    }
}
