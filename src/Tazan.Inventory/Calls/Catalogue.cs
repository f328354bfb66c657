using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Tazan.Inventory.Calls;

/// <summary>All the calls Tazan reads. Immutable, thread-safe.</summary>
public static class Catalogue
{
    /// <summary>All calls, by service in the order of the files that declare them.</summary>
    public static ImmutableArray<Call> Calls { get; } =
    [
        .. Ec2Instances.Calls, .. Ec2Storage.Calls, .. Ec2Network.Calls, .. LoadBalancing.Calls, .. Scaling.Calls,
        .. Monitoring.Calls, .. DataServices.Calls, .. AccountAndRecovery.Calls,
    ];

    private static readonly FrozenDictionary<string, ImmutableArray<Call>> ByTable = Calls
        .SelectMany(static call => call.Fills, static (call, fill) => (call, fill.Table))
        .GroupBy(static pair => pair.Table, static pair => pair.call, StringComparer.Ordinal)
        .ToFrozenDictionary(static group => group.Key, static group => group.Distinct().ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The calls that fill a table, the one that declares it first among them; empty for a fact.</summary>
    public static ImmutableArray<Call> Filling(string table) => ByTable.TryGetValue(table, out var calls) ? calls : [];

    /// <summary>The call of that name, or null.</summary>
    public static Call? Find(string service, string operation)
    {
        foreach (var call in Calls)
        {
            if (call.Service == service && call.Operation == operation)
            {
                return call;
            }
        }

        return null;
    }
}
