namespace Tazan.Fleets;

/// <summary>S3 buckets: where they are, and what they hold.</summary>
internal static class Buckets
{
    public static void Save(World world)
    {
        foreach (var account in world.Spec.Accounts)
        {
            var mine = world.Spec.Buckets.Where(b => b.Account == account).ToArray();
            world.One(account.Id, World.Global, "s3api-list-buckets", new Json
            {
                { "Buckets", mine.Select(b => new Json { { "Name", b.Name }, { "CreationDate", world.Now - TimeSpan.FromDays(900) } }).ToArray() },
                { "Owner", new Json { { "DisplayName", account.Name }, { "ID", world.Ids.Hex("owner", 16) + world.Ids.Hex("owner", 16) + world.Ids.Hex("owner", 16) + world.Ids.Hex("owner", 16) } } },
            });
            foreach (var bucket in mine)
            {
                // Null stands for us-east-1, since long before buckets had regions.
                world.One(account.Id, World.Global, "s3api-get-bucket-location", new Json { { "LocationConstraint", bucket.Region == "us-east-1" ? Json.Nothing : bucket.Region } }, bucket.Name);
                world.One(account.Id, World.Global, "s3api-get-bucket-versioning", new Json { { "Status", "Enabled" } }, bucket.Name);
            }
        }
    }
}
