using System.Text;
using Tazan.Lessons.Checking;
using Tazan.Lessons.Reading;

namespace Tazan.Lessons.Tests;

public sealed class ReaderTests
{
    private static readonly string Good = LessonTemplate.Text("disk-full");

    // What YAML gives a meaning to.
    private static ReadOnlySpan<byte> Signs => "{}[]:,&*!|>'\"%@`#-?\t\n"u8;

    [Fact]
    public void The_template_is_a_lesson_that_passes_its_own_examples()
    {
        var lesson = Read(Good, out var faults);

        Assert.Empty(faults);
        Assert.Empty(SqlCheck.Faults([lesson!]));
        Assert.All(LessonTrial.Run(lesson!, TimeProvider.System, TestContext.Current.CancellationToken), r => Assert.True(r.Passed, string.Join("; ", r.Differences)));
    }

    [Theory]
    [InlineData("severity: medium ", "sevrity: medium ", "there is no key 'sevrity' in a lesson. Did you mean 'severity'?")]
    [InlineData("severity: medium ", "severity: mediun ", "there is no severity 'mediun'. Did you mean 'medium'?")]
    [InlineData("  - effect: stop", "  - effect: stopp", "there is no effect 'stopp'. Did you mean 'stop'?")]
    [InlineData("{repair: 1..2 h}", "{repaire: 1..2 h}", "the effect stop has no parameter 'repaire'. Did you mean 'repair'?")]
    [InlineData("{repair: 1..2 h}", "{repair: 1..2}", "'repair' is a time (ms, s, min, h, d), not '1..2'.")]
    [InlineData("{repair: 1..2 h}", "{repair: 2..1 h}", "Write the smaller number first.")]
    [InlineData("{repair: 1..2 h}", "{share: \"1.5\"}", "A share lies between 0 and 1.")]
    [InlineData("    hits: exposed", "    hits: everybody", "there is no target 'everybody'.")]
    [InlineData("remedy: add-standby", "remedy: add-stanby", "there is no remedy 'add-stanby'. Did you mean 'add-standby'?")]
    [InlineData("implementation: medium, a day", "implementation: some, a day", "'implementation' is a level and a few words")]
    [InlineData("about: instance", "about: instanze", "there is no table 'instanze' in a snapshot. Did you mean 'instance'?")]
    [InlineData("lesson: disk-full", "lesson: disk-ful", "the lesson is called 'disk-ful', and its file 'disk-full.yaml'.")]
    [InlineData("mechanism: [capacity-loss]", "mechanism: [capacity-lost]", "Did you mean 'capacity-loss'?")]
    [InlineData("mechanism: [capacity-loss]", "mechanism: []", "'mechanism' needs at least 1, and has 0.")]
    [InlineData("does: stays-normal", "does: falls", "no signal stays normal.")]
    [InlineData("\"probe:answer\"", "\"answer\"", "'signal' is a family and a name")]
    [InlineData("title: A sentence", "title: [A sentence", "this is not YAML")]
    [InlineData("summary: One sentence.", "summary: One.\nsummary: Two.", "'summary' stands here twice.")]
    [InlineData("summary: One sentence.", "summary: &a One.", "anchors and aliases")]
    [InlineData("summary: One sentence.", "summary: !!str One.", "tags (! and !!) are not read.")]
    [InlineData("summary: One sentence.\n", "", "'summary' is missing.")]
    [InlineData("{instance_id: i-2, state:", "{instance_idd: i-2, state:", "the table 'instance' has no column 'instance_idd'. Did you mean 'instance_id'?")]
    [InlineData("volume: []", "volumes: []", "there is no table 'volumes' in a snapshot. Did you mean 'volume'?")]
    [InlineData("finds: {i-1: medium}", "finds: {i-1: bad}", "'bad' is not a severity.")]
    public void A_mistake_is_told_with_its_line_and_the_mend(string right, string wrong, string message)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        Read(Good.Replace(right, wrong, StringComparison.Ordinal), out var faults);

        Assert.Contains(faults, f => f.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(faults, static f => Assert.Matches("^TZN2[0-9]{3} my/disk-full\\.yaml:[0-9]+: ", f.Message));
    }

