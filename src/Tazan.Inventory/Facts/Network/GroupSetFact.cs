using System.Collections.Immutable;
using System.Text;

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
        context.Note("select account, region, vpc_id, security_groups, ipv6_addresses from network_interface", required: true);

        // The type only sharpens: without instances the sets hold all the same.
        context.Note("select instance_id, instance_type from instance", required: false);
        var roll = context.Interfaces;
        var sets = new SortedDictionary<(string Account, string Region, string Name), GroupSet>();
        var nameOf = new List<PinnedText>();
        foreach (var kind in roll.Kinds)
        {
            nameOf.Add(kind.GroupSet is { } name ? context.Instances.Word(Encoding.UTF8.GetBytes(name)) : default);
            if (kind.GroupSet is not null)
            {
                var place = (kind.Account, kind.Region, kind.GroupSet);
                if (!sets.TryGetValue(place, out var set))
                {
                    sets[place] = set = new GroupSet(kind.GroupSet.Split('+'), kind.Vpc);
                }

                set.Interfaces += kind.Count;
                set.HasIpv6 |= kind.HasIpv6;
            }
        }

        using (var copier = new RowCopier(context.Database, "interface_group_set"))
        {
            foreach (var row in roll.Rows)
            {
                if (!nameOf[row.Kind].IsNull)
                {
                    var kind = roll.Kinds[row.Kind];
                    copier.Set(1, kind.AccountText).Set(2, kind.RegionText).Set(3, row.Id).Set(4, nameOf[row.Kind])
                        .Set(5, row.InstanceId).Set(6, row.InstanceType).Set(7, kind.SubnetText).Run();
                }
            }
        }

        using var sum = context.Write("group_set");
        foreach (var ((account, region, name), set) in sets)
        {
            sum.Row(account, region).Add(name).Add(set.Groups).Add(set.Vpc).Add(set.Interfaces).Add((bool?)set.HasIpv6).End();
        }
    }

    private sealed class GroupSet(string[] groups, string vpc)
    {
        internal string[] Groups { get; } = groups;

        internal string Vpc { get; } = vpc;

        internal long Interfaces { get; set; }

        internal bool HasIpv6 { get; set; }
    }
}
