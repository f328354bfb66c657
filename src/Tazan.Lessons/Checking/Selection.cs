using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Which exposures a check was asked for, and whose they are.</summary>
internal sealed class Selection(Database database, CheckOptions options)
{
    private readonly Dictionary<string, Owners> owners = new(StringComparer.Ordinal);

    /// <summary>Keeps those asked for, in their order.</summary>
    /// <returns>What is kept, and how many were left out.</returns>
    public (ImmutableArray<Exposure> Kept, int Left) Keep(List<Exposure> exposures)
    {
        var kept = ImmutableArray.CreateBuilder<Exposure>(exposures.Count);
        foreach (var exposure in exposures)
        {
            if (Wants(exposure))
            {
                kept.Add(options.Client.Length == 0 ? exposure : exposure with { Client = ClientOf(exposure) });
            }
        }

        var all = kept.Count == exposures.Count;
        return (kept.ToImmutable(), all ? 0 : exposures.Count - kept.Count);
    }

    private bool Wants(Exposure exposure)
    {
        if (exposure.Severity < options.Floor)
        {
            return false;
        }

        if (!options.Services.IsEmpty && !options.Services.Contains(exposure.Service) && !(exposure.Resource.Type == "service" && options.Services.Contains(exposure.Resource.Id)))
        {
            return false;
        }

        foreach (var (key, value) in options.Tags)
        {
            if (Owner(key).Find(exposure.Resource, exposure.Service) is not { } values || (value.Length > 0 && !values.Contains(value)))
            {
                return false;
            }
        }

        return true;
    }

    private string ClientOf(Exposure exposure) => options.Client == "account"
        ? exposure.Resource.Account
        : string.Join(",", Owner(options.Client).Find(exposure.Resource, exposure.Service) ?? []);

    private Owners Owner(string key)
    {
        if (!owners.TryGetValue(key, out var found))
        {
            owners[key] = found = new Owners(database, key);
        }

        return found;
    }
}
