namespace Tazan.Inventory.Facts.Restore;

/// <summary>Where a volume is attached.</summary>
internal sealed record Attachment(string InstanceId, string InstanceType, string Service, bool IsRoot);

/// <summary>Which volume is attached to which instance, as the volumes list it, else as the instances do.</summary>
internal sealed class Attachments
{
    private readonly Dictionary<string, Attachment> byVolume = new(StringComparer.Ordinal);

    internal static Attachments Load(FactContext context)
    {
        var loaded = new Attachments();
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        var instances = new Dictionary<string, (string Type, string Root)>(StringComparer.Ordinal);

        // Nothing is to be found without volumes, and a fleet of instances alone is then not read at all.
        var hasVolumes = context.Database.Count("SELECT EXISTS (SELECT 1 FROM volume)") == 1;
        using (var rows = context.Refine("SELECT instance_id, service FROM service_member"))
        {
            while (hasVolumes && rows.Step())
            {
                services[rows.GetString(0)] = rows.GetString(1);
            }
        }

        using (var rows = context.Refine("SELECT instance_id, instance_type, root_device_name FROM instance"))
        {
            while (hasVolumes && rows.Step())
            {
                instances[rows.GetString(0)] = (rows.GetString(1), rows.GetString(2));
            }
        }

        using var attachments = context.Refine("""
            SELECT volume_id, instance_id, device FROM volume_attachment WHERE state IS NULL OR state IN ('attached', 'attaching', 'busy')
            UNION ALL SELECT volume_id, instance_id, device_name FROM block_device WHERE volume_id IS NOT NULL
            """);
        while (hasVolumes && attachments.Step())
        {
            var (volume, instance, device) = (attachments.GetString(0), attachments.GetString(1), attachments.GetString(2));
            var (type, root) = instances.GetValueOrDefault(instance, ("", ""));
            loaded.byVolume.TryAdd(volume, new Attachment(instance, type, services.GetValueOrDefault(instance, ""), root.Length > 0 && root == device));
        }

        return loaded;
    }

    internal Attachment? Find(string volume) => byVolume.GetValueOrDefault(volume);
}
