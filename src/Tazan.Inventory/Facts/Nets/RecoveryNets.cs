using Tazan.Inventory.Facts.Boot;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>
/// Whether the provider moves an instance off a dead host by itself. It does unless told not to, except for bare metal,
/// instance-store disks, Dedicated Hosts and members of Auto Scaling groups; so only the exceptions get a row.
/// </summary>
/// <remarks>Source: EC2 User Guide, "Automatic instance recovery". Members of a group are left out: the group replaces them.</remarks>
internal static class RecoveryNets
{
    internal static void Derive(FactContext context, NetWriter writer, Alarms alarms)
    {
        var types = TypeBook.Load(context);
        var unsupported = JsonTexts.Array(types.Names.Where(name => types.Find("", name) is { } type && Obstacle(type).Length > 0));
        var recovered = JsonTexts.Array(alarms.Recovered.Keys);
        using var rows = context.Refine("""
            SELECT i.account, i.region, i.instance_id, i.instance_type, i.auto_recovery, i.tenancy,
                   (SELECT m.service FROM service_member m WHERE m.instance_id = i.instance_id) FROM instance i
             WHERE (i.instance_type IN (SELECT value FROM json_each(?1)) OR i.auto_recovery = 'disabled' OR i.tenancy = 'host'
                    OR i.instance_id IN (SELECT value FROM json_each(?2)))
               AND i.state IS NOT 'terminated'
               AND NOT EXISTS (SELECT 1 FROM auto_scaling_instance a WHERE a.instance_id = i.instance_id)
            """);
        rows.Bind(1, unsupported).Bind(2, recovered);
        while (rows.Step())
        {
            var (id, type, service) = (rows.GetString(2), rows.GetString(3), rows.GetString(6));
            if (alarms.Recovered.TryGetValue(id, out var alarm))
            {
                writer.Write(rows.GetString(0), rows.GetString(1), "auto-recovery", "instance", id, service, present: true, "alarm " + alarm, "recovery after a failed system check",
                    $"Alarm {alarm} recovers it when StatusCheckFailed_System fails.");
                continue;
            }

            var obstacle = rows.GetString(4) == "disabled" ? "its maintenance option auto-recovery is disabled"
                : rows.GetString(5) == "host" ? "it is on a Dedicated Host"
                : types.Find(rows.GetString(1), type) is { } traits ? Obstacle(traits) : "";
            if (obstacle.Length > 0)
            {
                writer.Write(rows.GetString(0), rows.GetString(1), "auto-recovery", "instance", id, service, present: false, rows.GetString(4) is { Length: > 0 } set ? set : "default",
                    "recovery after a failed system check", $"When its host fails nothing moves it: {obstacle}, and no alarm recovers it.");
            }
        }
    }

    private static string Obstacle(TypeTraits type) =>
        type.Hypervisor == "metal" ? $"{type.Name} is bare metal"
        : type.InstanceStore == true ? $"{type.Name} has instance-store disks"
        : type.AutoRecovery == false ? $"{type.Name} does not support recovery"
        : "";
}
