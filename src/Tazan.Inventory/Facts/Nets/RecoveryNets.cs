using System.Text;
using System.Text.Json;
using Tazan.Inventory.Facts.Boot;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>
/// Whether the provider moves an instance off a dead host by itself. It does unless told not to, except for bare metal,
/// instance-store disks, Dedicated Hosts and members of Auto Scaling groups; so only the exceptions get a row.
/// </summary>
/// <remarks>Source: EC2 User Guide, "Automatic instance recovery". Members of a group are left out: the group replaces them.</remarks>
internal static class RecoveryNets
{
    private const string Apart = "i.state IS NOT 'terminated' AND NOT EXISTS (SELECT 1 FROM auto_scaling_instance a WHERE a.instance_id = i.instance_id)";
    private const string Service = "coalesce((SELECT m.service FROM service_member m WHERE m.instance_id = i.instance_id), '')";

    internal static void Derive(FactContext context, NetWriter writer, Alarms alarms)
    {
        var recovered = JsonTexts.Array(alarms.Recovered.Keys);

        // Whole classes of instances can be of such types, so SQLite copies them by itself.
        context.Refine($"SELECT i.account, i.region, i.instance_id, i.instance_type, i.auto_recovery, i.tenancy, {Service} FROM instance i WHERE {Apart}").Dispose();
        context.Database.Execute("CREATE TEMP TABLE obstacle (name PRIMARY KEY, text) WITHOUT ROWID");
        try
        {
            context.Database.Prepare("INSERT INTO temp.obstacle SELECT key, value FROM json_each(?1)").RunOnce(Obstacles(TypeBook.Load(context)));
            context.Database.Prepare($"""
                INSERT INTO safety_net
                SELECT i.account, i.region, 'auto-recovery', 'instance', i.instance_id, {Service}, 0, coalesce(nullif(i.auto_recovery, ''), 'default'),
                       'recovery after a failed system check',
                       'When its host fails nothing moves it: ' || CASE WHEN i.auto_recovery = 'disabled' THEN 'its maintenance option auto-recovery is disabled'
                         WHEN i.tenancy = 'host' THEN 'it is on a Dedicated Host' ELSE o.text END || ', and no alarm recovers it.'
                  FROM instance i LEFT JOIN temp.obstacle o ON o.name = i.instance_type
                 WHERE (o.text IS NOT NULL OR i.auto_recovery = 'disabled' OR i.tenancy = 'host') AND {Apart}
                   AND i.instance_id NOT IN (SELECT value FROM json_each(?1))
                """).RunOnce(recovered);
        }
        finally
        {
            context.Database.Execute("DROP TABLE temp.obstacle");
        }

        using var rows = context.Refine($"SELECT i.account, i.region, i.instance_id, {Service} FROM instance i WHERE i.instance_id IN (SELECT value FROM json_each(?1)) AND {Apart}");
        rows.Bind(1, recovered);
        while (rows.Step())
        {
            var id = rows.GetString(2);
            var alarm = alarms.Recovered[id];
            writer.Write(rows.GetString(0), rows.GetString(1), "auto-recovery", "instance", id, rows.GetString(3), present: true, "alarm " + alarm, "recovery after a failed system check",
                $"Alarm {alarm} recovers it when StatusCheckFailed_System fails.");
        }
    }

    // What stands against recovery, by type: a JSON object.
    private static string Obstacles(TypeBook types)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var type in types.All)
            {
                var text = type.Hypervisor == "metal" ? $"{type.Name} is bare metal"
                    : type.InstanceStore == true ? $"{type.Name} has instance-store disks"
                    : type.AutoRecovery == false ? $"{type.Name} does not support recovery"
                    : "";
                if (text.Length > 0)
                {
                    json.WriteString(type.Name, text);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void RunOnce(this Inventory.Sqlite.Statement statement, string parameter)
    {
        using (statement)
        {
            statement.Bind(1, parameter).Run();
        }
    }
}
