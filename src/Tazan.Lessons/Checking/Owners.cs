using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>The value of one tag key for every resource that has it: its own, or that of what it belongs to.</summary>
/// <remarks>A service has the values of its members, and a volume without the tag those of the instances it is attached to.</remarks>
internal sealed class Owners
{
    private readonly Dictionary<(string Type, string Id), SortedSet<string>> values = [];

    public Owners(Database database, string key)
    {
        Add(database, "select resource_type, resource_id, value from tag where key = ?1", key);
        Add(database, "select 'service', m.service, json_extract(i.tags, ?2) from service_member m join instance i on i.instance_id = m.instance_id", key);
        var own = values.Keys.Where(static k => k.Type == "volume").Select(static k => k.Id).ToHashSet(StringComparer.Ordinal);
        using var attached = database.Prepare("select d.volume_id, json_extract(i.tags, ?1) from block_device d join instance i on i.instance_id = d.instance_id where d.volume_id is not null");
        attached.Bind(1, JsonPath(key));
        while (attached.Step())
        {
            if (attached.FindString(1) is { } value && !own.Contains(attached.GetString(0)))
            {
                Add(("volume", attached.GetString(0)), value);
            }
        }
    }

    /// <summary>Its values in ordinal order; null where it has none.</summary>
    public SortedSet<string>? Find(Resource resource, string service) =>
        values.GetValueOrDefault((resource.Type, resource.Id)) ?? (service.Length > 0 ? values.GetValueOrDefault(("service", service)) : null);

    private void Add(Database database, string sql, string key)
    {
        using var rows = database.Prepare(sql);
        rows.Bind(1, key);
        if (sql.Contains("?2", StringComparison.Ordinal))
        {
            rows.Bind(2, JsonPath(key));
        }

        while (rows.Step())
        {
            if (rows.FindString(2) is { } value)
            {
                Add((rows.GetString(0), rows.GetString(1)), value);
            }
        }
    }

    private void Add((string Type, string Id) resource, string value)
    {
        if (!values.TryGetValue(resource, out var all))
        {
            values[resource] = all = new SortedSet<string>(StringComparer.Ordinal);
        }

        all.Add(value);
    }

    private static string JsonPath(string key) => "$.\"" + key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
