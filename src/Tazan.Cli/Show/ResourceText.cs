using System.Collections.Immutable;
using Tazan.Cli.Output;

namespace Tazan.Cli.Show;

/// <summary>A resource as a person reads it: its exposures, its facts, its own row, what hangs on it.</summary>
internal static class ResourceText
{
    internal static void Write(TextWriter to, ResourceView view, ImmutableArray<Exposure> exposures, int width, Paint paint)
    {
        var resource = view.Resource;
        to.WriteLine(paint.Bold($"{PlainText.Clean(resource.Type)} {PlainText.Clean(resource.Id)}") + $"  account {resource.Account}, {resource.Region}");
        if (view.Others.Length > 0)
        {
            to.WriteLine($"  (also: {string.Join("; ", view.Others.Take(5).Select(static o => $"{o.Type} {PlainText.Clean(o.Id)} in {o.Account}/{o.Region}"))})");
        }

        to.WriteLine();
        to.WriteLine(paint.Bold("Exposures"));
        if (exposures.IsEmpty)
        {
            to.WriteLine("  none found (tazan check --why says what could not be read)");
        }

        foreach (var exposure in exposures)
        {
            to.WriteLine($"  {paint.For(exposure.Severity, exposure.Severity.ToString().ToLowerInvariant())}  {exposure.Lesson}{(exposure.Remedy.Length > 0 ? $"  (helps: {exposure.Remedy})" : "")}");
            foreach (var line in PlainText.Wrap(PlainText.Clean(exposure.Evidence), width - 6))
            {
                to.WriteLine("      " + line);
            }
        }

        Section(to, "Its own", [view.Own], width, paint);
        Section(to, "Facts", view.Facts, width, paint);
        Section(to, "Beside it", view.Related, width, paint);
    }

    private static void Section(TextWriter to, string title, IEnumerable<ResourceRows> tables, int width, Paint paint)
    {
        var all = tables.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine(paint.Bold(title));
        foreach (var rows in all)
        {
            to.WriteLine($"  {paint.Dim(rows.Table)}{(rows.Rows.Length > 1 ? $" ({rows.Rows.Length})" : "")}");
            if (rows.Rows.Length == 1)
            {
                TextTable.Write(to, [], [.. rows.Columns.Select((c, i) => new[] { c, PlainText.Clean(rows.Rows[0][i] ?? "") }).Where(static c => c[1].Length > 0)], width, indent: 4);
            }
            else
            {
                TextTable.Write(to, rows.Columns, [.. rows.Rows.Select(static r => r.Select(static c => PlainText.Clean(c ?? "")).ToArray())], width, indent: 4);
            }
        }
    }
}
