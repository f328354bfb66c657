namespace Tazan.Inventory.Facts.Network;

/// <summary>The rules of all groups, found by the place and id of the group.</summary>
internal sealed class GroupRuleBook
{
    private static readonly List<GroupRule> NoRules = [];

    private readonly Dictionary<(string Account, string Region, string Group), List<GroupRule>> rules = [];
    private readonly Dictionary<string, List<GroupRule>> byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> groups = new(StringComparer.Ordinal);

    internal static GroupRuleBook Read(FactContext context)
    {
        var book = new GroupRuleBook();
        using (var query = context.Query("""
            select account, region, group_id, direction, ip_protocol, from_port, to_port, family, source_kind, source
              from security_group_rule order by rowid
            """))
        {
            while (query.Step())
            {
                book.Add(query.GetString(0), query.GetString(1), new GroupRule(
                    query.GetString(2), query.GetString(3) == "egress", query.GetString(4), new PortRange((int)query.GetInt64(5), (int)query.GetInt64(6)),
                    query.GetString(7) == "ipv6" ? IpFamily.V6 : IpFamily.V4, RuleSourceKinds.Parse(query.GetString(8)), query.GetString(9)));
            }
        }

        // A group without a single rule is known all the same. Where only the flat list was read, its rules tell of it.
        using (var query = context.Refine("select group_id from security_group"))
        {
            while (query.Step())
            {
                book.groups.Add(query.GetString(0));
            }
        }

        return book;
    }

    /// <summary>The union of the rules of the groups, in a fixed order; and the groups that the snapshot does not have.</summary>
    internal (List<GroupRule> Rules, List<string> Missing) Union(string account, string region, IEnumerable<string> groupIds)
    {
        var union = new List<GroupRule>();
        var missing = new List<string>();
        foreach (var group in groupIds)
        {
            // A shared VPC has its groups in the owner's account: ids are unique across accounts.
            var its = rules.GetValueOrDefault((account, region, group)) ?? byId.GetValueOrDefault(group);
            union.AddRange(its ?? NoRules);
            if (its is null && !groups.Contains(group))
            {
                missing.Add(group);
            }
        }

        return (union, missing);
    }

    private void Add(string account, string region, GroupRule rule)
    {
        groups.Add(rule.GroupId);
        if (!rules.TryGetValue((account, region, rule.GroupId), out var list))
        {
            rules[(account, region, rule.GroupId)] = list = [];
            byId.TryAdd(rule.GroupId, list);
        }

        list.Add(rule);
    }
}
