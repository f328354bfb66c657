using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Tazan.Inventory.Schema;

/// <summary>One table of the snapshot.</summary>
/// <param name="Name">Singular, snake case.</param>
/// <param name="Meaning">What one row is, in one sentence.</param>
/// <param name="Columns">Its own columns, without <c>account</c>, <c>region</c> and <c>source</c>.</param>
/// <param name="Key">The columns that, with account and region, name a row.</param>
/// <param name="IsFact">Whether C# derives it from the others.</param>
public sealed record Table(string Name, string Meaning, ImmutableArray<Column> Columns, ImmutableArray<string> Key, bool IsFact)
{
    /// <summary>The statement that creates it. Indexes come after the rows: see <see cref="IndexSql"/>.</summary>
    public string CreateSql
    {
        get
        {
            var own = string.Join(", ", Columns.Select(static c => $"{c.Name} {c.SqlType}"));
            return IsFact
                ? $"CREATE TABLE {Name} (account TEXT NOT NULL, region TEXT NOT NULL, {own})"
                : $"CREATE TABLE {Name} (account TEXT, region TEXT, {own}, source INTEGER NOT NULL)";
        }
    }

    /// <summary>
    /// Whether its key gets an index. A table with a short row for each of a million resources, which nobody looks up by
    /// its key, is read from end to end in less time than its index takes to make.
    /// </summary>
    public bool IsIndexed { get; init; } = true;

    // Ids that name one resource in the whole world. An index that begins with one tells nothing more by repeating the
    // account and region in each entry, and without them it is made in two thirds of the time.
    private static readonly FrozenSet<string> WorldWide =
        new[] { "instance_id", "network_interface_id", "volume_id", "subject_id" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The columns of <see cref="IndexSql"/>: the key, with account and region where the key alone may stand for several rows.</summary>
    public ImmutableArray<string> IndexColumns => Key.Length > 0 && WorldWide.Contains(Key[0]) ? Key : [.. Key, "account", "region"];

    /// <summary>The index over the key, made once all rows are in.</summary>
    public string IndexSql => $"CREATE INDEX {Name}_key ON {Name} ({string.Join(", ", IndexColumns)})";
}
