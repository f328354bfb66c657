namespace Tazan.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("chek", "check")]
    [InlineData("tabel", "table")]
    [InlineData("CHECK", "check")]
    [InlineData("severty", "severity")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void A_slip_of_the_fingers_finds_its_word_and_another_word_does_not(string typed, string? meant) =>
        Assert.Equal(meant, Nearest.Find(typed, ["check", "table", "severity"]));

    [Fact]
    public void A_mend_names_the_nearest_and_lists_what_there_is_while_it_is_few()
    {
        Assert.Equal("Did you mean 'check'? There are: check, show.", Nearest.Mend("chek", ["check", "show"]));
        Assert.Equal("There are: check, show.", Nearest.Mend("quite-other", ["check", "show"]));
        Assert.Equal("See the page.", Nearest.Mend("x", [], "See the page."));
        Assert.Equal("Did you mean 'word7'?", Nearest.Mend("wrod7", Enumerable.Range(0, 99).Select(static n => $"word{n}")));
    }

    [Fact]
    public void A_very_long_word_is_near_nothing_and_costs_nothing() => Assert.Null(Nearest.Find(new string('a', 1_000_000), ["a"]));
}
