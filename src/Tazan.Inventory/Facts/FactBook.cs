using System.Collections.Immutable;
using Tazan.Inventory.Facts.Boot;
using Tazan.Inventory.Facts.Events;
using Tazan.Inventory.Facts.Metrics;
using Tazan.Inventory.Facts.Nets;
using Tazan.Inventory.Facts.Network;
using Tazan.Inventory.Facts.Restore;
using Tazan.Inventory.Facts.Runaway;
using Tazan.Inventory.Facts.Services;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>All facts, in the order they build on each other, and their derivation.</summary>
public static class FactBook
{
    /// <summary>Derived in this order; a fact may read the tables of those before it.</summary>
    public static ImmutableArray<IFact> Facts { get; } =
    [
        new MetricFact(),
        new SecurityGroupRuleFact(),
        new ServiceFact(),
        new ServiceDependencyFact(),
        new GroupSetFact(),
        new GroupSetTrackingFact(),
        new AutomaticTrackingFact(),
        new ConnectionLimitFact(),
        new ReachabilityFact(),
        new BootabilityFact(),
        new ProviderEventFact(),
        new RestorabilityFact(),
        new LoopFact(),
        new CrossRegionScanFact(),
        new CreditFact(),
        new BurstFact(),
        new SafetyNetFact(),
    ];

    /// <summary>Derives every fact from the tables of a snapshot that is being made.</summary>
    /// <param name="database">Open for writing; its fact tables are empty.</param>
    /// <param name="now">The moment facts are judged at, UTC.</param>
    /// <param name="settings">What the user declares.</param>
    /// <param name="progress">Told each fact's first table before it is derived; null when nobody listens.</param>
    /// <param name="cancellation">Looked at between facts.</param>
    public static void DeriveAll(Database database, DateTimeOffset now, FleetSettings settings, Action<string>? progress, CancellationToken cancellation)
    {
        var context = new FactContext(database, now, settings);
        foreach (var fact in Facts)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(fact.Tables[0]);
            context.Begin(fact);
            fact.Derive(context);

            // Indexed at once: the facts after this one join to it.
            SnapshotSchema.Finish(database, fact.Tables.Select(SnapshotSchema.Get));
        }

        using var insert = database.Prepare("INSERT INTO fact_source VALUES (?1, ?2, ?3)");
        foreach (var ((fact, table), required) in context.Reads.OrderBy(static r => r.Key.Fact, StringComparer.Ordinal).ThenBy(static r => r.Key.Table, StringComparer.Ordinal))
        {
            insert.Bind(1, fact).Bind(2, table).Bind(3, required ? 1 : 0).Run();
        }
    }
}
