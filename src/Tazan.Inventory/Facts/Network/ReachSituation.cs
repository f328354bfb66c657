using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Everything that decides who can open a connection to one interface.</summary>
public sealed record ReachSituation
{
    /// <summary>The rules of all its groups; only those for incoming packets count, since groups let answers out by themselves.</summary>
    public required ImmutableArray<GroupRule> Rules { get; init; }

    /// <summary>The ACL of its subnet.</summary>
    public required NetworkAcl Acl { get; init; }

    /// <summary>The subnet's own IPv4 range: packets from there never meet the ACL.</summary>
    public required AddressRanges SubnetV4 { get; init; }

    /// <summary>As <see cref="SubnetV4"/>, for IPv6.</summary>
    public required AddressRanges SubnetV6 { get; init; }

    /// <summary>Who can come at all, by the routes, IPv4.</summary>
    public required ImmutableArray<Origin> OriginsV4 { get; init; }

    /// <summary>As <see cref="OriginsV4"/>, for IPv6.</summary>
    public required ImmutableArray<Origin> OriginsV6 { get; init; }

    /// <summary>The private addresses of a group's interfaces.</summary>
    public required Func<string, IpFamily, AddressRanges> Members { get; init; }

    /// <summary>The ranges of a prefix list; null where they were not read.</summary>
    public required Func<string, IpFamily, AddressRanges?> PrefixLists { get; init; }

    public AddressRanges Subnet(IpFamily family) => family == IpFamily.V4 ? SubnetV4 : SubnetV6;

    public ImmutableArray<Origin> OriginsOf(IpFamily family) => family == IpFamily.V4 ? OriginsV4 : OriginsV6;

    /// <summary>Everyone whom the routes let come.</summary>
    public AddressRanges Arriving(IpFamily family) =>
        AddressRanges.Of(family, OriginsOf(family).SelectMany(static origin => origin.Addresses.Ranges));
}

/// <summary>Who reaches some ports, as one exact set.</summary>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, a number, or <c>other</c> for those that nothing names.</param>
/// <param name="Ports">All for protocols without ports.</param>
/// <param name="Sources">Never empty.</param>
public sealed record Reached(string Protocol, PortRange Ports, AddressRanges Sources);

/// <summary>How two situations differ in who reaches what.</summary>
/// <param name="Added">Who gets in that did not before; empty when a change admits nobody new.</param>
/// <param name="Removed">Who no longer gets in.</param>
public sealed record ReachChange(ImmutableArray<Reached> Added, ImmutableArray<Reached> Removed)
{
    /// <summary>Whether the second situation lets in nobody whom the first kept out.</summary>
    public bool AdmitsNobodyNew => Added.IsEmpty;
}
