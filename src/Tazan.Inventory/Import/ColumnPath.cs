using System.Collections.Immutable;
using Tazan.Inventory.Calls;

namespace Tazan.Inventory.Import;

/// <summary>What stands behind a member's name in a path.</summary>
internal enum StepInto
{
    /// <summary>Nothing: the member's value.</summary>
    Value,

    /// <summary><c>[0]</c>: the first item of a list.</summary>
    First,

    /// <summary><c>[]</c>: each item of a list.</summary>
    Each,

    /// <summary><c>{}</c>: each member of a map.</summary>
    Map,
}

/// <summary>Where a path's value comes from.</summary>
internal enum PathOrigin
{
    /// <summary>Members of the item, or of an object around it.</summary>
    Members,

    /// <summary><c>$</c>: the item itself.</summary>
    Self,

    /// <summary><c>$key</c>: the item's name in the map it stands in.</summary>
    Key,

    /// <summary><c>@resource</c></summary>
    Resource,

    /// <summary><c>@account</c></summary>
    Account,

    /// <summary><c>=text</c></summary>
    Constant,
}

/// <summary>One step of a path: a member, and what of it.</summary>
internal readonly record struct PathStep(string Name, StepInto Into);

/// <summary>One alternative of a column's path, parsed; the syntax is told at <see cref="TableMap"/>.</summary>
internal sealed record ColumnPath(PathOrigin Origin, int Up, ImmutableArray<PathStep> Steps, string Constant)
{
    /// <summary>Parses all alternatives of a column's path.</summary>
    internal static ImmutableArray<ColumnPath> ParseAll(string path) =>
        path.StartsWith('=') ? [new(PathOrigin.Constant, 0, [], path[1..])] : [.. path.Split('|').Select(Parse)];

    /// <summary>Parses the path to items: steps of which the last is each item of a list or a map; empty for the answer itself.</summary>
    internal static ImmutableArray<PathStep> ParseSteps(string path) =>
        path.Length == 0 ? [] : [.. path.Split('.').Select(ParseStep)];

    private static ColumnPath Parse(string path)
    {
        switch (path)
        {
            case "$": return new(PathOrigin.Self, 0, [], "");
            case "$key": return new(PathOrigin.Key, 0, [], "");
            case "@resource": return new(PathOrigin.Resource, 0, [], "");
            case "@account": return new(PathOrigin.Account, 0, [], "");
        }

        var up = path.Length - path.TrimStart('^').Length;
        return new(PathOrigin.Members, up, ParseSteps(path[up..]), "");
    }

    private static PathStep ParseStep(string step) => step switch
    {
        _ when step.EndsWith("[0]", StringComparison.Ordinal) => new(step[..^3], StepInto.First),
        _ when step.EndsWith("[]", StringComparison.Ordinal) => new(step[..^2], StepInto.Each),
        _ when step.EndsWith("{}", StringComparison.Ordinal) => new(step[..^2], StepInto.Map),
        { Length: 0 } => throw new FormatException("A path has an empty step."),
        _ => new(step, StepInto.Value),
    };
}
