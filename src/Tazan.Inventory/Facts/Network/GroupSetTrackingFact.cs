using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Judges tracking once for each distinct set of groups, on the union of their rules.</summary>
public sealed class GroupSetTrackingFact : IFact
{
    public ImmutableArray<string> Tables => ["group_set_tracking"];

    public void Derive(FactContext context)
    {
        var book = GroupRuleBook.Read(context);
        using var query = context.Query("select account, region, group_set, group_ids, has_ipv6 from group_set order by rowid");
        using var writer = context.Write("group_set_tracking");
        while (query.Step())
        {
            var (account, region, name) = (query.GetString(0), query.GetString(1), query.GetString(2));
            var (rules, missing) = book.Union(account, region, JsonTexts.ReadArray(query.GetUtf8(3)));
            var doubt = missing.Count == 0 ? "" : $"; the rules of {string.Join(", ", missing)} were not read";

            // Group references hold for IPv6 too, which says nothing where there is no IPv6.
            var hasIpv6 = query.GetInt64(4) != 0 || rules.Exists(static rule => rule.Family == IpFamily.V6 && rule.SourceKind == RuleSourceKind.Cidr);
            foreach (var family in hasIpv6 ? new[] { IpFamily.V4, IpFamily.V6 } : [IpFamily.V4])
            {
                foreach (var inbound in new[] { true, false })
                {
                    foreach (var protocol in Tracking.Protocols)
                    {
                        foreach (var flow in Tracking.Judge(rules, inbound, protocol, family))
                        {
                            writer.Row(account, region).Add(name).Add(inbound ? "inbound" : "outbound").Add(protocol)
                                .Add(flow.Ports.First).Add(flow.Ports.Last).Add(family.ToText()).Add(flow.IsTracked)
                                .Add(flow.Rule.ToString()).Add(flow.Response?.ToString() ?? "").Add(flow.Reason + doubt).End();
                        }
                    }
                }
            }
        }
    }
}
