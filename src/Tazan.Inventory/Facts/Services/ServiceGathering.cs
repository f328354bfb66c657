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

/// <summary>One member: its id, and the number of what it shares with others in <see cref="ServiceGathering.Cells"/>.</summary>
internal readonly record struct Member(PinnedText Id, int Cell);

/// <summary>Members of one service that are alike in all that is written of them but their ids.</summary>
internal sealed record Cell(int Service, PinnedText Zone, PinnedText Type, PinnedText State, PinnedText Reason, Role Role)
{
    internal required ServiceOrigin Origin { get; init; }

    internal int Count { get; set; }
}

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
    private readonly Utf8Index cellNumbers = new();
    private readonly List<bool> isMember = [];
    private readonly CombinationKey key = new();
    private readonly CombinationKey placeKey = new();

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

    /// <summary>In the order they were first seen.</summary>
    internal List<Cell> Cells { get; } = [];

    internal void Gather()
    {
        var roll = new InstanceRoll(context.Texts);
        using var query = context.Query("""
            select account, region, instance_id, availability_zone, instance_type, state, tags, security_groups, private_ip_address
              from instance where instance_id is not null order by rowid
            """);
        while (query.Step())
        {
            var id = query.GetUtf8(2);
            roll.Add(query, 0, 1, id, query.IsNull(4) ? default : roll.Word(query.GetUtf8(4)), out _);

            // A terminated instance is no member of anything; it stays listed for an hour or so.
            var state = query.GetUtf8(5);
            if (!state.SequenceEqual("terminated"u8) && !state.SequenceEqual("shutting-down"u8) && IsFirst(roll, id))
            {
                Add(query, id, roll);
            }
        }

        context.Instances = roll;
        foreach (var cell in Cells)
        {
            Services[cell.Service].Add(cell.Origin, cell.Reason.ToString(), cell.Zone.ToString(), cell.Type.ToString(), cell.State.Utf8.SequenceEqual("running"u8), cell.Count);
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

    // One instance in two places counts once, where it is first seen alive.
    private bool IsFirst(InstanceRoll roll, ReadOnlySpan<byte> id)
    {
        var number = roll.Find(id);
        while (isMember.Count <= number)
        {
            isMember.Add(false);
        }

        var isFirst = !isMember[number];
        isMember[number] = true;
        return isFirst;
    }

    private void Add(Statement query, ReadOnlySpan<byte> id, InstanceRoll roll)
    {
        tags.Read(query.GetUtf8(6));
        key.Start();
        for (var column = 0; column < 8; column++)
        {
            if (column is not (2 or 6))
            {
                key.Add(query.GetUtf8(column));
            }
        }

        tags.AddTo(key);

        // Most instances say by their tags what they are, and those with the same ones are judged once. For the others
        // what was found is part of what makes them alike.
        Evidence? evidence = null;
        if (selecting.Count > 0 || balanced.HasTargets || (tags.AutoScalingGroup.Length == 0 && balanced.HasGroups) || (tags.AutoScalingGroup.Length == 0 && !tags.NamesService))
        {
            evidence = Find(query);
            key.Add((int)evidence.Origin).Add(Utf8(evidence.Name)).Add(Utf8(evidence.Reason)).Add(Utf8(evidence.AutoScalingGroup));
            foreach (var group in evidence.TargetGroups ?? [])
            {
                key.Add(Utf8(group));
            }
        }

        var number = cellNumbers.Add(key.Bytes, out var isNew);
        if (isNew)
        {
            Cells.Add(CellOf(query, evidence ?? Find(query), roll));
        }

        Cells[number].Count++;
        Members.Add(new Member(context.Texts.Add(id), number));
    }

    private Evidence Find(Statement query)
    {
        var (account, region) = PlaceOf(query);
        var scalingGroup = tags.AutoScalingGroup;
        if (scalingGroup.Length == 0 && balanced.HasGroups)
        {
            scalingGroup = balanced.AutoScalingGroupOf(account, region, query.GetString(2));
        }

        var targetGroups = balanced.HasTargets ? balanced.TargetGroupsOf(account, region, query.GetString(2), query.GetString(8)) : null;
        var (origin, name, reason) = Judge(query, scalingGroup, targetGroups);
        return new Evidence(origin, name, reason, scalingGroup, targetGroups);
    }

    private Cell CellOf(Statement query, Evidence evidence, InstanceRoll roll)
    {
        var (account, region) = PlaceOf(query);

        // A declared service is what the user says it is, whatever environments its members carry.
        var environment = evidence.Origin == ServiceOrigin.Declared ? "" : tags.FindEnvironment();
        var number = ServiceOf(account, region, environment, evidence.Name);
        var service = Services[number];
        service.HasSchedule |= tags.HasSchedule;
        service.HasRoles |= tags.Role.Length > 0;
        service.IsLoadBalanced |= evidence.TargetGroups is not null || (evidence.AutoScalingGroup.Length > 0 && balanced.IsBalanced(account, region, evidence.AutoScalingGroup));
        if (evidence.AutoScalingGroup.Length > 0)
        {
            service.AutoScalingGroups.Add(evidence.AutoScalingGroup);
        }

        service.TargetGroups.UnionWith(evidence.TargetGroups ?? []);
        service.SecurityGroups.UnionWith(JsonTexts.ReadArray(query.GetUtf8(7)));
        var role = tags.Role switch { "primary" => Role.Primary, "standby" => Role.Standby, _ => Role.None };
        return new Cell(number, WordOf(3), WordOf(4), WordOf(5), roll.Word(Utf8(evidence.Reason)), role) { Origin = evidence.Origin };

        // An empty text is written as null.
        PinnedText WordOf(int column) => query.GetUtf8(column) is { IsEmpty: false } word ? roll.Word(word) : default;
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
        var number = places.Add(placeKey.Start().Add(query.GetUtf8(0)).Add(query.GetUtf8(1)).Bytes, out var isNew);
        if (isNew)
        {
            placeOf.Add((query.FindString(0) ?? Identity.Unknown, query.FindString(1) ?? Identity.Unknown));
        }

        return placeOf[number];
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

    /// <summary>What makes an instance one of a service.</summary>
    private sealed record Evidence(ServiceOrigin Origin, string Name, string Reason, string AutoScalingGroup, SortedSet<string>? TargetGroups);
}
