using System.Text;
using Tazan.Cli.Mutes;
using Tazan.Cli.Tests.Output;

namespace Tazan.Cli.Tests.Mutes;

public sealed class MuteTests
{
    private const string Good = """
        # accepted by the weekly review
        mutes:
          - lesson: conntrack-*
            account: "123456789012"
            region: [ap-northeast-1, us-*]
            resource: i-1*
            service: cache
            tag: [env=dev, team=*]
            reason: "The 開発 fleet may stop."
            owner: infra@example.com
            until: 2026-05-04
          - lesson: boot-loop
            reason: replaced in June
            owner: bob
            until: 2026-05-03

        """;

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*b*b*", "abab", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("A", "a", false)]
    [InlineData("**", "x", true)]
    public void A_star_stands_for_any_text(string pattern, string text, bool fits) => Assert.Equal(fits, Glob.Fits(pattern, text));

    [Fact]
    public void Glob_agrees_with_a_slow_obvious_one()
    {
        for (var seed = 0UL; seed < 20_000; seed++)
        {
            var chance = new Chance(seed);
            string Draw(string letters) => string.Concat(Enumerable.Range(0, chance.Below(8)).Select(_ => letters[chance.Below(letters.Length)]));
            var (pattern, text) = (Draw("ab**"), Draw("ab"));

            Assert.True(Slow(pattern, text) == Glob.Fits(pattern, text), $"'{pattern}' on '{text}'");
        }

        static bool Slow(string pattern, string text) => pattern.Length == 0 ? text.Length == 0
            : pattern[0] == '*' ? Enumerable.Range(0, text.Length + 1).Any(i => Slow(pattern[1..], text[i..]))
            : text.Length > 0 && text[0] == pattern[0] && Slow(pattern[1..], text[1..]);
    }

    [Fact]
    public void A_file_reads_as_written()
    {
        var list = Read(Good);

        Assert.Equal(2, list.Mutes.Length);
        Assert.Equal((3L, 12L), (list.Mutes[0].Line, list.Mutes[1].Line));
        Assert.Equal(["ap-northeast-1", "us-*"], list.Mutes[0].Regions);
        Assert.Equal("The 開発 fleet may stop.", list.Mutes[0].Reason);
        Assert.Equal(new DateOnly(2026, 5, 4), list.Mutes[0].Until);
    }

    [Theory]
    [InlineData("conntrack-x", "i-11", "ap-northeast-1", "cache", "env", "dev", true)]
    [InlineData("conntrack-x", "i-11", "us-east-1", "cache", "team", "any", true)]
    [InlineData("other", "i-11", "ap-northeast-1", "cache", "env", "dev", false)]
    [InlineData("conntrack-x", "i-21", "ap-northeast-1", "cache", "env", "dev", false)]
    [InlineData("conntrack-x", "i-11", "eu-west-1", "cache", "env", "dev", false)]
    [InlineData("conntrack-x", "i-11", "ap-northeast-1", "web", "env", "dev", false)]
    [InlineData("conntrack-x", "i-11", "ap-northeast-1", "cache", "env", "prod", false)]
    public void Every_key_of_an_entry_must_fit(string lesson, string id, string region, string service, string tagKey, string tagValue, bool fits)
    {
        var exposure = Sample.Exposure(lesson, id, region: region, service: service);

        Assert.Equal(fits, Read(Good).Mutes[0].Fits(exposure, _ => [KeyValuePair.Create(tagKey, tagValue)]));
    }

    [Fact]
    public void A_mute_holds_through_its_last_day_and_no_longer()
    {
        var mute = Read(Good).Mutes[0];

        Assert.False(mute.IsOver(new DateTimeOffset(2026, 5, 4, 23, 59, 59, TimeSpan.Zero)));
        Assert.True(mute.IsOver(new DateTimeOffset(2026, 5, 5, 0, 0, 0, TimeSpan.Zero)));
        Assert.False(mute.IsOver(new DateTimeOffset(2026, 5, 5, 8, 0, 0, TimeSpan.FromHours(9))));
    }

