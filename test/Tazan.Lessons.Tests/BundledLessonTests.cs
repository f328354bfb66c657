using Tazan.Lessons;

namespace Tazan.Lessons.Tests;

public sealed class BundledLessonTests
{
    private static readonly LessonBook Book = LessonBook.Load();

    public static TheoryData<string> Names => [.. Book.Lessons.Select(static l => l.Name)];

    [Fact]
    public void All_bundled_lessons_can_be_read() =>
        Assert.Empty(Book.Faults.Select(static f => f.Message));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_answers_its_own_examples(string name)
    {
        var results = LessonTrial.Run(Book.Get(name), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(results.Length >= 3);
        Assert.Equal("", string.Join('\n', results.Where(static r => !r.Passed).Select(static r => $"{r.Where} {r.Example}: {string.Join("; ", r.Differences)}")));
    }
}
