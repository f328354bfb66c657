using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>A check for a person at a terminal: the board of lessons, then what to do about the exposed ones, then the counts.</summary>
/// <remarks>
/// Own columns and not Spectre.Console: what is needed is four columns and wrapping, and that library's set-up alone
/// costs more than rendering the whole report. The figures stand in docs/outputs.md.
/// </remarks>
internal sealed class CheckTable(CheckReport report, TextWriter to, ReportOptions options)
{
    // Without -v a job names so many examples; the rest are counted.
    private const int Examples = 3;

    // "EXPOSED" and "critical" with two spaces after them.
    private const int AnswerColumn = 9;
    private const int SeverityColumn = 10;
    private const int Indent = 2;

    private readonly int width = Math.Clamp(options.Width, 80, 200);
    private readonly Paint paint = new(options.Colours);

    public void Write()
    {
        Heading();
        Board();
        foreach (var answer in report.Answers)
        {
            if (!answer.Exposures.IsEmpty)
            {
                Exposed(answer);
            }
        }

        BlindSpots();
        Footer();
    }

    private void Heading()
    {
        var fleet = string.Join(", ", report.Counts.Take(4).Select(static c => Words.Count(c.Value, c.Key)));
        var seen = $"{report.Snapshot}, seen {Words.Time(report.CollectedAt)}{(fleet.Length == 0 ? "" : ": " + fleet)}";
        Paragraph(seen, 0, static (p, line) => p.Bold(line));
        to.WriteLine();
    }

    private void Board()
    {
        var nameColumn = Math.Clamp(report.Answers.Select(static a => PlainText.Width(PlainText.Clean(a.Lesson))).DefaultIfEmpty(0).Max(), 6, 28) + 2;
        var whenColumn = Math.Clamp(report.Answers.Select(static a => PlainText.Width(PlainText.Clean(a.When))).DefaultIfEmpty(0).Max(), 4, 10) + 2;
        var rest = width - AnswerColumn - SeverityColumn - nameColumn - whenColumn;
        to.WriteLine(paint.Dim(PlainText.Fit("ANSWER", AnswerColumn) + PlainText.Fit("SEVERITY", SeverityColumn)
            + PlainText.Fit("LESSON", nameColumn) + PlainText.Fit("WHEN", whenColumn) + PlainText.Cut("EXPOSED", rest)));
        foreach (var answer in report.Answers)
        {
            var name = answer.Answer == Answer.Exposed ? "EXPOSED" : answer.Answer.Name();
            var affected = Affected(answer);
            var line = paint.For(answer.Answer, PlainText.Fit(name, AnswerColumn))
                + paint.For(answer.Severity, PlainText.Fit(answer.Severity.Name(), SeverityColumn))
                + paint.Bold(PlainText.Fit(PlainText.Cut(PlainText.Clean(answer.Lesson), nameColumn - 1), nameColumn))
                + PlainText.Fit(PlainText.Cut(PlainText.Clean(answer.When), whenColumn - 1), whenColumn)
                + PlainText.Cut(affected, rest);
            to.WriteLine(options.Colours ? line : line.TrimEnd());
            Paragraph(answer.Title, AnswerColumn);

            // A clear answer's reason is asked for; the other two must never be without theirs.
            if (options.Why || answer.Answer != Answer.Clear)
            {
                Paragraph(answer.Why, AnswerColumn, static (p, text) => p.Dim(text));
            }
        }
    }

    private static string Affected(LessonAnswer answer)
    {
        if (answer.Exposures.IsEmpty)
        {
            return "-";
        }

        var services = answer.Exposures.Where(static e => e.Service.Length > 0).Select(static e => e.Service).Distinct(StringComparer.Ordinal).Count();
        var what = Words.CountByType(answer.Exposures.Select(static e => e.Resource.Type));
        return services == 0 ? what : $"{what} in {Words.Count(services, "service")}";
    }

