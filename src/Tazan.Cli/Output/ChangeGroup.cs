using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>The same kind of change to the same columns of the same type within one service: one line of a diff.</summary>
internal sealed record ChangeGroup(string Service, ChangeKind Kind, string Type, ImmutableArray<FleetChange> Changes)
{
    /// <summary>Groups: services by name with "none" last, then appeared, went, changed, then the largest, then by type and columns.</summary>
    public static ImmutableArray<ChangeGroup> Of(IEnumerable<FleetChange> changes) =>
        [.. changes.GroupBy(static c => (c.Service, c.Kind, c.Resource.Type, Columns: c.Kind == ChangeKind.Changed ? string.Join('\0', c.Columns.Select(static p => p.Column)) : ""))
            .OrderBy(static g => g.Key.Service.Length == 0).ThenBy(static g => g.Key.Service, StringComparer.Ordinal)
            .ThenBy(static g => g.Key.Kind).ThenByDescending(static g => g.Count())
            .ThenBy(static g => g.Key.Type, StringComparer.Ordinal).ThenBy(static g => g.Key.Columns, StringComparer.Ordinal)
            .Select(static g => new ChangeGroup(g.Key.Service, g.Key.Kind, g.Key.Type, [.. g]))];

    /// <summary>What changed, such as <c>instance_type m1.large → m3.large, state (12 different)</c>; empty for what appeared or went.</summary>
    public string What
    {
        get
        {
            if (Kind != ChangeKind.Changed)
            {
                return "";
            }

            var parts = new List<string>();
            for (var i = 0; i < Changes[0].Columns.Length; i++)
            {
                var at = i;
                var kinds = Changes.Select(c => (c.Columns[at].Before, c.Columns[at].After)).Distinct().ToList();
                parts.Add(PlainText.Clean(Changes[0].Columns[i].Column) + " " + (kinds.Count == 1
                    ? Values(Changes[0].Columns[i]) : $"({Words.Number(kinds.Count)} different)"));
            }

            return string.Join(", ", parts);
        }
    }

    /// <summary>Such as <c>m1.large → m3.large</c>.</summary>
    public static string Values(ColumnChange change) => $"{Value(change.Before)} → {Value(change.After)}";

    private static string Value(string? value) => value switch
    {
        null => "(none)",
        "" => "(empty)",
        _ => PlainText.Clean(value),
    };
}
