using System.Collections.Immutable;
using Tazan.Inventory.Facts.Boot;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>The things that should catch a fall, and whether they are there.</summary>
/// <remarks>
/// Rows stand for services, groups, balancers, databases and accounts. Of instances, alarms and volumes only those are
/// listed where a net is missing or was hung on purpose: a hundred thousand of them must not become millions of rows.
/// Only the services are required; a lesson about one net should also read the table that the net is judged from, so
/// that not having read it makes the answer unknown.
/// </remarks>
public sealed class SafetyNetFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["safety_net"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var calls = ReadCalls.Load(context);
        var alarms = Alarms.Load(context);
        using var writer = new NetWriter(context);
        GroupNets.Derive(context, writer);
        ServiceNets.Derive(context, writer, alarms, calls);
        RecoveryNets.Derive(context, writer, alarms);
        BalancerNets.Derive(context, writer);
        DatabaseNets.Derive(context, writer);
        AccountNets.Derive(context, writer, calls);
        BurstNets.Derive(context, writer, alarms);
    }
}
