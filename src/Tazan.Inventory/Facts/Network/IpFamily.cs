namespace Tazan.Inventory.Facts.Network;

/// <summary>An address family. Security groups, ACLs and routes judge each on its own.</summary>
public enum IpFamily
{
    V4,
    V6,
}

/// <summary>Text forms and bounds of <see cref="IpFamily"/>.</summary>
public static class IpFamilies
{
    /// <summary>As the snapshot has it: <c>ipv4</c> or <c>ipv6</c>.</summary>
    public static string ToText(this IpFamily family) => family == IpFamily.V4 ? "ipv4" : "ipv6";

    /// <summary>32 or 128.</summary>
    public static int Bits(this IpFamily family) => family == IpFamily.V4 ? 32 : 128;

    /// <summary>The last address as a number.</summary>
    public static UInt128 Last(this IpFamily family) => family == IpFamily.V4 ? uint.MaxValue : UInt128.MaxValue;

    /// <summary>The range that holds every address: <c>0.0.0.0/0</c> or <c>::/0</c>.</summary>
    public static string Everywhere(this IpFamily family) => family == IpFamily.V4 ? "0.0.0.0/0" : "::/0";
}
