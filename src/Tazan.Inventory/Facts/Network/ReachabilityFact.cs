using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Finds the distinct combinations that decide who reaches an interface, and derives each once.</summary>
public sealed class ReachabilityFact : IFact
{
    public ImmutableArray<string> Tables => ["reach_set", "interface_reach_set", "reachability"];

    public void Derive(FactContext context)
    {
        var rules = GroupRuleBook.Read(context);
        var book = ReachBook.Read(context);
        var sets = new ReachSets(book, rules);
        var combinations = new Utf8Index();
        var setOf = new List<ReachSet?>();
        var key = new CombinationKey();

        using (var map = new CombinationMap(context, "reach_set_of", ["security_groups", "subnet_id", "vpc_id", "account", "region", "is_public", "is_ipv6"], ["reach_set"]))
        {
            using (var query = context.Query("select account, region, vpc_id, subnet_id, security_groups, public_ip_address, ipv6_addresses from network_interface order by rowid"))
            {
                while (query.Step())
                {
                    var (hasPublic, hasIpv6) = (!query.GetUtf8(5).IsEmpty, query.GetUtf8(6).Length > 2);
                    key.Start();
                    for (var column = 0; column < 5; column++)
                    {
                        key.Add(query.GetUtf8(column));
                    }

                    var number = combinations.Add(key.Add(hasPublic).Add(hasIpv6).Bytes, out var isNew);
                    if (isNew)
                    {
                        setOf.Add(sets.Of(query, hasPublic, hasIpv6));
                        if (setOf[number] is { } added)
                        {
                            map.Add(query.GetString(4), query.GetString(3), query.GetString(2), query.GetString(0), query.GetString(1), hasPublic, hasIpv6, added.Name);
                        }
                    }

                    if (setOf[number] is { } set)
                    {
                        set.Interfaces++;
                    }
                }
            }

            map.Copy($"""
                insert into interface_reach_set
                select coalesce(n.account, '{Identity.Unknown}'), coalesce(n.region, '{Identity.Unknown}'), n.network_interface_id, reach_set_of.reach_set, n.instance_id
                  from network_interface n cross join reach_set_of on {map.On("n", "n.security_groups", "n.subnet_id", "n.vpc_id", "n.account", "n.region",
                    "coalesce(n.public_ip_address, '') <> ''", "length(coalesce(n.ipv6_addresses, '')) > 2")}
                 order by n.rowid
                """);
        }

        var members = MembersOf(context, sets);
        using (var writer = context.Write("reach_set"))
        {
            foreach (var set in sets.All)
            {
                writer.Row(set.Account, set.Region).Add(set.Name).Add(set.GroupSet).Add(set.Situation.Acl.Id).Add((bool?)set.HasPublicPath).Add(set.Interfaces).End();
            }
        }

        using (var writer = context.Write("reachability"))
        {
            foreach (var set in sets.All)
            {
                new ReachRows(set, members, writer).Write();
            }
        }
    }

    /// <summary>The private addresses behind every group that a rule refers to.</summary>
    private static GroupMembers MembersOf(FactContext context, ReachSets sets)
    {
        var members = new GroupMembers(sets.All.SelectMany(static set => set.Situation.Rules)
            .Where(static rule => !rule.IsEgress && rule.SourceKind == RuleSourceKind.Group).Select(static rule => rule.Source));
        if (members.IsNobody)
        {
            return members;
        }

        using var query = context.Query("select security_groups, private_ip_address, ipv6_addresses from network_interface order by rowid");
        while (query.Step())
        {
            members.Add(query);
        }

        return members;
    }
}
