using System.Collections.Immutable;
using System.Text;
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
        var types = InstanceTypesById(context);
        var combinations = new Utf8Index();
        var setOf = new List<GroupSet?>();
        var sets = new SortedDictionary<(string Account, string Region, string Name), GroupSet>();
        var key = new CombinationKey();

        using (var query = context.Query("""
            select account, region, vpc_id, security_groups, network_interface_id, instance_id, subnet_id, ipv6_addresses
              from network_interface order by rowid
            """))
        using (var writer = context.Write("interface_group_set"))
        {
            while (query.Step())
            {
                key.Start();
                for (var column = 0; column < 4; column++)
                {
                    key.Add(query.GetUtf8(column));
                }

                var number = combinations.Add(key.Bytes, out var isNew);
                if (isNew)
                {
                    setOf.Add(SetOf(query, sets));
                }

                if (setOf[number] is not { } set)
                {
                    continue;
                }

                var instance = query.GetUtf8(5);
                set.Interfaces++;
                set.HasIpv6 |= query.GetUtf8(7).Length > 2;
                writer.RowUtf8(query.GetUtf8(0), query.GetUtf8(1)).AddUtf8(query.GetUtf8(4)).AddUtf8(set.Utf8Name)
                    .AddUtf8(instance).AddUtf8(types.Find(instance)).AddUtf8(query.GetUtf8(6)).End();
            }
        }

        using var sum = context.Write("group_set");
        foreach (var ((account, region, name), set) in sets)
        {
            sum.Row(account, region).Add(name).Add(set.Groups).Add(set.Vpc).Add(set.Interfaces).Add(set.HasIpv6).End();
        }
    }

    private static TypeById InstanceTypesById(FactContext context)
    {
        var types = new TypeById();
        using var query = context.Refine("select instance_id, instance_type from instance");
        while (query.Step())
        {
            types.Add(query.GetUtf8(0), query.GetUtf8(1));
        }

        return types;
    }

    private static GroupSet? SetOf(Statement query, SortedDictionary<(string, string, string), GroupSet> sets)
    {
        var groups = JsonTexts.ReadArray(query.GetUtf8(3)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            return null;
        }

        var name = Name(groups);
        var place = (query.FindString(0) ?? Identity.Unknown, query.FindString(1) ?? Identity.Unknown, name);
        if (!sets.TryGetValue(place, out var set))
        {
            sets[place] = set = new GroupSet(groups, Encoding.UTF8.GetBytes(name), query.GetString(2));
        }

        return set;
    }

    private sealed class GroupSet(List<string> groups, byte[] utf8Name, string vpc)
    {
        internal List<string> Groups { get; } = groups;

        internal byte[] Utf8Name { get; } = utf8Name;

        internal string Vpc { get; } = vpc;

        internal long Interfaces { get; set; }

        internal bool HasIpv6 { get; set; }
    }

    /// <summary>The type of each instance, without a string for either.</summary>
    private sealed class TypeById
    {
        private readonly Utf8Index ids = new();
        private readonly Utf8Index names = new();
        private readonly List<int> nameOf = [];

        internal void Add(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
        {
            ids.Add(id, out var isNew);
            if (isNew)
            {
                nameOf.Add(names.Add(name));
            }
        }

        internal ReadOnlySpan<byte> Find(ReadOnlySpan<byte> id) =>
            !id.IsEmpty && ids.Find(id) is >= 0 and var number ? names.Utf8(nameOf[number]) : default;
    }
}
