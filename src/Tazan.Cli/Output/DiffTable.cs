namespace Tazan.Cli.Output;

/// <summary>A diff for a person at a terminal: by service, then one line for each kind of change.</summary>
internal sealed class DiffTable(DiffReport report, TextWriter to, ReportOptions options)
{
    private const int Examples = 3;
    private const int Indent = 2;
    private const int KindColumn = 10; // "appeared" with two spaces after it

    private readonly int width = Math.Clamp(options.Width, 80, 200);
    private readonly Paint paint = new(options.Colours);

    public void Write()
    {
        Paragraph($"{report.Before}, seen {Words.Time(report.BeforeCollectedAt)}", 0);
        Paragraph($"{report.After}, seen {Words.Time(report.AfterCollectedAt)}", 0);
        string? service = null;
        foreach (var group in ChangeGroup.Of(report.Changes))
        {
            if (group.Service != service)
            {
                service = group.Service;
                to.WriteLine();
                Paragraph(service.Length == 0 ? "in no service" : service, 0, static (p, line) => p.Bold(line));
            }

            Group(group);
        }

        foreach (var group in BlindSpotGroup.Of(report.BlindSpots))
        {
            to.WriteLine();
            Paragraph("not compared: " + group.Sentence, 0);
        }

        int Of(ChangeKind kind) => report.Changes.Count(c => c.Kind == kind);
        to.WriteLine();
        Paragraph(report.Changes.IsEmpty ? "Nothing differs."
            : $"{Words.Number(Of(ChangeKind.Appeared))} appeared, {Words.Number(Of(ChangeKind.Went))} went, {Words.Number(Of(ChangeKind.Changed))} changed.", 0, static (p, line) => p.Bold(line));
    }

    private void Group(ChangeGroup group)
    {
        var ids = string.Join(", ", group.Changes.Take(Examples).Select(static c => c.Resource.Id));
        var examples = group.Changes.Length > Examples ? "e.g. " + ids : ids;
        var what = group.What.Length == 0 ? "" : $": {group.What}";
        var text = $"{Words.Count(group.Changes.Length, group.Type)}{what}; {examples}";
        var lead = new string(' ', Indent) + paint.For(group.Kind, PlainText.Fit(group.Kind.ToText(), KindColumn));
        foreach (var line in PlainText.Wrap(PlainText.Clean(text), width - Indent - KindColumn))
        {
            to.WriteLine(lead + line);
            lead = new string(' ', Indent + KindColumn);
        }

        if (!options.Verbose)
        {
            return;
        }

        foreach (var change in group.Changes)
        {
            var values = string.Join(", ", change.Columns.Select(static c => $"{c.Column} {ChangeGroup.Values(c)}"));
            Paragraph($"{change.Resource.Id} {change.Resource.Account} {change.Resource.Region}{(values.Length == 0 ? "" : ": " + values)}", Indent + KindColumn);
        }
    }

    private void Paragraph(string text, int indent, Func<Paint, string, string>? colour = null)
    {
        foreach (var line in PlainText.Wrap(PlainText.Clean(text), width - indent))
        {
            to.Write(new string(' ', indent));
            to.WriteLine(colour is null ? line : colour(paint, line));
        }
    }
}
