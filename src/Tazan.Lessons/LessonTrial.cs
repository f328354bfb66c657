using System.Collections.Immutable;
using Tazan.Lessons.Checking;
using Tazan.Lessons.Examples;

namespace Tazan.Lessons;

/// <summary>Runs a lesson on its own examples, as <c>tazan lesson test</c> does.</summary>
public static class LessonTrial
{
    /// <summary>Runs every example.</summary>
    /// <exception cref="UserError">The lesson's SQL is wrong.</exception>
    public static ImmutableArray<TrialResult> Run(Lesson lesson, TimeProvider clock, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<TrialResult>();
        foreach (var example in lesson.Examples)
        {
            using var fleet = ExampleFleet.Make(example, cancellation);
            var report = Checker.Check(fleet, ":memory:", example.Now, [lesson], new CheckOptions(), clock, cancellation);
            var answer = report.Answers[0];
            results.Add(new TrialResult(lesson.Name, example.Name, $"{lesson.File}:{example.Line}", Differences(example, answer), answer));
        }

        return results.ToImmutable();
    }

    private static ImmutableArray<string> Differences(Example example, LessonAnswer answer)
    {
        var differences = ImmutableArray.CreateBuilder<string>();
        if (answer.Answer != example.Expected)
        {
            differences.Add($"the answer is {Lower(answer.Answer)}, not {Lower(example.Expected)}: {answer.Why}");
        }

        foreach (var (resource, severity) in example.Finds)
        {
            var found = answer.Exposures.Where(e => e.Resource.Id == resource).ToList();
            if (found.Count == 0)
            {
                differences.Add($"{resource} is not found");
            }
            else if (found.Max(static e => e.Severity) is var got && got != severity)
            {
                differences.Add($"{resource} is {Lower(got)}, not {Lower(severity)}: {found[0].Evidence}");
            }
        }

        foreach (var exposure in answer.Exposures)
        {
            if (exposure.Evidence.EndsWith(ExposureReader.MissingEvidence, StringComparison.Ordinal))
            {
                differences.Add($"{exposure.Resource.Id} has no evidence: a null in '||' makes the whole text null, use coalesce");
            }

            if (example.Expected == Answer.Exposed && !example.Finds.Any(f => f.Key == exposure.Resource.Id))
            {
                differences.Add($"{exposure.Resource.Id} is found, which 'finds' does not name: {exposure.Evidence}");
            }
        }

        return differences.ToImmutable();
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>What came of one example.</summary>
/// <param name="Lesson">The lesson's name.</param>
/// <param name="Example">The example's name.</param>
/// <param name="Where">File and line of the example.</param>
/// <param name="Differences">What is not as the example says; empty when it passed.</param>
/// <param name="Answer">The lesson's answer.</param>
public sealed record TrialResult(string Lesson, string Example, string Where, ImmutableArray<string> Differences, LessonAnswer Answer)
{
    /// <summary>Whether the answer is the expected one in every point.</summary>
    public bool Passed => Differences.IsEmpty;
}
