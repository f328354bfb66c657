using System.Text;
using Tazan.Cli.Mutes;
using Tazan.Cli.Tests.Output;

namespace Tazan.Cli.Tests.Mutes;

public sealed class BaselineTests
{
    [Fact]
    public void A_check_against_its_own_baseline_has_nothing_new()
    {
        var report = Sample.Nasty();
        var after = Read(Written(report)).Apply(report);

        Assert.Equal(1200 + 403, after.InBaseline);
        Assert.Equal([("slow-restore", Answer.Unknown), ("conntrack-exhaustion", Answer.Unknown)], after.Answers.Take(2).Select(a => (a.Lesson, a.Answer)).OrderByDescending(a => a.Lesson));
        var rebuilt = after.Answers.Single(a => a.Lesson == "image-does-not-boot");
        Assert.Equal(Answer.Clear, rebuilt.Answer);
        Assert.EndsWith("All 400 exposures are in the baseline base.json of 2026-05-04T12:00:00Z.", rebuilt.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_since_stays_exposed_at_its_own_severity()
    {
        var old = Sample.Check(Sample.Answer("a", Answer.Exposed, Severity.Critical, [Sample.Exposure("a", "i-1", severity: Severity.Critical)]));
        var now = old with { Answers = [old.Answers[0] with { Exposures = [.. old.Answers[0].Exposures, Sample.Exposure("a", "i-2", severity: Severity.Low)] }] };

        var after = Read(Written(old)).Apply(now);

        var answer = Assert.Single(after.Answers);
        Assert.Equal(("i-2", Severity.Low, Answer.Exposed, 1), (Assert.Single(answer.Exposures).Resource.Id, answer.Severity, answer.Answer, after.InBaseline));
    }

    [Fact]
    public void Hostile_keys_come_back_unchanged()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var report = Sample.Random(new Chance(seed));
            var whole = report with { Answers = [.. report.Answers.Select(a => a with { Exposures = [.. a.Exposures.Where(e => CheckJsonTests.Whole(e.Key) == e.Key)] })] };

            Assert.All(Read(Written(whole)).Apply(whole).Answers, a => Assert.Empty(a.Exposures));
        }
    }

    [Theory]
    [InlineData("", "base.json:1: this is not JSON")]
    [InlineData("[]", "base.json:1: an object was expected.")]
    [InlineData("{}", "it lacks format, writtenAt or exposures")]
    [InlineData("{\n\"format\": \"tazan.baseline/2\"}", "base.json:2: the format is 'tazan.baseline/2'")]
    [InlineData("{\n\n\"exposurse\": []}", "base.json:3: a baseline has no 'exposurse' here. Did you mean 'exposures'?")]
    [InlineData("{\"exposures\": [\n{\"kye\": \"\"}]}", "base.json:2: a baseline has no 'kye' here. Did you mean 'key'?")]
    [InlineData("{\"exposures\": [{\"lesson\": \"a\"}]}", "an entry has no key.")]
    [InlineData("{\"writtenAt\": \"today\"}", "'today' is no time.")]
    [InlineData("{\"writtenAt\": 5}", "a text was expected.")]
    public void A_broken_baseline_is_told_with_its_line(string text, string told) =>
        Assert.Contains(told, Assert.Throws<UserError>(() => Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_baseline_cut_at_any_length_is_refused()
    {
        var bytes = Written(Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure("a"), Sample.Exposure("a", "日本")])));

        Assert.Equal(2, Read(bytes).Count);
        for (var length = 0; length < bytes.AsSpan().TrimEnd("\n"u8).Length; length++)
        {
            Assert.Throws<UserError>(() => Read(bytes[..length]));
        }
    }

    [Fact]
    public void A_mutated_baseline_is_read_or_refused_and_nothing_else()
    {
        var bytes = Written(Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure("a"), Sample.Exposure("a", "日本\"\n")])));
        var refused = Fuzz.Mutate(bytes, 5000, mutant => Baseline.Parse(mutant, "base.json"));

        Assert.InRange(refused, 2000, 4999);
    }

    [Fact]
    public void A_missing_file_is_the_users_to_mend() => Assert.Throws<UserError>(() => Baseline.Read("/nowhere/base.json"));

    private static byte[] Written(CheckReport report) => Render.Bytes(to => Baseline.Write(report, to));

    private static Baseline Read(byte[] bytes) => Baseline.Parse(bytes, "base.json");
}
