using System.Collections.Immutable;

namespace Tazan;

/// <summary>How a resource differs between two snapshots.</summary>
public enum ChangeKind
{
    /// <summary>Only the newer snapshot has it.</summary>
    Appeared,

    /// <summary>Only the older snapshot has it.</summary>
    Went,

    /// <summary>Both have it, with different values.</summary>
    Changed,
}

/// <summary>One resource that differs between two snapshots.</summary>
/// <remarks>Immutable. Equality is not meaningful: <see cref="Columns"/> is a list.</remarks>
public sealed record FleetChange
{
    /// <summary>Appeared, went or changed.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What differs.</summary>
    public required Resource Resource { get; init; }

    /// <summary>The service the resource does its job for (in the newer snapshot where it is in both); empty where it belongs to none.</summary>
    public string Service { get; init; } = "";

    /// <summary>The columns that differ, in the table's order; for what appeared or went, those worth showing.</summary>
    public ImmutableArray<ColumnChange> Columns { get; init; } = [];

    /// <summary>Stable for the same change: kind, account, region, type and id.</summary>
    public string Key => $"diff-{Kind.ToText()}/{Resource.Account}/{Resource.Region}/{Resource.Type}/{Resource.Id}";
}

/// <summary>One column's two values.</summary>
/// <param name="Column">The snapshot's column name, such as <c>instance_type</c>.</param>
/// <param name="Before">The older value as text; null for SQL null or no row.</param>
/// <param name="After">The newer value as text; null for SQL null or no row.</param>
public readonly record struct ColumnChange(string Column, string? Before, string? After);

/// <summary>Text forms of <see cref="ChangeKind"/>, as in every output format.</summary>
public static class ChangeKinds
{
    /// <summary><c>appeared</c>, <c>went</c> or <c>changed</c>.</summary>
    public static string ToText(this ChangeKind kind) => kind switch
    {
        ChangeKind.Appeared => "appeared",
        ChangeKind.Went => "went",
        _ => "changed",
    };
}
