using System.Globalization;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What an Auto Scaling group's own settings catch.</summary>
internal static class GroupNets
{
    internal static void Derive(FactContext context, NetWriter writer)
    {
        var services = new Dictionary<(string, string, string), string>();
        using (var named = context.Query("SELECT account, region, auto_scaling_group_name, service FROM service WHERE auto_scaling_group_name <> '' ORDER BY service"))
        {
            while (named.Step())
            {
                services.TryAdd((named.GetString(0), named.GetString(1), named.GetString(2)), named.GetString(3));
            }
        }

        using var rows = context.Refine("""
            SELECT account, region, auto_scaling_group_name, min_size, desired_capacity, availability_zones, health_check_type,
                   target_group_arns, load_balancer_names, min_healthy_percentage, max_healthy_percentage FROM auto_scaling_group ORDER BY auto_scaling_group_name, account, region
            """);
        while (rows.Step())
        {
            var (account, region, name) = (rows.GetString(0), rows.GetString(1), rows.GetString(2));
            var service = services.GetValueOrDefault((account, region, name), "");
            var (least, desired, zones) = (rows.GetInt64(3), rows.GetInt64(4), JsonTexts.ReadArray(rows.GetUtf8(5)).Count);

            // The group spreads evenly, so the fullest zone holds the share rounded up; what is left must be something.
            var left = zones == 0 ? 0 : least - (least + zones - 1) / zones;
            writer.Write(account, region, "minimum-size", "auto_scaling_group", name, service, zones >= 2 && left >= 1,
                string.Create(CultureInfo.InvariantCulture, $"minimum {least}, desired {desired}, {zones} zones"), "at least 2 in at least 2 zones",
                string.Create(CultureInfo.InvariantCulture, $"With its minimum of {least} in {zones} zones, {Math.Max(0, left)} are left when the fullest zone is lost."));

            var balancers = JsonTexts.ReadArray(rows.GetUtf8(7)).Count + JsonTexts.ReadArray(rows.GetUtf8(8)).Count;
            var check = rows.GetString(6);
            if (balancers > 0 && check.Length > 0)
            {
                var listens = check.Contains("ELB", StringComparison.Ordinal);
                writer.Write(account, region, "health-check-type", "auto_scaling_group", name, service, listens, check, "ELB",
                    listens ? "It replaces what its load balancer finds unhealthy."
                        : "It is behind a load balancer but looks at the EC2 status alone: an instance that runs without answering is never replaced.");
            }

            var (healthy, most) = (rows.FindInt64(9), rows.FindInt64(10));
            var hasPolicy = healthy is >= 0;
            writer.Write(account, region, "instance-maintenance-policy", "auto_scaling_group", name, service, hasPolicy,
                hasPolicy ? string.Create(CultureInfo.InvariantCulture, $"{healthy} to {most} % healthy") : "none", "a minimum healthy percentage",
                hasPolicy ? "Replacements keep to it." : "Without one a replacement may end an instance before its successor is in service.");
        }
    }
}
