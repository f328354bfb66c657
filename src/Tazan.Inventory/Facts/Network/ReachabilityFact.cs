using System.Collections.Immutable;
using System.Text;

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
        context.Note("select account, region, vpc_id, subnet_id, security_groups, public_ip_address, ipv6_addresses from network_interface", required: true);
        var roll = context.Interfaces;
        var nameOf = new List<PinnedText>();
        foreach (var kind in roll.Kinds)
        {
            var set = sets.Of(kind);
            nameOf.Add(set is null ? default : context.Instances.Word(Encoding.UTF8.GetBytes(set.Name)));
            if (set is not null)
            {
                set.Interfaces += kind.Count;
            }
        }

        using (var copier = new RowCopier(context.Database, "interface_reach_set"))
        {
            foreach (var row in roll.Rows)
            {
                if (!nameOf[row.Kind].IsNull)
                {
                    var kind = roll.Kinds[row.Kind];
                    copier.Set(1, kind.AccountText).Set(2, kind.RegionText).Set(3, row.Id).Set(4, nameOf[row.Kind]).Set(5, row.InstanceId).Run();
                }
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
