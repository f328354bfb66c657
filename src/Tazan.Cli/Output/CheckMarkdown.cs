namespace Tazan.Cli.Output;

/// <summary>A check as GitHub's Markdown: the board, the jobs of each exposed lesson, the blind spots, the counts.</summary>
internal static class CheckMarkdown
{
    public static void Write(CheckReport report, TextWriter to, ReportOptions options)
    {
        to.WriteLine("# Tazan check");
        to.WriteLine();
        to.WriteLine($"{MarkdownText.Escape(report.Snapshot)}, seen {Words.Time(report.CollectedAt)}, checked {Words.Time(report.CheckedAt)} by tazan {MarkdownText.Escape(report.Version)}.");
        to.WriteLine();
        MarkdownText.Header(to, "Answer", "Severity", "Lesson", "When", "Exposed", "Why");
        foreach (var answer in report.Answers)
        {
            var exposed = answer.Exposures.IsEmpty ? "-" : Words.CountByType(answer.Exposures.Select(static e => e.Resource.Type));
            MarkdownText.Row(to, answer.Answer.Name(), answer.Severity.Name(), $"{answer.Lesson}: {answer.Title}", answer.When, exposed, answer.Why);
        }

        foreach (var answer in report.Answers.Where(static a => !a.Exposures.IsEmpty))
        {
            Exposed(answer, to, options);
        }

        BlindSpots(report, to);
        to.WriteLine();
        to.WriteLine($"{Words.Count(report.Answers.Sum(static a => a.Exposures.Length), "exposure")}, {Words.Number(report.Muted)} muted, {Words.Number(report.InBaseline)} in the baseline.");
    }

    private static void Exposed(LessonAnswer answer, TextWriter to, ReportOptions options)
    {
        to.WriteLine();
        to.WriteLine($"## {MarkdownText.Escape(answer.Lesson)}");
        to.WriteLine();
        to.WriteLine(MarkdownText.Escape(answer.Title) + (answer.Source.Length == 0 ? "" : $" ({MarkdownText.Escape(answer.Source)})"));
        to.WriteLine();
        MarkdownText.Header(to, "Severity", "Remedy", "What it does", "Exposed", "Example", "Evidence");
        foreach (var job in Job.Of(answer.Exposures))
        {
            MarkdownText.Row(to, job.Severity.Name(), job.Name, answer.Remedies.GetValueOrDefault(job.Remedy, ""), job.Size,
                job.Exposures[0].Resource.Id, job.Exposures[0].Evidence);
        }

        if (!options.Verbose)
        {
            return;
        }

        to.WriteLine();
        MarkdownText.Header(to, "Severity", "Resource", "Account", "Region", "Service", "Evidence");
        foreach (var e in answer.Exposures)
        {
            MarkdownText.Row(to, e.Severity.Name(), e.Resource.Id, e.Resource.Account, e.Resource.Region, e.Service, e.Evidence);
        }
    }

    private static void BlindSpots(CheckReport report, TextWriter to)
    {
        if (report.Answers.All(static a => a.BlindSpots.IsEmpty))
        {
            return;
        }

        to.WriteLine();
        to.WriteLine("## What could not be read");
        to.WriteLine();
        MarkdownText.Header(to, "Lesson", "Call", "Mend");
        foreach (var answer in report.Answers)
        {
            foreach (var group in BlindSpotGroup.Of(answer.BlindSpots))
            {
                MarkdownText.Row(to, answer.Lesson, group.Sentence, group.Mend);
            }
        }
    }
}
