namespace Tazan.Inventory.Facts.Services;

/// <summary>Gives services names that are unique in the snapshot: their own where no other has it, else with what tells them apart.</summary>
internal static class ServiceNames
{
    internal static void Assign(IReadOnlyList<GatheredService> services)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in services.GroupBy(static service => service.BaseName, StringComparer.Ordinal))
        {
            var same = group.ToList();
            var environments = same.Select(static s => s.Environment).Distinct(StringComparer.Ordinal).Count() > 1;
            var regions = same.Select(static s => s.Region).Distinct(StringComparer.Ordinal).Count() > 1;
            var accounts = same.Select(static s => s.Account).Distinct(StringComparer.Ordinal).Count() > 1;
            foreach (var service in same)
            {
                var parts = new List<string> { service.BaseName };
                AddIf(environments && service.Environment.Length > 0, service.Environment);
                AddIf(regions, service.Region);
                AddIf(accounts, service.Account);

                // "web-prod" may be the very name of another service; a number then keeps them apart.
                var name = string.Join('-', parts);
                for (var n = 2; !taken.Add(name); n++)
                {
                    name = string.Join('-', [.. parts, n.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                }

                service.Name = name;

                void AddIf(bool condition, string part)
                {
                    if (condition)
                    {
                        parts.Add(part);
                    }
                }
            }
        }
    }
}
