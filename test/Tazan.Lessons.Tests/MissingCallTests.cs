using Tazan.Fleets;
using Tazan.Inventory;
using Tazan.Inventory.Import;

namespace Tazan.Lessons.Tests;

/// <summary>What was not saved must make an answer less sure, never better and never worse.</summary>
public sealed class MissingCallTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("tazan-missing-").FullName;
    private readonly LessonBook book = LessonBook.Load();

    [Fact]
    public void A_call_that_was_not_saved_clears_no_lesson_and_accuses_nothing()
    {
        var fleet = FleetGenerator.Generate(ReferenceFleets.Read("five-stories"), 7, Now);
        var answers = Path.Combine(folder, "answers");
        var aside = Path.Combine(folder, "aside");
        FleetWriter.Write(fleet, answers);
        var whole = Check(answers);
        var known = whole.Answers.SelectMany(static a => a.Exposures).Select(static e => e.Key).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(known);

        var wrong = new List<string>();
        foreach (var call in fleet.Answers.GroupBy(static a => a.Call, StringComparer.Ordinal))
        {
            Directory.CreateDirectory(aside);
            var moved = call.Select((a, i) => (From: Path.Combine(answers, a.Path), To: Path.Combine(aside, $"{i}"))).ToList();
            moved.ForEach(static m => File.Move(m.From, m.To));
            var less = Check(answers);
            moved.ForEach(static m => File.Move(m.To, m.From));
            foreach (var answer in less.Answers)
            {
                var before = whole.Answers.Single(a => a.Lesson == answer.Lesson);
                if (answer.Answer == Answer.Clear && before.Answer != Answer.Clear)
                {
                    wrong.Add($"without {call.Key} {answer.Lesson} goes from {before.Answer} to clear");
                }

                wrong.AddRange(answer.Exposures.Where(e => !known.Contains(e.Key)).Take(1).Select(e => $"without {call.Key} {e.Key} appears: {e.Evidence}"));
                wrong.AddRange(answer.Exposures.Where(static e => e.Evidence.Length == 0 || e.Evidence.EndsWith(Checking.ExposureReader.MissingEvidence, StringComparison.Ordinal))
                    .Take(1).Select(e => $"without {call.Key} {e.Key} has no evidence"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private CheckReport Check(string answers)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(folder, "fleet.db");
        Importer.Import([answers], new ImportOptions { Output = path, TazanVersion = "test", CollectedAt = Now }, TimeProvider.System, null, cancellation);
        using var snapshot = Snapshot.Open(path);
        return Checker.Check(snapshot, book.Lessons, new CheckOptions(), TimeProvider.System, cancellation);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
