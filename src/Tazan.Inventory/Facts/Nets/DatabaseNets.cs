using System.Globalization;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What catches the fall of a managed database, and of instances somebody could delete by mistake.</summary>
internal static class DatabaseNets
{
    internal static void Derive(FactContext context, NetWriter writer)
    {
        var clusters = new Dictionary<(string, string, string), (int Members, long? Retention)>();
        using (var rows = context.Refine("SELECT account, region, db_cluster_identifier, members, backup_retention_period FROM db_cluster"))
        {
            while (rows.Step())
            {
                clusters[(rows.GetString(0), rows.GetString(1), rows.GetString(2))] = (JsonTexts.ReadArray(rows.GetUtf8(3)).Count, rows.FindInt64(4));
            }
        }

        using (var rows = context.Refine("""
            SELECT account, region, db_instance_identifier, multi_az, backup_retention_period, db_cluster_identifier, read_replica_source,
                   deletion_protection, secondary_availability_zone FROM db_instance ORDER BY db_instance_identifier, account, region
            """))
        {
            while (rows.Step())
            {
                var (account, region, id) = (rows.GetString(0), rows.GetString(1), rows.GetString(2));
                var cluster = clusters.GetValueOrDefault((account, region, rows.GetString(5)));

                // A replica is nobody's primary: it is the copy.
                if (rows.GetString(6).Length == 0)
                {
                    var hasStandby = rows.GetInt64(3) == 1 || cluster.Members >= 2;
                    writer.Write(account, region, "database-standby", "db_instance", id, "", hasStandby,
                        cluster.Members > 0 ? string.Create(CultureInfo.InvariantCulture, $"cluster of {cluster.Members}") : hasStandby ? "Multi-AZ " + rows.GetString(8) : "single",
                        "a standby in another zone", hasStandby ? "Another member takes over." : "Its zone is its only one: a fail-over is a restore.");
                    var retention = cluster.Retention ?? rows.FindInt64(4);
                    if (retention is { } days)
                    {
                        writer.Write(account, region, "database-backup", "db_instance", id, "", days > 0, string.Create(CultureInfo.InvariantCulture, $"{days} days"), "at least 1 day",
                            days > 0 ? "Automated backups allow a restore to a point in time." : "Automated backups are off.");
                    }
                }

                if (rows.FindInt64(7) is { } isProtected)
                {
                    writer.Write(account, region, "deletion-protection", "db_instance", id, "", isProtected == 1, isProtected == 1 ? "on" : "off", "on",
                        isProtected == 1 ? "A delete is refused." : "One call deletes it.");
                }
            }
        }

        // Asked one by one, so only a few instances have it; of those all are listed.
        using var attributes = context.Refine("""
            SELECT a.account, a.region, a.instance_id, a.disable_api_termination, (SELECT m.service FROM service_member m WHERE m.instance_id = a.instance_id)
              FROM instance_attribute a WHERE a.disable_api_termination IS NOT NULL ORDER BY a.instance_id
            """);
        while (attributes.Step())
        {
            var isOn = attributes.GetInt64(3) == 1;
            writer.Write(attributes.GetString(0), attributes.GetString(1), "deletion-protection", "instance", attributes.GetString(2), attributes.GetString(4), isOn, isOn ? "on" : "off", "on",
                isOn ? "A termination by API is refused." : "One call terminates it.");
        }
    }
}
