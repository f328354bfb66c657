using Tazan.Lessons.Telling;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons;

/// <summary>Retells a lesson for the terminal.</summary>
public static class LessonText
{
    /// <summary>The whole lesson as wrapped text.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="width">Columns of the terminal; kept between 40 and 100.</param>
    /// <param name="color">Whether to use bold and dim (ANSI).</param>
    /// <param name="withSql">Whether to show the SQL that finds the exposed.</param>
    public static string Render(Lesson lesson, int width, bool color, bool withSql = false)
    {
        var page = new Page(width, color);
        page.Title(lesson.Title);
        page.Dim($"{lesson.Name} · {lesson.When} · {lesson.Who} · {string.Join(", ", lesson.Mechanisms)} · severity {Lower(lesson.Severity)}", 0);
        page.Blank();
        page.Paragraph(lesson.Summary, 0);

        page.Heading("What happened");
        page.Markdown(lesson.Story);

        page.Heading("Timeline");
        var labels = Math.Min(24, lesson.Timeline.Max(static m => m.At.Length));
        foreach (var moment in lesson.Timeline)
        {
            page.Item(moment.At, moment.What, labels);
        }

        page.Heading("Who is exposed");
        page.Paragraph($"Looked at: {Checking.Reasons.Noun(lesson.Exposed.About, 2)}. Clear when: {lesson.Exposed.Clear}");
        if (withSql)
        {
            page.Blank();
            page.Verbatim(lesson.Exposed.Sql.Text);
        }
        else
        {
            page.Dim("The SQL that finds them: tazan lesson show " + lesson.Name + " --sql");
        }

        page.Heading("What happens to them");
        foreach (var happening in lesson.Happens)
        {
            page.Item(Span(happening), Sentence(happening), 22);
        }

        page.Heading("What one sees");
        foreach (var sign in lesson.Sees.Where(static s => !s.StaysNormal))
        {
            page.Item(sign.Signal, Say(sign), 24);
        }

        page.Heading("What stays normal");
        foreach (var sign in lesson.Sees.Where(static s => s.StaysNormal))
        {
            page.Item(sign.Signal, Say(sign), 24);
        }

        page.Heading("What helps");
        foreach (var help in lesson.Helps)
        {
            Tell(page, help);
        }

        List(page, "What to take away", lesson.Teaches);
        List(page, "What this lesson does not know", lesson.Limits);
        page.Heading("Sources");
        foreach (var source in lesson.Sources)
        {
            page.Paragraph(source.Url.Length == 0 ? source.Title : $"{source.Title}: {source.Url}");
        }

        return page.ToString();
    }

    private static void Tell(Page page, Help help)
    {
        page.Blank();
        page.Paragraph($"**{help.Remedy}** {help.What}{With(help.With)}");
        page.Paragraph(help.Effect, 4);
        foreach (var (name, cost) in new[]
        {
            ("to put in place", help.Implementation), ("to pay for", help.Running), ("to look after", help.Operating),
            ("security risk", help.SecurityRisk), ("accident risk", help.AccidentRisk),
        })
        {
            page.Item("  " + name, $"{cost.Level}: {cost.Words}", 18);
        }
    }

    private static void List(Page page, string heading, IReadOnlyCollection<string> sentences)
    {
        if (sentences.Count == 0)
        {
            return;
        }

        page.Heading(heading);
        foreach (var sentence in sentences)
        {
            page.Markdown("- " + sentence);
        }
    }

    private static string Span(Happening happening) =>
        "+" + happening.AtText + (happening.UntilMended ? ", until mended" : happening.ForText.Length > 0 ? ", for " + happening.ForText : "");

    private static string Sentence(Happening happening)
    {
        var target = EffectVocabulary.Targets.First(t => t.Name == happening.Hits).Meaning;
        var note = happening.Note.Length == 0 ? "" : " (" + happening.Note.TrimEnd('.') + ".)";
        return $"**{happening.Effect.Name}** {happening.Effect.Meaning}{With(happening.With)} Hits {target}.{note}";
    }

    private static string With(IReadOnlyCollection<ParameterValue> with) =>
        with.Count == 0 ? "" : " With " + string.Join(", ", with.Select(static v => $"{v.Parameter.Name.Replace('_', ' ')} {v.Text}")) + ".";

    private static string Say(Sign sign)
    {
        var text = sign.StaysNormal ? (sign.To.Length > 0 ? sign.To : "as always") : sign.Does + (sign.To.Length > 0 ? " to " + sign.To : "");
        text += sign.When.Length > 0 ? ", " + sign.When : "";
        return sign.Note.Length > 0 ? $"{text}. {sign.Note}" : text + ".";
    }

    private static string Lower(Severity severity) => severity.ToString().ToLowerInvariant();
}