    [Fact]
    public void What_is_muted_is_counted_and_what_is_over_mutes_nothing_and_is_told()
    {
        var report = Sample.Check(
            Sample.Answer("boot-loop", Answer.Exposed, exposures: [Sample.Exposure()]),
            Sample.Answer("conntrack-x", Answer.Exposed, exposures: [Sample.Exposure("conntrack-x", "i-1", service: "cache")]));

        var (after, warnings) = Read(Good).Apply(report, Sample.Noon, _ => [KeyValuePair.Create("env", "dev")]);

        Assert.Equal(1, after.Muted);
        Assert.Equal([("boot-loop", Answer.Exposed), ("conntrack-x", Answer.Clear)], after.Answers.Select(a => (a.Lesson, a.Answer)));
        Assert.EndsWith("The one exposure is muted by mutes.yaml.", after.Answers[1].Why, StringComparison.Ordinal);
        var warning = Assert.Single(warnings);
        Assert.StartsWith("TZN1824 mutes.yaml:12: this mute of bob ended on 2026-05-03, so it hides nothing; it fits 1 exposure.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mute_that_fits_nothing_is_told()
    {
        var (_, warnings) = Read(Good).Apply(Sample.Check(), Sample.Noon, _ => []);

        Assert.Contains(warnings, w => w.StartsWith("TZN1825 mutes.yaml:3:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_muted_lesson_with_blind_spots_is_unknown_and_not_clear()
    {
        var report = Sample.Check(Sample.Answer("conntrack-x", Answer.Exposed, exposures: [Sample.Exposure("conntrack-x", "i-1", service: "cache")], spots: [Sample.Spot()]));

        Assert.Equal(Answer.Unknown, Assert.Single(Read(Good).Apply(report, Sample.Noon, _ => [KeyValuePair.Create("env", "dev")]).Report.Answers).Answer);
    }

    [Theory]
    [InlineData("- lesson: conn", "- leson: conn", "mutes.yaml:3: a mute has no 'leson'. Did you mean 'lesson'?")]
    [InlineData("mutes:", "mute:", "mutes.yaml:2: a mute file has no 'mute'. Did you mean 'mutes'?")]
    [InlineData("    owner: bob\n", "", "mutes.yaml:12: this mute has no 'owner'.")]
    [InlineData("    reason: replaced in June\n", "", "mutes.yaml:12: this mute has no 'reason'.")]
    [InlineData("    until: 2026-05-03\n", "", "mutes.yaml:12: this mute has no 'until'.")]
    [InlineData("2026-05-03", "2026-05-32", "mutes.yaml:15: '2026-05-32' is no day.")]
    [InlineData("2026-05-03", "next year", "mutes.yaml:15: 'next year' is no day.")]
    [InlineData("- lesson: boot-loop\n    reason", "- reason", "mutes.yaml:12: this entry would mute everything.")]
    [InlineData("env=dev", "env", "mutes.yaml:8: 'env' is no tag pattern.")]
    [InlineData("[env=dev, team=*]", "[]", "mutes.yaml:8: 'tag' is an empty list.")]
    [InlineData("owner: bob", "owner:", "mutes.yaml:14: 'owner' is empty.")]
    [InlineData("owner: bob", "owner: [bob]", "mutes.yaml:14: a text for 'owner' was expected.")]
    [InlineData("owner: bob", "reason: bob", "mutes.yaml:14: 'reason' stands twice")]
    [InlineData("owner: bob", "owner: &a bob", "mutes.yaml:14: anchors are not used here.")]
    [InlineData("owner: bob", "owner: *a", "mutes.yaml:14:")]
    [InlineData("owner: bob", "owner: 'bob", "mutes.yaml:")]
    [InlineData("owner: bob", "\towner: bob", "mutes.yaml:")]
    public void A_fault_is_told_with_its_line(string from, string to, string told)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        var error = Assert.Throws<UserError>(() => Read(Good.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("just text")]
    [InlineData("- a list")]
    [InlineData("mutes: 5")]
    [InlineData("mutes: {}")]
    [InlineData("mutes: []\n---\nmutes: []")]
    [InlineData("mutes: []\nmutes: []")]
    [InlineData("{}")]
    [InlineData("\0")]
    public void What_is_no_mute_file_is_refused(string text) => Assert.Throws<UserError>(() => Read(text));

    [Fact]
    public void No_mutes_at_all_is_fine() => Assert.Empty(Read("mutes: []").Mutes);

    [Fact]
    public void A_mutated_file_is_read_or_refused_and_nothing_else()
    {
        var refused = Fuzz.Mutate(Encoding.UTF8.GetBytes(Good), 5000, mutant => MuteFile.Parse(mutant, "mutes.yaml"));

        Assert.InRange(refused, 2000, 4999);
    }

    private static MuteList Read(string text) => MuteFile.Parse(Encoding.UTF8.GetBytes(text), "mutes.yaml");
}
