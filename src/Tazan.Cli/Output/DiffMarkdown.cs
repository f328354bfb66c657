namespace Tazan.Cli.Output;

/// <summary>A diff as GitHub's Markdown: one table row for each kind of change within a service.</summary>
internal static class DiffMarkdown
{
    public static void Write(DiffReport report, TextWriter to, ReportOptions options)
    {
        to.WriteLine("# Tazan diff");
        to.WriteLine();
        to.WriteLine($"{MarkdownText.Escape(report.Before)}, seen {Words.Time(report.BeforeCollectedAt)}, against {MarkdownText.Escape(report.After)}, seen {Words.Time(report.AfterCollectedAt)}.");
        to.WriteLine();
        MarkdownText.Header(to, "Service", "Change", "What", "Example", "Columns");
        foreach (var group in ChangeGroup.Of(report.Changes))
        {
            MarkdownText.Row(to, group.Service.Length == 0 ? "-" : group.Service, group.Kind.ToText(), Words.Count(group.Changes.Length, group.Type),
                group.Changes[0].Resource.Id, group.What);
        }

        if (options.Verbose)
        {
            to.WriteLine();
            MarkdownText.Header(to, "Change", "Resource", "Account", "Region", "Column", "Before", "After");
            foreach (var change in report.Changes)
            {
                foreach (var column in change.Columns.DefaultIfEmpty(new ColumnChange("", null, null)))
                {
                    MarkdownText.Row(to, change.Kind.ToText(), change.Resource.Id, change.Resource.Account, change.Resource.Region, column.Column,
                        column.Before ?? "", column.After ?? "");
                }
            }
        }

        foreach (var group in BlindSpotGroup.Of(report.BlindSpots))
        {
            to.WriteLine();
            to.WriteLine("Not compared: " + MarkdownText.Escape(group.Sentence));
        }
    }
}
