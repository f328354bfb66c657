using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Schema;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons.Reading;

/// <summary>Reads one lesson file strictly: every fault with its line.</summary>
internal static class LessonReader
{
    // The longest bundled lesson is a fiftieth of this; anything larger was named by mistake.
    private const int LargestFile = 1 << 20;

    /// <summary>Reads a lesson.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">As the user would open it; its name must be the lesson's.</param>
    /// <param name="isBundled">Whether it came with the program.</param>
    /// <param name="faults">Gets every fault.</param>
    /// <returns>The lesson, or null when there was a fault.</returns>
    public static Lesson? Read(string text, string file, bool isBundled, List<UserError> faults)
    {
        var before = faults.Count;
        if (text.Length > LargestFile)
        {
            faults.Add(new UserError("TZN2001", file, "is too large to be a lesson.", "A lesson is a YAML file of some hundred lines."));
            return null;
        }

        Node root;
        try
        {
            root = YamlTree.Read(text, file);
        }
        catch (UserError fault)
        {
            faults.Add(fault);
            return null;
        }

        var check = new ShapeCheck(file, faults);
        check.See(root, LessonFormat.Lesson, "");
        if (faults.Count > before)
        {
            return null;
        }

        var lesson = Make(root, file, isBundled, check);
        return faults.Count > before ? null : lesson;
    }

    // From here on every required key is there and has the right shape.
    private static Lesson Make(Node root, string file, bool isBundled, ShapeCheck check)
    {
        var name = Text(root, "lesson");
        if (name != Path.GetFileNameWithoutExtension(file))
        {
            check.Fault(root.Find("lesson")!, $"the lesson is called '{name}', and its file '{Path.GetFileName(file)}'.", "Give both one name.");
        }

        var sees = ReadSees(root.Find("sees")!, check);
        var helps = ReadHelps(root.Find("helps")!, check);
        return new Lesson
        {
            Name = name,
            Title = Text(root, "title"),
            When = Text(root, "when"),
            Who = Text(root, "who"),
            Mechanisms = Texts(root, "mechanism"),
            Severity = ParseSeverity(Text(root, "severity")),
            Summary = Text(root, "summary"),
            Story = root.Find("story")!.Text.Trim(),
            Timeline = [.. root.Find("timeline")!.Items.Select(static n => new Moment(Text(n, "at"), Text(n, "what")))],
            Sources = [.. root.Find("sources")!.Items.Select(static n => new LessonSource(Text(n, "title"), Text(n, "url")))],
            Exposed = ReadExposed(root.Find("exposed")!, file, check),
            Happens = ReadHappens(root.Find("happens")!, check),
            Sees = sees,
            Helps = helps,
            Teaches = Texts(root, "teaches"),
            Limits = Texts(root, "limits"),
            Examples = ReadExamples(root.Find("examples")!, check),
            File = file,
            IsBundled = isBundled,
        };
    }

    private static ExposedSection ReadExposed(Node node, string file, ShapeCheck check)
    {
        var about = node.Find("about")!;
        if (about.Text != "account" && SnapshotSchema.Find(about.Text) is null)
        {
            check.Fault(about, $"there is no table '{about.Text}' in a snapshot.", Nearest.Find(about.Text, TableNames) is { } near ? $"Did you mean '{near}'?" : "See: tazan schema");
        }

        foreach (var optional in node.Find("optional")?.Items ?? [])
        {
            if (SnapshotSchema.Find(optional.Text) is null)
            {
                check.Fault(optional, $"there is no table '{optional.Text}' in a snapshot.", Nearest.Find(optional.Text, TableNames) is { } near ? $"Did you mean '{near}'?" : "");
            }
        }

        return new ExposedSection(about.Text, Sql(node.Find("among")!, file), Sql(node.Find("sql")!, file), Text(node, "clear"), Texts(node, "optional"));
    }

    private static ImmutableArray<Happening> ReadHappens(Node node, ShapeCheck check)
    {
        var happens = ImmutableArray.CreateBuilder<Happening>();
        foreach (var item in node.Items)
        {
            var effect = EffectVocabulary.Find(Text(item, "effect"))!;
            var with = check.SeeParameters(item.Find("with"), item, effect, "effect");
            var untilMended = Text(item, "for") == "until-mended";
            Quantity? duration = item.Find("for") is { } f && !untilMended ? Time(f, check) : null;
            happens.Add(new Happening(effect, Time(item.Find("at")!, check), duration, untilMended, Text(item, "hits"), [.. with], Text(item, "note"))
            {
                AtText = Text(item, "at"),
                ForText = Text(item, "for"),
            });
        }

        return happens.ToImmutable();
    }

