using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Finds the distinct sets of security groups: a fleet of a hundred thousand interfaces has some hundreds.</summary>
/// <remarks>Interfaces without groups (those of NAT gateways and of older Network Load Balancers) are in no set.</remarks>
public sealed class GroupSetFact : IFact
{
    public ImmutableArray<string> Tables => ["group_set", "interface_group_set"];

    /// <summary>The name of a set: the ids in ordinal order, joined by +.</summary>
    internal static string Name(IEnumerable<string> groups) => string.Join('+', groups.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal));

    public void Derive(FactContext context)
    {
        var combinations = new Utf8Index();
        var setOf = new List<GroupSet?>();
        var sets = new SortedDictionary<(string Account, string Region, string Name), GroupSet>();
        var key = new CombinationKey();
        using var map = new CombinationMap(context, "group_set_of", ["security_groups", "account", "region"], ["group_set"]);

        using (var query = context.Query("select account, region, vpc_id, security_groups, ipv6_addresses from network_interface order by rowid"))
        {
            while (query.Step())
            {
                key.Start().Add(query.GetUtf8(0)).Add(query.GetUtf8(1)).Add(query.GetUtf8(3));
                var number = combinations.Add(key.Bytes, out var isNew);
                if (isNew)
                {
                    setOf.Add(SetOf(query, sets, map));
                }

                if (setOf[number] is { } set)
                {
                    set.Interfaces++;
                    set.HasIpv6 |= query.GetUtf8(4).Length > 2;
                }
            }
        }

        // The type only sharpens: without instances the sets hold all the same.
        context.Refine("select instance_id, instance_type from instance").Dispose();
        map.Copy($"""
            insert into interface_group_set
            select coalesce(n.account, '{Identity.Unknown}'), coalesce(n.region, '{Identity.Unknown}'), n.network_interface_id, group_set_of.group_set, n.instance_id, i.instance_type, n.subnet_id
              from network_interface n cross join group_set_of on {map.On("n")}
              left join instance i on i.instance_id = n.instance_id and i.account is n.account and i.region is n.region
             order by n.rowid
            """);

        using var sum = context.Write("group_set");
        foreach (var ((account, region, name), set) in sets)
        {
            sum.Row(account, region).Add(name).Add(set.Groups).Add(set.Vpc).Add(set.Interfaces).Add((bool?)set.HasIpv6).End();
        }
    }

    private static GroupSet? SetOf(Statement query, SortedDictionary<(string, string, string), GroupSet> sets, CombinationMap map)
    {
        var groups = JsonTexts.ReadArray(query.GetUtf8(3)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            return null;
        }

        var name = Name(groups);
        map.Add(query.GetString(3), query.GetString(0), query.GetString(1), name);
        var place = (query.FindString(0) ?? Identity.Unknown, query.FindString(1) ?? Identity.Unknown, name);
        if (!sets.TryGetValue(place, out var set))
        {
            sets[place] = set = new GroupSet(groups, query.GetString(2));
        }

        return set;
    }

    private sealed class GroupSet(List<string> groups, string vpc)
    {
        internal List<string> Groups { get; } = groups;

        internal string Vpc { get; } = vpc;

        internal long Interfaces { get; set; }

        internal bool HasIpv6 { get; set; }
    }
}