    private void Exposed(LessonAnswer answer)
    {
        to.WriteLine();
        to.WriteLine(paint.Bold(PlainText.Clean(answer.Lesson)) + "  " + paint.For(answer.Severity, answer.Severity.Name()));
        var jobs = Job.Of(answer.Exposures);
        foreach (var job in options.Verbose ? jobs : jobs.Take(options.Jobs))
        {
            OneJob(answer, job);
        }

        if (!options.Verbose && jobs.Length > options.Jobs)
        {
            var left = jobs.Skip(options.Jobs).Sum(static j => j.Exposures.Length);
            Paragraph($"… and {Words.Count(jobs.Length - options.Jobs, "more job")} with {Words.Count(left, "exposure")}; -v lists them.", Indent);
        }

        if (!answer.BlindSpots.IsEmpty && !options.Why)
        {
            Paragraph($"Beside these, {Words.Count(answer.BlindSpots.Length, "call")} could not be read; --why lists them.", Indent);
        }
    }

    private void OneJob(LessonAnswer answer, Job job)
    {
        var first = job.Exposures[0];
        var ids = string.Join(", ", job.Exposures.Take(Examples).Select(static e => e.Resource.Id));
        var examples = job.Exposures.Length > Examples ? $"e.g. {ids}" : ids;
        Paragraph($"{job.Name}: {job.Size}, {examples}", Indent, (p, line) => p.For(job.Severity, line));
        if (job.Remedy.Length > 0 && answer.Remedies.TryGetValue(job.Remedy, out var remedy))
        {
            Paragraph("remedy: " + remedy, Indent * 2);
        }

        if (!options.Verbose)
        {
            Paragraph($"evidence: {first.Evidence}", Indent * 2, static (p, line) => p.Dim(line));
            return;
        }

        foreach (var exposure in job.Exposures)
        {
            var of = exposure.Service.Length == 0 ? "" : $" [{exposure.Service}]";
            var client = exposure.Client.Length == 0 ? "" : $" client {exposure.Client}";
            Paragraph($"{exposure.Severity.Name()} {exposure.Resource.Id} {exposure.Resource.Account} {exposure.Resource.Region}{of}{client}: {exposure.Evidence}", Indent * 2);
        }
    }

    private void BlindSpots()
    {
        if (!options.Why)
        {
            return;
        }

        foreach (var answer in report.Answers.Where(static a => !a.BlindSpots.IsEmpty))
        {
            to.WriteLine();
            to.WriteLine(paint.Bold(PlainText.Clean(answer.Lesson)) + "  could not read");
            foreach (var group in BlindSpotGroup.Of(answer.BlindSpots))
            {
                Paragraph(group.Sentence, Indent);
                if (group.Mend.Length > 0)
                {
                    Paragraph("mend: " + group.Mend, Indent * 2, static (p, line) => p.Dim(line));
                }
            }
        }
    }

    private void Footer()
    {
        int Of(Answer wanted) => report.Answers.Count(a => a.Answer == wanted);
        var exposures = report.Answers.Sum(static a => a.Exposures.Length);
        var counts = $"{Of(Answer.Exposed)} exposed, {Of(Answer.Unknown)} unknown, {Of(Answer.Clear)} clear; {Words.Count(exposures, "exposure")}"
            + (report.Muted > 0 ? $", {Words.Number(report.Muted)} muted" : "")
            + (report.InBaseline > 0 ? $", {Words.Number(report.InBaseline)} in the baseline" : "") + ".";
        to.WriteLine();
        Paragraph(counts, 0, static (p, line) => p.Bold(line));
        var next = new List<string>();
        if (report.Answers.FirstOrDefault(static a => !a.Exposures.IsEmpty) is { } worst)
        {
            next.Add($"tazan lesson show {Words.Shell(worst.Lesson)}");
            next.Add($"tazan show {Words.Shell(worst.Exposures[0].Resource.Id)}");
        }

        if (!options.Why && report.Answers.Any(static a => !a.BlindSpots.IsEmpty))
        {
            next.Add($"tazan check {Words.Shell(report.Snapshot)} --why");
        }

        if (next.Count > 0)
        {
            Paragraph("Next: " + string.Join("; ", next), 0);
        }
    }

    private void Paragraph(string text, int indent, Func<Paint, string, string>? colour = null)
    {
        var margin = new string(' ', indent);
        foreach (var line in PlainText.Wrap(PlainText.Clean(text), width - indent))
        {
            to.Write(margin);
            to.WriteLine(colour is null ? line : colour(paint, line));
        }
    }
}
