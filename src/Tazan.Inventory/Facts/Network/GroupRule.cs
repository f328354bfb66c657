namespace Tazan.Inventory.Facts.Network;

/// <summary>What a rule of a security group names as the other side.</summary>
public enum RuleSourceKind
{
    /// <summary>A range of addresses.</summary>
    Cidr,

    /// <summary>Another security group, by its id: the private addresses of its interfaces.</summary>
    Group,

    /// <summary>A prefix list, by its id.</summary>
    PrefixList,
}

/// <summary>One rule of a security group: one other side, one address family.</summary>
/// <param name="GroupId">The group whose rule it is.</param>
/// <param name="IsEgress">Whether it is about packets going out.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, <c>all</c>, or a protocol number.</param>
/// <param name="Ports">Type and code for ICMP; all ports where the protocol has none.</param>
/// <param name="Family">The family it is judged in; a group reference has a rule in each.</param>
/// <param name="SourceKind">What <paramref name="Source"/> names.</param>
/// <param name="Source">The other side: where packets come from, or go to for an egress rule.</param>
public sealed record GroupRule(
    string GroupId, bool IsEgress, string Protocol, PortRange Ports, IpFamily Family, RuleSourceKind SourceKind, string Source)
{
    /// <summary>Whether the other side is every address, in one range. Two halves of the address space are two narrow ranges.</summary>
    public bool IsOpen => SourceKind == RuleSourceKind.Cidr && Source == Family.Everywhere();

    /// <summary>Whether it lets packets of that protocol through: its own, or all.</summary>
    public bool IsFor(string protocol) => Protocol == protocol || Protocol == "all";

    /// <summary>As an operator would say it: <c>sg-0a1: tcp 11211 from sg-0b2</c>.</summary>
    public override string ToString()
    {
        var ports = Protocol switch
        {
            "tcp" or "udp" => Ports.IsAll ? " all ports" : " " + Ports,
            "all" => "",
            "icmp" or "icmpv6" => Ports.First < 0 || Ports.IsAll ? "" : " type " + Ports.First.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
        var protocol = Protocol is [>= '0' and <= '9', ..] ? "protocol " + Protocol : Protocol == "all" ? "all traffic" : Protocol;
        return $"{GroupId}: {protocol}{ports} {(IsEgress ? "to" : "from")} {Source}";
    }
}

/// <summary>Text forms of <see cref="RuleSourceKind"/>.</summary>
internal static class RuleSourceKinds
{
    internal static string ToText(this RuleSourceKind kind) => kind switch
    {
        RuleSourceKind.Cidr => "cidr",
        RuleSourceKind.Group => "group",
        _ => "prefix-list",
    };

    internal static RuleSourceKind Parse(string text) => text switch
    {
        "cidr" => RuleSourceKind.Cidr,
        "group" => RuleSourceKind.Group,
        _ => RuleSourceKind.PrefixList,
    };
}
