using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Network;

/// <summary>The private addresses of the interfaces of those groups that rules refer to.</summary>
internal sealed class GroupMembers(IEnumerable<string> referenced)
{
    private static readonly List<Pair> NoPairs = [];

    private readonly Dictionary<string, Pair> pairs = referenced.Distinct(StringComparer.Ordinal).ToDictionary(static id => id, static _ => new Pair(), StringComparer.Ordinal);
    private readonly Utf8Index lists = new();
    private readonly List<List<Pair>> pairsOf = [];

    /// <summary>Whether no rule refers to any group.</summary>
    internal bool IsNobody => pairs.Count == 0;

    /// <summary>Adds one interface: its groups, IPv4 address and IPv6 addresses.</summary>
    internal void Add(Statement query)
    {
        var number = lists.Add(query.GetUtf8(0), out var isNew);
        if (isNew)
        {
            var its = JsonTexts.ReadArray(query.GetUtf8(0)).Where(pairs.ContainsKey).Select(id => pairs[id]).ToList();
            pairsOf.Add(its.Count == 0 ? NoPairs : its);
        }

        if (pairsOf[number].Count == 0)
        {
            return;
        }

        var hasV4 = AddressRange.TryParse(query.GetString(1), out var family, out var v4) && family == IpFamily.V4;
        var v6 = JsonTexts.ReadArray(query.GetUtf8(2));
        foreach (var pair in pairsOf[number])
        {
            if (hasV4)
            {
                pair.V4.Add(v4);
            }

            foreach (var address in v6)
            {
                if (AddressRange.TryParse(address, out family, out var range) && family == IpFamily.V6)
                {
                    pair.V6.Add(range);
                }
            }
        }
    }

    /// <summary>How many addresses of that family the group's interfaces have.</summary>
    internal int Count(string group, IpFamily family) => pairs.TryGetValue(group, out var pair) ? pair.Of(family).Count : 0;

    internal AddressRanges Addresses(string group, IpFamily family) => pairs.TryGetValue(group, out var pair) ? pair.Set(family) : AddressRanges.None(family);

    private sealed class Pair
    {
        private AddressRanges? setV4;
        private AddressRanges? setV6;

        internal List<AddressRange> V4 { get; } = [];

        internal List<AddressRange> V6 { get; } = [];

        internal List<AddressRange> Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

        internal AddressRanges Set(IpFamily family) => family == IpFamily.V4
            ? setV4 ??= AddressRanges.Of(IpFamily.V4, V4)
            : setV6 ??= AddressRanges.Of(IpFamily.V6, V6);
    }
}
