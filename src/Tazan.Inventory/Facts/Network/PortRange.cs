using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Ports from the first to the last, both included. <c>default</c> is port 0 alone.</summary>
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>0 to 65535.</summary>
    public static PortRange All => new(0, 65535);

    /// <summary>The ports a caller's own side may have: 1024 to 65535, the widest range that callers use (balancers, NAT gateways, functions).</summary>
    /// <remarks>Source: VPC User Guide, network ACLs, ephemeral ports.</remarks>
    public static PortRange Ephemeral => new(1024, 65535);

    public bool IsAll => First <= 0 && Last >= 65535;

    public bool Contains(int port) => First <= port && port <= Last;

    public bool Contains(PortRange other) => First <= other.First && other.Last <= Last;

    public bool Overlaps(PortRange other) => First <= other.Last && other.First <= Last;

    /// <summary>
    /// Cuts <paramref name="whole"/> at every edge of the others, so that no piece is partly inside one of them. Ascending.
    /// </summary>
    public static List<PortRange> Cut(PortRange whole, IEnumerable<PortRange> others)
    {
        var starts = new SortedSet<int> { whole.First };
        foreach (var other in others)
        {
            if (other.First > whole.First && other.First <= whole.Last)
            {
                starts.Add(other.First);
            }

            if (other.Last >= whole.First && other.Last < whole.Last)
            {
                starts.Add(other.Last + 1);
            }
        }

        var pieces = new List<PortRange>(starts.Count);
        foreach (var start in starts)
        {
            if (pieces.Count > 0)
            {
                pieces[^1] = pieces[^1] with { Last = start - 1 };
            }

            pieces.Add(new PortRange(start, whole.Last));
        }

        return pieces;
    }

    /// <summary>Such as <c>443</c> or <c>8000-8100</c>.</summary>
    public override string ToString() => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
