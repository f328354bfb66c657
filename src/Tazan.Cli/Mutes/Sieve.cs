using System.Collections.Immutable;
using Tazan.Cli.Output;

namespace Tazan.Cli.Mutes;

/// <summary>Takes known exposures out of a check and answers each lesson again, so that nothing disappears without a trace.</summary>
internal static class Sieve
{
    /// <summary>Without what <paramref name="isKnown"/> says; <paramref name="taken"/> is how many went.</summary>
    /// <param name="report">Is not changed.</param>
    /// <param name="isKnown">Whether an exposure is to go.</param>
    /// <param name="reason">Completes "All 3 exposures are …", such as <c>in the baseline b.json</c>.</param>
    /// <param name="taken">How many exposures went.</param>
    public static CheckReport Without(CheckReport report, Func<Exposure, bool> isKnown, string reason, out int taken)
    {
        taken = 0;
        var answers = ImmutableArray.CreateBuilder<LessonAnswer>(report.Answers.Length);
        foreach (var answer in report.Answers)
        {
            ImmutableArray<Exposure> left = [.. answer.Exposures.Where(e => !isKnown(e))];
            var gone = answer.Exposures.Length - left.Length;
            taken += gone;
            answers.Add(gone == 0 ? answer : Again(answer, left, gone, reason));
        }

        return report with { Answers = InOrder(answers) };
    }

    /// <summary>As <see cref="CheckReport.Answers"/> promises: exposed by severity, then unknown, then clear; each by name.</summary>
    public static ImmutableArray<LessonAnswer> InOrder(IEnumerable<LessonAnswer> answers) =>
        [.. answers.OrderByDescending(static a => a.Answer)
            .ThenByDescending(static a => a.Answer == Answer.Exposed ? a.Severity : Severity.Info)
            .ThenBy(static a => a.Lesson, StringComparer.Ordinal)];

    private static LessonAnswer Again(LessonAnswer answer, ImmutableArray<Exposure> left, int gone, string reason)
    {
        var sentence = (left.IsEmpty, gone) switch
        {
            (true, 1) => $"The one exposure is {reason}.",
            (true, _) => $"All {Words.Number(gone)} exposures are {reason}.",
            (false, 1) => $"1 more is {reason}.",
            _ => $"{Words.Number(gone)} more are {reason}.",
        };
        return answer with
        {
            Exposures = left,

            // A mute hides what was seen; it can't make seen what was not.
            Answer = !left.IsEmpty ? Answer.Exposed : answer.BlindSpots.IsEmpty ? Answer.Clear : Answer.Unknown,
            Severity = left.IsEmpty ? answer.Severity : left.Max(static e => e.Severity),
            Why = answer.Why.Length == 0 ? sentence : $"{answer.Why} {sentence}",
        };
    }
}
