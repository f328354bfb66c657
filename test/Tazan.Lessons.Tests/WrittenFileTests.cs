namespace Tazan.Lessons.Tests;

public sealed class WrittenFileTests
{
    [Fact]
    public void The_published_schema_is_the_one_that_the_vocabulary_makes()
    {
        var schema = LessonSchema.Write();

        Assert.Equal(schema, Repository.Approved("docs/lesson.schema.json", schema));
    }

    [Fact]
    public void The_documentation_ends_with_the_reference_that_the_vocabulary_makes()
    {
        var path = Path.Combine(Repository.Root, "docs/lessons.md");
        var byHand = File.ReadAllText(path).Split(LessonReference.Mark)[0];
        var whole = byHand + LessonReference.Write();

        Assert.Equal(whole, Repository.Approved("docs/lessons.md", whole));
    }
}
