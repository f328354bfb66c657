using System.Collections.Immutable;
using System.Text.Json;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Flattens the rules of security groups, from whichever of the two calls that list them was read.</summary>
/// <remarks>
/// DescribeSecurityGroups nests ranges in permissions, DescribeSecurityGroupRules lists them flat. Where a group has
/// nested ones, those count; a group that only the second call knows is taken from there. A reference to a group holds
/// for both families, so it becomes two rows; a prefix list has one family.
/// </remarks>
public sealed class SecurityGroupRuleFact : IFact
{
    public ImmutableArray<string> Tables => ["security_group_rule"];

    public void Derive(FactContext context)
    {
        // Either call will do: only the one that was read is a need, lest the other's absence makes the fact unknown.
        var nested = context.Database.Count("select exists (select 1 from security_group_permission)") > 0;
        var listed = context.Database.Count("select exists (select 1 from security_group_rule_listed)") > 0;
        var families = PrefixListFamilies(context);

        using var writer = context.Write("security_group_rule");
        var known = new HashSet<(string Account, string Region, string Group)>();

        const string Nested = """
            select account, region, group_id, direction, ip_protocol, from_port, to_port, ip_ranges, ipv6_ranges, prefix_lists, group_pairs
              from security_group_permission order by rowid
            """;
        using (var query = nested || !listed ? context.Query(Nested) : context.Refine(Nested))
        {
            while (query.Step())
            {
                var rule = new Row(writer, query, families);
                known.Add((rule.Account, rule.Region, rule.Group));
                rule.WriteNested(query);
            }
        }

        const string Listed = """
            select account, region, group_id, case is_egress when 1 then 'egress' else 'ingress' end, ip_protocol, from_port, to_port,
                   cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_group_id, description
              from security_group_rule_listed order by rowid
            """;
        using (var query = listed && !nested ? context.Query(Listed) : context.Refine(Listed))
        {
            while (query.Step())
            {
                var rule = new Row(writer, query, families);
                if (!known.Contains((rule.Account, rule.Region, rule.Group)))
                {
                    rule.WriteListed(query);
                }
            }
        }
    }

    private static Dictionary<string, string> PrefixListFamilies(FactContext context)
    {
        var families = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var query = context.Refine("select prefix_list_id, cidr from prefix_list_entry"))
        {
            while (query.Step())
            {
                families[query.GetString(0)] = query.GetString(1).Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4";
            }
        }

        using (var query = context.Refine("select prefix_list_id, address_family from prefix_list where address_family is not null"))
        {
            while (query.Step())
            {
                families[query.GetString(0)] = query.GetString(1).Equals("IPv6", StringComparison.OrdinalIgnoreCase) ? "ipv6" : "ipv4";
            }
        }

        return families;
    }

    /// <summary>What all rows of one permission share, and the writing of each.</summary>
    private readonly struct Row
    {
        private readonly FactWriter writer;
        private readonly Dictionary<string, string> families;
        private readonly string direction;
        private readonly string protocol;
        private readonly long fromPort;
        private readonly long toPort;

        internal Row(FactWriter writer, Statement query, Dictionary<string, string> families)
        {
            this.writer = writer;
            this.families = families;
            Account = query.FindString(0) ?? Identity.Unknown;
            Region = query.FindString(1) ?? Identity.Unknown;
            Group = query.GetString(2);
            direction = query.GetString(3);
            protocol = Protocol(query.GetString(4));

            // Without ports of its own a protocol has all of them; ICMP has its type and code in their place, -1 for any.
            var isIcmp = protocol is "icmp" or "icmpv6";
            var hasPorts = protocol is "tcp" or "udp" || isIcmp;
            fromPort = hasPorts ? query.FindInt64(5) ?? (isIcmp ? -1 : 0) : 0;
            toPort = hasPorts ? query.FindInt64(6) ?? (isIcmp ? -1 : 65535) : 65535;
        }

        internal string Account { get; }

        internal string Region { get; }

        internal string Group { get; }

        internal void WriteNested(Statement query)
        {
            foreach (var (source, description) in Items(query.GetUtf8(7), "CidrIp"))
            {
                Write("ipv4", RuleSourceKind.Cidr, source, description);
            }

            foreach (var (source, description) in Items(query.GetUtf8(8), "CidrIpv6"))
            {
                Write("ipv6", RuleSourceKind.Cidr, source, description);
            }

            foreach (var (source, description) in Items(query.GetUtf8(9), "PrefixListId"))
            {
                Write(families.GetValueOrDefault(source, "ipv4"), RuleSourceKind.PrefixList, source, description);
            }

            // A group of EC2-Classic or of a classic balancer may come with a name only.
            foreach (var (source, description) in Items(query.GetUtf8(10), "GroupId", "GroupName"))
            {
                WriteGroup(source, description);
            }
        }

        internal void WriteListed(Statement query)
        {
            var description = query.GetString(11);
            if (query.GetString(7) is { Length: > 0 } v4)
            {
                Write("ipv4", RuleSourceKind.Cidr, v4, description);
            }

            if (query.GetString(8) is { Length: > 0 } v6)
            {
                Write("ipv6", RuleSourceKind.Cidr, v6, description);
            }

            if (query.GetString(9) is { Length: > 0 } list)
            {
                Write(families.GetValueOrDefault(list, "ipv4"), RuleSourceKind.PrefixList, list, description);
            }

            if (query.GetString(10) is { Length: > 0 } group)
            {
                WriteGroup(group, description);
            }
        }

        private void WriteGroup(string group, string description)
        {
            Write("ipv4", RuleSourceKind.Group, group, description);
            Write("ipv6", RuleSourceKind.Group, group, description);
        }

        private void Write(string family, RuleSourceKind kind, string source, string description) =>
            writer.Row(Account, Region).Add(Group).Add(direction).Add(protocol).Add(fromPort).Add(toPort)
                .Add(family).Add(kind.ToText()).Add(source).Add(description).End();

        // Numbers as IANA assigns them; the API gives names for the usual four, numbers for the rest, -1 for all.
        private static string Protocol(string text) => text.ToLowerInvariant() switch
        {
            "-1" or "all" or "" => "all",
            "6" => "tcp",
            "17" => "udp",
            "1" => "icmp",
            "58" => "icmpv6",
            var other => other,
        };

        private static List<(string Source, string Description)> Items(ReadOnlySpan<byte> json, string name, string? otherwise = null)
        {
            var items = new List<(string, string)>();
            if (json.Length <= 2)
            {
                return items;
            }

            using var document = JsonDocument.Parse(json.ToArray());
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if ((Text(item, name) ?? (otherwise is null ? null : Text(item, otherwise))) is { Length: > 0 } source)
                {
                    items.Add((source, Text(item, "Description") ?? ""));
                }
            }

            return items;
        }

        private static string? Text(JsonElement item, string name) =>
            item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
