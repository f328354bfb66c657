using System.Text.Json;

namespace Tazan.Lessons.Tests;

public sealed class LessonTextTests
{
    private static readonly LessonBook Book = LessonBook.Load();

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    public void No_line_of_a_story_is_wider_than_the_terminal(int width)
    {
        var seen = 0;
        foreach (var lesson in Book.Lessons)
        {
            var lines = LessonText.Render(lesson, width, color: false).Split('\n');

            // An address cannot be wrapped; it stands on a line of its own.
            Assert.All(lines, l => Assert.True(l.Length <= width || l.TrimStart().StartsWith("http", StringComparison.Ordinal) || !l.Trim().Contains(' '), l));
            Assert.DoesNotContain(lines, static l => l.Contains("**", StringComparison.Ordinal) || l.Contains('\u001b'));
            seen++;
        }

        Assert.True(seen >= 16);
    }

    [Fact]
    public void The_story_has_all_its_parts_and_the_sql_on_request()
    {
        var lesson = Book.Get("conntrack-exhaustion");

        var text = LessonText.Render(lesson, 80, color: false);
        var withSql = LessonText.Render(lesson, 80, color: false, withSql: true);

        foreach (var heading in new[] { "WHAT HAPPENED", "TIMELINE", "WHO IS EXPOSED", "WHAT HAPPENS TO THEM", "WHAT ONE SEES", "WHAT STAYS NORMAL", "WHAT HELPS", "SOURCES" })
        {
            Assert.Contains(heading, text, StringComparison.Ordinal);
        }

        Assert.Contains("171 servers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("from connection_limit", text, StringComparison.Ordinal);
        Assert.Contains("from connection_limit", withSql, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_adds_only_what_a_terminal_does_not_show()
    {
        var lesson = Book.Get("pv-slowdown");
        var plain = LessonText.Render(lesson, 72, color: false);

        var painted = LessonText.Render(lesson, 72, color: true);

        Assert.NotEqual(plain, painted);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(painted, "\u001b\\[[0-9]+m", ""));
    }

    [Fact]
    public void Every_lesson_names_its_sources_and_a_remedy_for_each_exposure_of_its_examples()
    {
        foreach (var lesson in Book.Lessons)
        {
            Assert.True(lesson.FirstAddress.StartsWith("https://", StringComparison.Ordinal) || lesson.Sources.Length > 0);
            Assert.True(lesson.Helps.Length >= 2, lesson.Name);
            foreach (var result in LessonTrial.Run(lesson, TimeProvider.System, TestContext.Current.CancellationToken))
            {
                Assert.All(result.Answer.Exposures, e => Assert.True(e.Remedy.Length > 0, $"{lesson.Name}: {e.Resource.Id}"));
                Assert.All(result.Answer.Exposures, e => Assert.EndsWith(".", e.Evidence, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_schema_knows_every_key_that_bundled_lessons_use()
    {
        using var schema = JsonDocument.Parse(LessonSchema.Write());
        var keys = schema.RootElement.GetProperty("properties").EnumerateObject().Select(static p => p.Name).ToHashSet();
        foreach (var lesson in Book.Lessons)
        {
            var text = LessonBook.FindBundledText(lesson.Name)!;
            var used = text.Split('\n').Where(static l => l.Length > 0 && char.IsAsciiLetterLower(l[0])).Select(static l => l.Split(':')[0]);
            Assert.All(used, key => Assert.Contains(key, keys));
        }
    }
}
