using System.Globalization;
using Tazan.Inventory.Facts.Boot;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What an account as a whole has: somebody whom the provider reaches, alarms that call somebody, restores that are tried.</summary>
internal static class AccountNets
{
    private static readonly string[] ContactTypes = ["OPERATIONS", "SECURITY", "BILLING"];

    internal static void Derive(FactContext context, NetWriter writer, ReadCalls calls)
    {
        DeriveContacts(context, writer, calls);
        DeriveAlarmActions(context, writer);
        DeriveRestoreTesting(context, writer, calls);
    }

    // Only where contacts were asked for: a missing answer is then a missing contact.
    private static void DeriveContacts(FactContext context, NetWriter writer, ReadCalls calls)
    {
        var found = new HashSet<(string Account, string Type)>();
        var accounts = new SortedSet<string>(calls.Where("GetAlternateContact").Select(static place => place.Account), StringComparer.Ordinal);
        using (var rows = context.Refine("SELECT account, alternate_contact_type FROM alternate_contact"))
        {
            while (rows.Step())
            {
                accounts.Add(rows.GetString(0));
                found.Add((rows.GetString(0), rows.GetString(1).ToUpperInvariant()));
            }
        }

        foreach (var account in accounts)
        {
            foreach (var type in ContactTypes)
            {
                var present = found.Contains((account, type));
                writer.Write(account, Identity.Global, "alternate-contact", "account", $"{account}/{type.ToLowerInvariant()}", "", present, present ? "set" : "none", $"a {type.ToLowerInvariant()} contact",
                    present ? "The provider's mail of that kind reaches it." : "The provider's mail of that kind goes to the account's own address alone.");
            }
        }
    }

    private static void DeriveAlarmActions(FactContext context, NetWriter writer)
    {
        // An alarm that a composite alarm is made of calls nobody by itself, on purpose.
        var composites = new List<string>();
        using (var rules = context.Refine("SELECT alarm_rule FROM composite_alarm WHERE alarm_rule <> ''"))
        {
            while (rules.Step())
            {
                composites.Add(rules.GetString(0));
            }
        }

        using var rows = context.Refine("""
            SELECT account, region, alarm_name, actions_enabled, metric_name FROM alarm
             WHERE actions_enabled = 0 OR alarm_actions IS NULL OR alarm_actions = '[]' ORDER BY alarm_name, account, region
            """);
        while (rows.Step())
        {
            var name = rows.GetString(2);
            if (!composites.Exists(rule => rule.Contains(name, StringComparison.Ordinal)))
            {
                var isOff = rows.FindInt64(3) == 0;
                writer.Write(rows.GetString(0), rows.GetString(1), "alarm-actions", "alarm", name, "", present: false, isOff ? "actions disabled" : "no action", "an action that reaches somebody",
                    $"The alarm on {rows.GetString(4)} changes its state and tells nobody.");
            }
        }
    }

    private static void DeriveRestoreTesting(FactContext context, NetWriter writer, ReadCalls calls)
    {
        var plans = new SortedDictionary<(string Account, string Region), long>();
        foreach (var place in calls.Where("ListRestoreTestingPlans"))
        {
            plans[place] = 0;
        }

        using (var rows = context.Refine("SELECT account, region, count(*) FROM restore_testing_plan GROUP BY account, region"))
        {
            while (rows.Step())
            {
                plans[(rows.GetString(0), rows.GetString(1))] = rows.GetInt64(2);
            }
        }

        foreach (var ((account, region), count) in plans)
        {
            writer.Write(account, region, "restore-testing", "account", account, "", count > 0, string.Create(CultureInfo.InvariantCulture, $"{count} plans"), "a restore-testing plan",
                count > 0 ? "Copies are restored on a schedule." : "No plan restores copies to see that they are copies.");
        }
    }
}
