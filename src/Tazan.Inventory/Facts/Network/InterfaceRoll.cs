namespace Tazan.Inventory.Facts.Network;

/// <summary>One interface in numbers; its texts stay where they are while facts are derived.</summary>
/// <param name="Id">Null where the row has none.</param>
/// <param name="InstanceId">Null where it is attached to none.</param>
/// <param name="InstanceType">Null where the instance is not known.</param>
/// <param name="Instance">The instance's number in <see cref="FactContext.Instances"/>; -1 without one.</param>
/// <param name="Kind">The number of what it shares with many others, in <see cref="InterfaceRoll.Kinds"/>.</param>
internal readonly record struct Interface(PinnedText Id, PinnedText InstanceId, PinnedText InstanceType, int Instance, int Kind);

/// <summary>What decides about an interface; a hundred thousand of them have some hundreds.</summary>
internal sealed record InterfaceKind(
    string Account, string Region, string Vpc, string Subnet, string InterfaceType, List<string> Groups, bool HasPublic, bool HasIpv6,
    PinnedText AccountText, PinnedText RegionText, PinnedText SubnetText)
{
    /// <summary>The account as the row has it, empty where it has none.</summary>
    internal required string OwnAccount { get; init; }

    /// <summary>The region as the row has it, empty where it has none.</summary>
    internal required string OwnRegion { get; init; }

    /// <summary>The name of its set of groups; null without groups.</summary>
    internal string? GroupSet { get; } = Groups.Count == 0 ? null : GroupSetFact.Name(Groups);

    /// <summary>Whether it is of an instance and not the provider's own.</summary>
    internal bool IsOrdinary { get; } = InterfaceType is "" or "interface" or "efa" or "efa-only" or "branch" or "trunk";

    /// <summary>How many interfaces are of this kind.</summary>
    internal long Count { get; set; }
}

/// <summary>All interfaces, read in one pass for all facts with a row for each.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class InterfaceRoll
{
    private readonly List<Interface> rows = [];
    private readonly List<InterfaceKind> kinds = [];

    /// <summary>In the snapshot's order.</summary>
    internal List<Interface> Rows => rows;

    /// <summary>In the order they were first seen.</summary>
    internal List<InterfaceKind> Kinds => kinds;

    internal static InterfaceRoll Read(FactContext context)
    {
        var roll = new InterfaceRoll();
        var (texts, instances) = (context.Texts, context.Instances);
        var numbers = new Utf8Index();
        var key = new CombinationKey();
        using var query = context.Database.Prepare("""
            select account, region, network_interface_id, instance_id, subnet_id, vpc_id, public_ip_address, ipv6_addresses, interface_type, security_groups
              from network_interface order by rowid
            """);
        while (query.Step())
        {
            var (hasPublic, hasIpv6) = (!query.GetUtf8(6).IsEmpty, query.GetUtf8(7).Length > 2);
            key.Start().AddOrNull(query, 0).AddOrNull(query, 1).AddOrNull(query, 4).Add(query.GetUtf8(5)).Add(query.GetUtf8(8)).Add(query.GetUtf8(9)).Add(hasPublic).Add(hasIpv6);
            var number = numbers.Add(key.Bytes, out var isNew);
            if (isNew)
            {
                roll.kinds.Add(new InterfaceKind(
                    query.FindString(0) ?? Identity.Unknown, query.FindString(1) ?? Identity.Unknown, query.GetString(5), query.GetString(4), query.GetString(8),
                    JsonTexts.ReadArray(query.GetUtf8(9)), hasPublic, hasIpv6,
                    texts.Add(query.FindString(0) ?? Identity.Unknown), texts.Add(query.FindString(1) ?? Identity.Unknown), query.IsNull(4) ? default : instances.Word(query.GetUtf8(4)))
                {
                    OwnAccount = query.GetString(0),
                    OwnRegion = query.GetString(1),
                });
            }

            roll.kinds[number].Count++;
            var id = query.GetUtf8(2);
            var idText = id.IsEmpty && query.IsNull(2) ? default : texts.Add(id);
            var instanceId = query.GetUtf8(3);
            PinnedText instanceText = default, type = default;
            var instance = -1;
            if (!instanceId.IsEmpty)
            {
                instanceText = texts.Add(instanceId);
                instance = instances.Find(instanceId, instances.PlaceOf(query, 0, 1), out type);
            }
            else if (!query.IsNull(3))
            {
                instanceText = texts.Add(instanceId);
            }

            roll.rows.Add(new Interface(idText, instanceText, type, instance, number));
        }

        return roll;
    }
}
