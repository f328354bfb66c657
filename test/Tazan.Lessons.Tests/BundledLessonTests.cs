using Tazan.Lessons.Checking;

namespace Tazan.Lessons.Tests;

public sealed class BundledLessonTests
{
    private static readonly LessonBook Book = LessonBook.Load();

    public static TheoryData<string> Names => [.. Book.Lessons.Select(static l => l.Name)];

    [Fact]
    public void All_bundled_lessons_can_be_read_and_their_sql_compiled()
    {
        var faults = Book.Faults.Concat(SqlCheck.Faults(Book.Lessons)).Select(static f => f.Message).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(Book.Lessons.Length >= 16, $"{Book.Lessons.Length} lessons were seen");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_answers_its_own_examples(string name)
    {
        var results = LessonTrial.Run(Book.Get(name), TimeProvider.System, TestContext.Current.CancellationToken);

        var failures = results.Where(static r => !r.Passed).Select(static r => $"{r.Where} {r.Example}: {string.Join("; ", r.Differences)}").ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(results.Length >= 3);
    }
}
