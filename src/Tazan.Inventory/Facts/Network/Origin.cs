using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>From where packets can come at all.</summary>
/// <param name="Exposure"><c>internet</c>, <c>vpc</c>, <c>peered</c> or <c>private</c>.</param>
/// <param name="Addresses">Of whom; the sets of one interface's origins do not overlap.</param>
/// <param name="Via">The route's target; empty for the VPC itself.</param>
/// <param name="Reason">The route that carries the answers, for a person to check.</param>
public sealed record Origin(string Exposure, AddressRanges Addresses, string Via, string Reason);

/// <summary>What else than routes decides who can come.</summary>
/// <param name="VpcRanges">The VPC's own ranges of both families, in CIDR notation; empty where not read.</param>
/// <param name="HasPublicAddress">Whether the interface has a public IPv4 address.</param>
/// <param name="HasIpv6">Whether it has an IPv6 address (which is public by itself).</param>
/// <param name="PeerRanges">By peering id, the ranges of the other VPC; a peering that is missing here is not active.</param>
/// <param name="PassingEndpoints">Endpoints that traffic from the internet may be led through, such as those of a firewall.</param>
/// <param name="PrefixLists">The ranges of a prefix list, or null where they were not read.</param>
public sealed record OriginContext(
    ImmutableArray<string> VpcRanges, bool HasPublicAddress, bool HasIpv6, IReadOnlyDictionary<string, ImmutableArray<string>> PeerRanges,
    IReadOnlySet<string> PassingEndpoints, Func<string, IReadOnlyList<string>?> PrefixLists);

/// <summary>Who can come, by the routes: a connection needs its answers carried back, and the longest prefix decides by what.</summary>
/// <remarks>Pure. Source: VPC User Guide, route tables (route priority) and the guides of each target.</remarks>
public static class Origins
{
    // Ranges that the internet does not carry (RFC 1918, 6598, 3927, 1122, 5771): a packet from there came another way.
    private static readonly AddressRanges NotOnTheInternet = AddressRanges.Parse(
        IpFamily.V4, "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3");

    // Global unicast (RFC 4291).
    private static readonly AddressRanges OnTheInternetV6 = AddressRanges.Parse(IpFamily.V6, "2000::/3");

    // Where the ranges of a VPC were not read: what a VPC may have privately (RFC 1918, RFC 4193).
    private static readonly ImmutableArray<string> AnyVpc = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

    /// <summary>
    /// The origins of one family, in the order vpc, peered, private, internet, each by the route's target.
    /// <paramref name="routes"/> are those of the interface's subnet; null where they were not read, and then a public
    /// address is taken to be reachable.
    /// </summary>
    public static ImmutableArray<Origin> Of(IpFamily family, IReadOnlyList<Route>? routes, OriginContext context)
    {
        var vpcRanges = context.VpcRanges.IsEmpty ? AnyVpc : context.VpcRanges;
        var vpc = AddressRanges.Parse(family, vpcRanges);
        var hasPublic = family == IpFamily.V4 ? context.HasPublicAddress : context.HasIpv6;
        var found = new List<Origin>();
        if (routes is null)
        {
            Add(found, "vpc", vpc, "", "its routes were not read; the VPC's own ranges");
            if (hasPublic)
            {
                Add(found, "internet", OnTheInternet(family).Subtract(vpc), "", "its routes were not read; it has a public address");
            }

            return Ordered(found);
        }

        var claimed = AddressRanges.None(family);
        foreach (var (route, range, prefix) in LongestFirst(family, routes, context))
        {
            var share = AddressRanges.Of(family, [range]).Subtract(claimed);
            claimed = claimed.Union(share);
            if (share.IsEmpty || route.IsBlackhole)
            {
                continue;
            }

            var reason = $"route {route.Destination} to {route.Target}";
            switch (Kind(route.Target))
            {
                case "local":
                    Add(found, "vpc", share, "", "inside the VPC");
                    break;
                case "igw" or "cagw" when hasPublic:
                    Add(found, "internet", share.Intersect(OnTheInternet(family)), route.Target, reason + " and a public address");
                    break;
                case "vpce" when hasPublic && context.PassingEndpoints.Contains(route.Target):
                    Add(found, "internet", share.Intersect(OnTheInternet(family)), route.Target, reason + ", which inspects and passes on, and a public address");
                    break;
                case "pcx" when context.PeerRanges.TryGetValue(route.Target, out var peer):
                    var theirs = AddressRanges.Parse(family, peer);
                    Add(found, "peered", theirs.IsEmpty ? share : share.Intersect(theirs), route.Target, reason);
                    break;
                case "tgw" or "vgw" or "lgw" or "core":
                    Add(found, "private", share, route.Target, reason);
                    break;

                // An appliance can pass connections on between private networks; as a way out it translates addresses and lets none in.
                case "eni" or "i" when prefix > 0:
                    Add(found, "private", share, route.Target, reason);
                    break;
            }
        }

        // Every route table has the VPC's own ranges, even where its answer was cut short.
        Add(found, "vpc", vpc.Subtract(claimed), "", "inside the VPC");
        return Ordered(found);
    }

    private static AddressRanges OnTheInternet(IpFamily family) => family == IpFamily.V4 ? NotOnTheInternet.Complement() : OnTheInternetV6;

    private static List<(Route Route, AddressRange Range, int Prefix)> LongestFirst(IpFamily family, IReadOnlyList<Route> routes, OriginContext context)
    {
        var ranges = new List<(Route Route, AddressRange Range, int Prefix)>();
        foreach (var route in routes)
        {
            foreach (var destination in route.Destination.StartsWith("pl-", StringComparison.Ordinal) ? context.PrefixLists(route.Destination) ?? [] : [route.Destination])
            {
                if (AddressRange.TryParse(destination, out var itsFamily, out var range) && itsFamily == family)
                {
                    var size = range.Last - range.First;
                    ranges.Add((route, range, size == family.Last() ? 0 : family.Bits() - (int)UInt128.Log2(size + 1)));
                }
            }
        }

        // The sort is stable, so of two routes of one length the one listed first stays first.
        return [.. ranges.OrderByDescending(static r => r.Prefix)];
    }

    private static string Kind(string target) =>
        target.StartsWith("arn:", StringComparison.Ordinal) ? "core" : target.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? target[..dash] : target;

    private static void Add(List<Origin> found, string exposure, AddressRanges addresses, string via, string reason)
    {
        if (addresses.IsEmpty)
        {
            return;
        }

        var same = found.FindIndex(origin => origin.Exposure == exposure && origin.Via == via);
        if (same < 0)
        {
            found.Add(new Origin(exposure, addresses, via, reason));
        }
        else
        {
            found[same] = found[same] with { Addresses = found[same].Addresses.Union(addresses) };
        }
    }

    private static ImmutableArray<Origin> Ordered(List<Origin> found) =>
    [
        .. found.OrderBy(static origin => origin.Exposure switch { "vpc" => 0, "peered" => 1, "private" => 2, _ => 3 })
            .ThenBy(static origin => origin.Via, StringComparer.Ordinal),
    ];
}
