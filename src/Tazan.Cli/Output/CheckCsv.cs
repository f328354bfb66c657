namespace Tazan.Cli.Output;

/// <summary>A check as rows: one for each exposure, and one without a resource for each lesson that has none, so that unknown is seen.</summary>
internal static class CheckCsv
{
    public static void Write(CheckReport report, TextWriter to)
    {
        var rows = new CsvRows(to);
        rows.Write("lesson", "answer", "severity", "account", "region", "type", "id", "arn", "service", "client", "remedy", "remedy_target",
            "evidence", "details", "key");
        foreach (var answer in report.Answers)
        {
            foreach (var e in answer.Exposures)
            {
                rows.Write(e.Lesson, Answer.Exposed.Name(), e.Severity.Name(), e.Resource.Account, e.Resource.Region, e.Resource.Type, e.Resource.Id,
                    e.Resource.Arn, e.Service, e.Client, e.Remedy, e.RemedyTarget, e.Evidence, CsvRows.PairsCell(e.Details), e.Key);
            }

            if (answer.Exposures.IsEmpty)
            {
                rows.Write(answer.Lesson, answer.Answer.Name(), answer.Severity.Name(), "", "", "", "", "", "", "", "", "", Reason(answer), "", "");
            }
        }
    }

    private static string Reason(LessonAnswer answer) => answer.BlindSpots.IsEmpty ? answer.Why
        : answer.Why + " " + string.Join("; ", BlindSpotGroup.Of(answer.BlindSpots).Select(static g => g.Sentence));
}
