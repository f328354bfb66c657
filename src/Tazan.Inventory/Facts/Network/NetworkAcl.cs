using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>One numbered rule of a network ACL.</summary>
/// <param name="Number">Lowest first, first match wins.</param>
/// <param name="IsEgress">Whether it is about packets leaving the subnet.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, <c>all</c>, or a protocol number.</param>
/// <param name="Allows">Whether it lets packets through or drops them.</param>
/// <param name="Family">The family of <paramref name="Addresses"/>.</param>
/// <param name="Addresses">Where packets come from, or go to.</param>
/// <param name="Ports">The port they go to; all where the entry names none.</param>
public sealed record AclEntry(int Number, bool IsEgress, string Protocol, bool Allows, IpFamily Family, AddressRange Addresses, PortRange Ports)
{
    /// <summary>Whether it has a say about packets of that protocol.</summary>
    public bool IsFor(string protocol) => Protocol == protocol || Protocol == "all";
}

/// <summary>A network ACL: stateless, asked whenever a packet enters or leaves the subnet, never inside it.</summary>
/// <remarks>Immutable. Source: VPC User Guide, "Control subnet traffic with network access control lists". ICMP types are not told apart.</remarks>
public sealed class NetworkAcl
{
    private readonly ImmutableArray<AclEntry> entries;

    /// <param name="id">Its id, for reasons.</param>
    /// <param name="entries">In any order; what none of them matches is denied.</param>
    public NetworkAcl(string id, IEnumerable<AclEntry> entries)
    {
        Id = id;
        this.entries = [.. entries.OrderBy(static entry => entry.Number)];
    }

    public string Id { get; }

    /// <summary>The protocols its entries name, <c>all</c> among them.</summary>
    internal IEnumerable<string> Protocols => entries.Select(static entry => entry.Protocol);

    /// <summary>An ACL that lets everything through: stands in where none was read.</summary>
    public static NetworkAcl Open(string id) => new(id,
    [
        .. new[] { IpFamily.V4, IpFamily.V6 }.SelectMany(static family => new[] { true, false }.Select(egress =>
            new AclEntry(100, egress, "all", true, family, new AddressRange(0, family.Last()), PortRange.All))),
    ]);

    /// <summary>Whether its first entry in both directions allows everything, as in the ACL every VPC begins with.</summary>
    public bool IsOpen(IpFamily family) => new[] { true, false }.All(egress =>
        entries.FirstOrDefault(entry => entry.IsEgress == egress && entry.Family == family) is { Allows: true, Protocol: "all" } first
        && first.Addresses == new AddressRange(0, family.Last()));

    /// <summary>The entry numbers, for reasons, of the first entries in both directions.</summary>
    internal (int In, int Out) FirstNumbers(IpFamily family) =>
        (entries.First(entry => !entry.IsEgress && entry.Family == family).Number, entries.First(entry => entry.IsEgress && entry.Family == family).Number);

    /// <summary>The ports at which its answer may change for a protocol.</summary>
    public IEnumerable<PortRange> Edges(bool egress, string protocol, IpFamily family) =>
        entries.Where(entry => entry.IsEgress == egress && entry.Family == family && entry.IsFor(protocol)).Select(static entry => entry.Ports);

    /// <summary>
    /// The addresses whose packets pass, in or out, to ports none of which an entry tells apart. The numbers of the
    /// entries that let them pass are added to <paramref name="numbers"/>, where it is given.
    /// </summary>
    public AddressRanges Passing(bool egress, string protocol, PortRange ports, IpFamily family, SortedSet<int>? numbers = null)
    {
        var passing = AddressRanges.None(family);
        var left = AddressRanges.All(family);
        foreach (var entry in entries)
        {
            if (entry.IsEgress != egress || entry.Family != family || !entry.IsFor(protocol) || !entry.Ports.Contains(ports))
            {
                continue;
            }

            var matched = left.Intersect(AddressRanges.Of(family, [entry.Addresses]));
            if (matched.IsEmpty)
            {
                continue;
            }

            left = left.Subtract(matched);
            if (entry.Allows)
            {
                passing = passing.Union(matched);
                numbers?.Add(entry.Number);
            }
        }

        return passing;
    }

    /// <summary>The addresses that answers can go back to: on at least one of the ports that callers use.</summary>
    public AddressRanges Answered(string protocol, IpFamily family, SortedSet<int>? numbers = null)
    {
        if (protocol is not ("tcp" or "udp"))
        {
            return Passing(egress: true, protocol, PortRange.All, family, numbers);
        }

        var answered = AddressRanges.None(family);
        foreach (var ports in PortRange.Cut(PortRange.Ephemeral, Edges(egress: true, protocol, family)))
        {
            answered = answered.Union(Passing(egress: true, protocol, ports, family, numbers));
        }

        return answered;
    }

    internal static string ProtocolOf(string number) => number switch
    {
        "-1" or "all" or "" => "all",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        _ => number.ToLower(CultureInfo.InvariantCulture),
    };
}
