using Tazan.Inventory;

namespace Tazan.Cli.Commands;

/// <summary>The tags of one resource, for mutes that name tags.</summary>
internal static class ResourceTags
{
    internal static IEnumerable<KeyValuePair<string, string>> Of(Snapshot fleet, Resource resource)
    {
        using var rows = fleet.Database.Prepare("select key, value from tag where resource_type = ?1 and resource_id = ?2 and account = ?3 and region = ?4");
        rows.Bind(1, resource.Type).Bind(2, resource.Id).Bind(3, resource.Account).Bind(4, resource.Region);
        var tags = new List<KeyValuePair<string, string>>();
        while (rows.Step())
        {
            tags.Add(new(rows.GetString(0), rows.GetString(1)));
        }

        return tags;
    }
}
