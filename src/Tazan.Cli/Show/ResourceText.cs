using System.Collections.Immutable;
using Tazan.Cli.Output;

namespace Tazan.Cli.Show;

/// <summary>A resource as a person reads it: its exposures, its facts, its own row, what hangs on it.</summary>
internal static class ResourceText
{
    // Columns before a table under its name, and between a name and its value.
    private const int Indent = 4;
    private const int Gap = 2;

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

        Section(to, "Its own", [view.Own], resource.Id, width, paint);
        Section(to, "Facts", view.Facts, resource.Id, width, paint);
        Section(to, "Beside it", view.Related, resource.Id, width, paint);
    }

    private static void Section(TextWriter to, string title, IEnumerable<ResourceRows> tables, string subject, int width, Paint paint)
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
                Single(to, rows, width);
            }
            else
            {
                Several(to, rows, subject, width);
            }
        }
    }

    // One row stands upright: a name and its value on a line, long values wrapped under themselves.
    private static void Single(TextWriter to, ResourceRows rows, int width)
    {
        var names = rows.Columns.Max(static c => c.Length) + Gap;
        for (var i = 0; i < rows.Columns.Length; i++)
        {
            if (rows.Rows[0][i] is not { Length: > 0 } value)
            {
                continue;
            }

            var name = rows.Columns[i].PadRight(names);
            foreach (var line in PlainText.Wrap(PlainText.Clean(value), Math.Max(20, width - Indent - names)))
            {
                to.WriteLine((new string(' ', Indent) + name + line).TrimEnd());
                name = new string(' ', names);
            }
        }
    }

    // Several rows stand as a table, without what only names the resource again; each reason has a line of its own.
    private static void Several(TextWriter to, ResourceRows rows, string subject, int width)
    {
        var reason = rows.Columns.IndexOf("reason");
        var shown = Enumerable.Range(0, rows.Columns.Length)
            .Where(i => i != reason && !rows.Rows.All(r => r[i] == subject)).ToArray();
        var table = rows.Rows.Select(r => shown.Select(i => PlainText.Clean(r[i] ?? "")).ToArray()).ToList();
        TextTable.Write(to, [.. shown.Select(i => rows.Columns[i])], table, width, Indent);
        if (reason < 0)
        {
            return;
        }

        foreach (var why in rows.Rows.Select(r => r[reason]).Where(static r => !string.IsNullOrEmpty(r)).Distinct())
        {
            var dash = "- ";
            foreach (var line in PlainText.Wrap(PlainText.Clean(why!), Math.Max(20, width - Indent - dash.Length)))
            {
                to.WriteLine(new string(' ', Indent) + dash + line);
                dash = "  ";
            }
        }
    }
}
