using Tazan.Inventory.Facts.Network;

namespace Tazan.Inventory.Tests.Facts.Network;

/// <summary>Rules as one would say them: <c>In("tcp", 80, "0.0.0.0/0")</c>.</summary>
internal static class Rules
{
    internal static GroupRule In(string protocol, int port, string source, string group = "sg-a") => Of(false, protocol, new PortRange(port, port), source, group);

    internal static GroupRule In(string protocol, PortRange ports, string source, string group = "sg-a") => Of(false, protocol, ports, source, group);

    internal static GroupRule Out(string protocol, PortRange ports, string destination, string group = "sg-a") => Of(true, protocol, ports, destination, group);

    /// <summary>What a new group has: everything may go out.</summary>
    internal static GroupRule AllOut(string destination = "0.0.0.0/0") => Out("all", PortRange.All, destination);

    private static GroupRule Of(bool isEgress, string protocol, PortRange ports, string source, string group) => new(
        group, isEgress, protocol, ports, source.Contains(':') ? IpFamily.V6 : IpFamily.V4,
        source.StartsWith("sg-") ? RuleSourceKind.Group : source.StartsWith("pl-") ? RuleSourceKind.PrefixList : RuleSourceKind.Cidr, source);
}
