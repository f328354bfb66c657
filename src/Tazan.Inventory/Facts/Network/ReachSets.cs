using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>One distinct combination, with everything that decides who reaches its interfaces.</summary>
internal sealed class ReachSet(string account, string region, string name, string groupSet, ReachSituation situation, bool hasIpv6, ImmutableArray<string> missing)
{
    internal string Account { get; } = account;

    internal string Region { get; } = region;

    internal string Name { get; } = name;

    internal string GroupSet { get; } = groupSet;

    internal ReachSituation Situation { get; } = situation;

    internal bool HasIpv6 { get; } = hasIpv6;

    /// <summary>Groups whose rules were not read.</summary>
    internal ImmutableArray<string> Missing { get; } = missing;

    internal bool HasPublicPath { get; } = situation.OriginsV4.Concat(situation.OriginsV6).Any(static origin => origin.Exposure == "internet");

    internal long Interfaces { get; set; }
}

/// <summary>Makes combinations and gives them names a person can read: groups, ACL, ways in, and the subnet where it matters.</summary>
internal sealed class ReachSets(ReachBook book, GroupRuleBook rules)
{
    private readonly Dictionary<(string Account, string Region, string Name), (string Signature, ReachSet Set)> byName = [];
    private readonly List<ReachSet> all = [];

    /// <summary>In the order they were first seen.</summary>
    internal IReadOnlyList<ReachSet> All => all;

    /// <summary>The combination of an interface; null for one without groups, which no rule protects and no rule names.</summary>
    internal ReachSet? Of(InterfaceKind kind)
    {
        if (kind.GroupSet is not { } groupSet)
        {
            return null;
        }

        var (account, region) = (kind.Account, kind.Region);
        var (vpc, subnet) = (kind.Vpc, kind.Subnet);
        var (hasPublic, hasIpv6) = (kind.HasPublic, kind.HasIpv6);
        var acl = book.Acl(account, region, vpc, subnet);
        var table = book.Table(account, region, vpc, subnet);
        var context = book.Context(account, region, vpc, hasPublic, hasIpv6);
        var originsV4 = Origins.Of(IpFamily.V4, table?.Routes, context);
        var originsV6 = hasIpv6 ? Origins.Of(IpFamily.V6, table?.Routes, context) : [];

        // An open ACL drops nobody, so the one subnet's exemption from it makes no difference.
        var subnetMatters = !acl.IsOpen(IpFamily.V4) || (hasIpv6 && !acl.IsOpen(IpFamily.V6));
        var ways = originsV4.Concat(originsV6).Select(static origin => origin.Via).Where(static via => via.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var isPublic = originsV4.Concat(originsV6).Any(static origin => origin.Exposure == "internet");
        var name = string.Join('|', [groupSet, acl.Id.Length == 0 ? "no-acl" : acl.Id, isPublic ? "public" : "private", .. ways, .. hasIpv6 ? ["ipv6"] : Array.Empty<string>(), .. subnetMatters ? [subnet] : Array.Empty<string>()]);

        // Two route tables can use the same gateways for different ranges; then the second is told apart by its id.
        var signature = string.Join(';', originsV4.Concat(originsV6).Select(static origin => origin.Exposure + origin.Via + origin.Addresses));
        if (byName.TryGetValue((account, region, name), out var found) && found.Signature != signature)
        {
            name += "|" + (table?.Id ?? "no-routes");
        }

        if (byName.TryGetValue((account, region, name), out found) && found.Signature == signature)
        {
            return found.Set;
        }

        var (union, missing) = rules.Union(account, region, groupSet.Split('+'));
        var set = new ReachSet(account, region, name, groupSet, new ReachSituation
        {
            Rules = [.. union],
            Acl = acl,
            SubnetV4 = book.Subnet(account, region, subnet, IpFamily.V4),
            SubnetV6 = book.Subnet(account, region, subnet, IpFamily.V6),
            OriginsV4 = originsV4,
            OriginsV6 = originsV6,
            Members = static (_, family) => AddressRanges.None(family),
            PrefixLists = book.PrefixList,
        }, hasIpv6, [.. missing]);
        byName[(account, region, name)] = (signature, set);
        all.Add(set);
        return set;
    }
}
