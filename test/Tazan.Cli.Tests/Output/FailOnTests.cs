using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class FailOnTests
{
    [Fact]
    public void Each_level_fails_at_its_own_severity_and_above()
    {
        string[] words = ["info", "low", "medium", "high", "critical"];
        for (var level = 0; level < 5; level++)
        {
            for (var found = 0; found < 5; found++)
            {
                var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure(severity: (Severity)found)]));
                Assert.Equal(found >= level, FailOn.Parse(words[level]).Fails(report));
                Assert.False(FailOn.Parse("none").Fails(report));
                Assert.False(FailOn.Parse("unknown").Fails(report));
            }
        }
    }

    [Fact]
    public void A_partial_read_never_ends_well_when_unknown_is_asked_for()
    {
        var unknown = Sample.Check(Sample.Answer("a", Answer.Unknown));
        var beside = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure(severity: Severity.Info)], spots: [Sample.Spot()]));

        Assert.True(FailOn.Parse("unknown").Fails(unknown));
        Assert.True(FailOn.Parse("critical, Unknown").Fails(beside));
        Assert.False(FailOn.Parse("critical").Fails(beside));
        Assert.False(FailOn.Parse("info").Fails(unknown));
    }

    [Fact]
    public void Of_several_levels_the_lowest_counts()
    {
        var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure(severity: Severity.Medium)]));

        Assert.True(FailOn.Parse("critical,low").Fails(report));
        Assert.True(FailOn.Parse("low,critical").Fails(report));
    }

    [Theory]
    [InlineData("hihg", "Did you mean 'high'?")]
    [InlineData("", "is no severity")]
    [InlineData("high,", "is no severity")]
    [InlineData("none,high", "cannot stand beside")]
    public void A_mistyped_level_is_told(string text, string told) =>
        Assert.Contains(told, Assert.Throws<UserError>(() => FailOn.Parse(text)).Message, StringComparison.Ordinal);
}