    [Fact]
    public void Every_fault_of_a_file_is_told_at_once()
    {
        var text = Good.Replace("title: A", "titel: A", StringComparison.Ordinal).Replace("severity: medium ", "severity: mild ", StringComparison.Ordinal);

        Read(text, out var faults);

        // The unknown key, the key that is missing for it, and the severity.
        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void A_mistake_names_the_line_it_stands_on()
    {
        var text = Good.Replace("severity: medium ", "severity: mild ", StringComparison.Ordinal);
        var line = text[..text.IndexOf("severity: mild", StringComparison.Ordinal)].Count(static c => c == '\n') + 1;

        Read(text, out var faults);

        Assert.Equal($"my/disk-full.yaml:{line}", Assert.Single(faults).Where);
    }

    [Theory]
    [InlineData("where state = 'running' and json", "where stat = 'running' and json", "no such column: stat", "where stat =")]
    [InlineData("from instance\n    where", "from instanse\n    where", "no such table: instanse", "from instanse")]
    [InlineData("instance_id as resource, account,", "instance_id as resource,, account,", "near \",\": syntax error", "resource,, account")]
    [InlineData("'add-standby' as remedy", "'add-standby' as # remedy", "unrecognized token", "as # remedy")]
    public void Wrong_sql_is_told_with_its_line_in_the_file(string right, string wrong, string message, string lineHas)
    {
        var text = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        var lesson = Read(text, out var faults);
        Assert.Empty(faults);

        var fault = Assert.Single(SqlCheck.Faults([lesson!]));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal($"my/disk-full.yaml:{text[..text.IndexOf(lineHas, StringComparison.Ordinal)].Count(static c => c == '\n') + 1}", fault.Where);
    }

    [Theory]
    [InlineData("delete from instance", "is not a SELECT")]
    [InlineData("pragma user_version", "is not a SELECT")]
    [InlineData("select 1 as resource; select 2", "more than one statement")]
    [InlineData("select instance_id as resource, account, region from instance", "no column 'evidence'")]
    [InlineData("select instance_id as resource, account, region, account, 'x' as evidence from instance", "the column 'account' twice")]
    [InlineData("-- only a comment", "is not a SELECT")]
    public void Sql_that_is_not_one_select_with_the_needed_columns_is_refused(string sql, string message)
    {
        var at = Good.IndexOf("  sql: |", StringComparison.Ordinal);
        var end = Good.IndexOf("  clear: No", StringComparison.Ordinal);
        var lesson = Read(string.Concat(Good.AsSpan(0, at), $"  sql: \"{sql}\"\n", Good.AsSpan(end)), out var faults);
        Assert.Empty(faults);

        Assert.Contains(message, Assert.Single(SqlCheck.Faults([lesson!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_done_to_a_lesson_only_user_errors_come_out()
    {
        // Bytes changed, cut and doubled in a real lesson, from fixed seeds.
        var source = Encoding.UTF8.GetBytes(LessonBook.FindBundledText("pv-grub-boot")!);
        var broken = 0;
        for (ulong seed = 1; seed <= 600; seed++)
        {
            var state = unchecked(seed * 0x9E3779B97F4A7C15);
            ulong Next(ulong below)
            {
                unchecked
                {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                }

                return state % below;
            }

            var bytes = source.ToList();
            for (var i = Next(4); i < 4; i++)
            {
                var at = (int)Next((ulong)bytes.Count);
                switch (Next(4))
                {
                    case 0: bytes[at] = (byte)Next(256); break;
                    case 1: bytes.RemoveRange(at, Math.Min(bytes.Count - at, (int)Next(40))); break;
                    case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, (int)Next(40)))); break;
                    default: bytes.Insert(at, Signs[(int)Next((ulong)Signs.Length)]); break;
                }
            }

            var text = Encoding.UTF8.GetString([.. bytes]);
            var faults = new List<UserError>();
            var lesson = LessonReader.Read(text, "pv-grub-boot.yaml", false, faults);
            Assert.True(lesson is not null || faults.Count > 0, $"seed {seed}");
            broken += faults.Count > 0 ? 1 : 0;
            if (lesson is not null && seed % 10 == 0)
            {
                _ = SqlCheck.Faults([lesson]);
            }
        }

        Assert.True(broken > 100, $"only {broken} mutations broke anything");
    }

    [Fact]
    public void A_file_cut_at_any_length_gives_a_line_and_no_lesson_until_it_is_whole()
    {
        for (var length = 0; length < Good.Length - 60; length += 7)
        {
            Assert.Null(Read(Good[..length], out var faults));
            Assert.NotEmpty(faults);
        }
    }

    private static Lesson? Read(string text, out List<UserError> faults)
    {
        faults = [];
        return LessonReader.Read(text, "my/disk-full.yaml", isBundled: false, faults);
    }
}
