using System.Text;
using Tazan.Lessons.Reading;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons;

/// <summary>Writes the reference part of <c>docs/lessons.md</c>, so that it cannot drift from what is read.</summary>
public static class LessonReference
{
    /// <summary>The line after which the written part stands.</summary>
    public const string Mark = "<!-- written by LessonReference.Write(); change the vocabulary, not this -->";

    /// <summary>Markdown, with a newline at its end.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(Mark).Append("\n\n## Keys\n");
        Keys(text, "a lesson", LessonFormat.Lesson);
        Keys(text, "`exposed`", LessonFormat.Exposed);
        Keys(text, "an item of `happens`", LessonFormat.Happening);
        Keys(text, "an item of `sees`", LessonFormat.Sign);
        Keys(text, "an item of `helps`", LessonFormat.Help);
        Keys(text, "an item of `examples.exposed` (`clear` and `unknown` have no `finds`)", LessonFormat.ExposedExample);
        text.Append("\n## Mechanisms\n\n");
        List(text, Words.Mechanisms);
        text.Append("\n## What an effect hits\n\n");
        List(text, EffectVocabulary.Targets);
        text.Append("\n## Where signals come from\n\n");
        List(text, Words.SignalFamilies);
        text.Append("\n## What a signal does\n\n");
        List(text, Words.Doings);
        text.Append("\n## Effects\n");
        foreach (var effect in EffectVocabulary.Effects)
        {
            Describe(text, effect);
        }

        text.Append("\n## Remedies\n\nA name that begins with `").Append(RemedyVocabulary.OwnPrefix).Append("` is your own: it is described and shown, and takes no parameters.\n");
        foreach (var remedy in RemedyVocabulary.Remedies)
        {
            Describe(text, remedy);
        }

        return text.ToString();
    }

    private static void Keys(StringBuilder text, string what, Shape.Map map)
    {
        text.Append("\nOf ").Append(what).Append(":\n\n| key | required | what it is |\n| --- | --- | --- |\n");
        foreach (var field in map.Fields)
        {
            text.Append("| `").Append(field.Name).Append("` | ").Append(field.IsRequired ? "yes" : "").Append(" | ").Append(field.Meaning).Append(" |\n");
        }
    }

    private static void List(StringBuilder text, IEnumerable<(string Name, string Meaning)> words)
    {
        foreach (var (name, meaning) in words)
        {
            text.Append("- `").Append(name).Append("`: ").Append(meaning).Append('\n');
        }
    }

    private static void Describe(StringBuilder text, Word word)
    {
        text.Append("\n### `").Append(word.Name).Append("`\n\n").Append(word.Meaning).Append('\n');
        if (word.Parameters.IsEmpty)
        {
            return;
        }

        text.Append("\n| parameter | value | required | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var parameter in word.Parameters)
        {
            var choices = parameter.Choices.IsEmpty ? "" : " " + string.Join(", ", parameter.Choices.Select(static c => $"`{c}`"));
            text.Append("| `").Append(parameter.Name).Append("` | ").Append(parameter.Kind.ToText()).Append(choices)
                .Append(" | ").Append(parameter.IsRequired ? "yes" : "").Append(" | ").Append(parameter.Meaning).Append(" |\n");
        }
    }
}
