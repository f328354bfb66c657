using System.Collections.Immutable;
using Tazan.Cli.Output;
using Tazan.Inventory;

namespace Tazan.Cli.Commands;

/// <summary>The clients of a fleet: each value of a tag, or each account.</summary>
internal static class Clients
{
    internal static IEnumerable<Client> Of(Snapshot fleet, string key)
    {
        using var rows = key == "account"
            ? fleet.Database.Prepare("select account, account, count(*) from instance where account is not null group by 1 order by 1")
            : fleet.Database.Prepare("select value, account, count(*) from tag where key = ?1 group by 1, 2 order by 1, 2");
        if (key != "account")
        {
            rows.Bind(1, key);
        }

        var found = new List<(string Name, string Account, long Count)>();
        while (rows.Step())
        {
            found.Add((rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        }

        // An account in which no other client has anything is the client's own.
        var shared = found.GroupBy(static f => f.Account).Where(static g => g.Select(static f => f.Name).Distinct().Count() > 1).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        return found.GroupBy(static f => f.Name).Select(group => new Client
        {
            Name = group.Key,
            Resources = group.Sum(static f => f.Count),
            Accounts = group.Any(f => shared.Contains(f.Account)) ? [] : [.. group.Select(static f => f.Account)],
        });
    }
}
