using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>Derives one or more fact tables from the tables before them.</summary>
/// <remarks>An implementation keeps no state between derivations, reads no clock and draws no chance: same snapshot, same rows, same order.</remarks>
public interface IFact
{
    /// <summary>The fact tables it fills.</summary>
    ImmutableArray<string> Tables { get; }

    /// <summary>Reads what it needs through <paramref name="context"/> and writes its rows.</summary>
    void Derive(FactContext context);
}
