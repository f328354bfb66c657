using System.Collections.Immutable;
using System.Text;
using Tazan.Inventory.Sqlite;

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

        using (var query = context.Query("""
            select account, region, vpc_id, subnet_id, security_groups, public_ip_address, ipv6_addresses, network_interface_id, instance_id
              from network_interface order by rowid
            """))
        using (var writer = context.Write("interface_reach_set"))
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
                }

                if (setOf[number] is not { } set)
                {
                    continue;
                }

                set.Interfaces++;
                writer.RowUtf8(query.GetUtf8(0), query.GetUtf8(1)).AddUtf8(query.GetUtf8(7)).AddUtf8(set.Utf8Name).AddUtf8(query.GetUtf8(8)).End();
            }
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