    private static ImmutableArray<Sign> ReadSees(Node node, ShapeCheck check)
    {
        ImmutableArray<Sign> sees = [.. node.Items.Select(static n => new Sign(Text(n, "signal"), Text(n, "does"), Text(n, "to"), Text(n, "when"), Text(n, "note")))];
        if (!sees.Any(static s => s.StaysNormal))
        {
            check.Fault(node, "no signal stays normal.", "Say at least one with 'does: stays-normal': what stays normal tells outages apart.");
        }

        return sees;
    }

    private static ImmutableArray<Help> ReadHelps(Node node, ShapeCheck check)
    {
        var helps = ImmutableArray.CreateBuilder<Help>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in node.Items)
        {
            var name = item.Find("remedy")!;
            if (!seen.Add(name.Text))
            {
                check.Fault(name, $"the remedy '{name.Text}' stands here twice.", "Keep one.");
            }

            List<ParameterValue> with = [];
            if (RemedyVocabulary.Find(name.Text) is { } remedy)
            {
                with = check.SeeParameters(item.Find("with"), item, remedy, "remedy");
            }
            else if (!name.Text.StartsWith(RemedyVocabulary.OwnPrefix, StringComparison.Ordinal))
            {
                var near = Nearest.Find(name.Text, RemedyVocabulary.Remedies.Select(static r => r.Name));
                check.Fault(name, $"there is no remedy '{name.Text}'.", near is null ? $"Begin a remedy of your own with '{RemedyVocabulary.OwnPrefix}'; the others are in docs/lessons.md." : $"Did you mean '{near}'?");
            }
            else if (item.Find("with") is { IsNothing: false } own)
            {
                check.Fault(own, "a remedy of your own takes no parameters.", "Say it in 'what'.");
            }

            helps.Add(new Help
            {
                Remedy = name.Text,
                What = Text(item, "what"),
                Effect = Text(item, "effect"),
                Implementation = ParseCost(Text(item, "implementation")),
                Running = ParseCost(Text(item, "running")),
                Operating = ParseCost(Text(item, "operating")),
                SecurityRisk = ParseCost(Text(item, "security_risk")),
                AccidentRisk = ParseCost(Text(item, "accident_risk")),
                With = [.. with],
            });
        }

        return helps.ToImmutable();
    }

    private static ImmutableArray<Example> ReadExamples(Node node, ShapeCheck check)
    {
        var examples = ImmutableArray.CreateBuilder<Example>();
        foreach (var (key, expected) in new[] { ("exposed", Answer.Exposed), ("clear", Answer.Clear), ("unknown", Answer.Unknown) })
        {
            foreach (var item in node.Find(key)!.Items)
            {
                var now = item.Find("now") is { } at ? ParseNow(at, check) : ExampleReader.DefaultNow;
                examples.Add(new Example(
                    Text(item, "name"), expected, now, ExampleReader.ReadFleet(item.Find("fleet")!, check),
                    ExampleReader.ReadFinds(item.Find("finds"), check), item.Line));
            }
        }

        return examples.ToImmutable();
    }

    private static DateTimeOffset ParseNow(Node at, ShapeCheck check)
    {
        if (DateTimeOffset.TryParseExact(at.Text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var now))
        {
            return now;
        }

        check.Fault(at, $"'{at.Text}' is not a time.", "Write it as 2026-03-02T09:00:00Z.");
        return ExampleReader.DefaultNow;
    }

    private static Quantity Time(Node node, ShapeCheck check)
    {
        if (!Quantity.TryParse(node.Text, ParameterKind.Duration, out var time, out var mend))
        {
            check.Fault(node, $"'{node.Text}' is not a time.", mend);
        }

        return time;
    }

    private static LessonSql Sql(Node node, string file) => new(node.Text.TrimEnd(), file, node.IsBlock ? node.Line + 1 : node.Line);

    private static Cost ParseCost(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return new Cost(text[..comma], text[(comma + 1)..].Trim());
    }

    internal static Severity ParseSeverity(string text) => Enum.Parse<Severity>(text, ignoreCase: true);

    private static IEnumerable<string> TableNames => SnapshotSchema.Tables.Select(static t => t.Name);

    private static string Text(Node node, string key) => node.Find(key)?.Text.Trim() ?? "";

    private static ImmutableArray<string> Texts(Node node, string key) => [.. (node.Find(key)?.Items ?? []).Select(static n => n.Text.Trim())];
}
