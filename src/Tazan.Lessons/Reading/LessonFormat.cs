using System.Collections.Immutable;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons.Reading;

/// <summary>The whole lesson format, in the order in which a lesson is best written.</summary>
internal static class LessonFormat
{
    internal const string NamePattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    private static readonly Shape Sentence = new Shape.Line();
    private static readonly Shape Prose = new Shape.Line(Long: true);
    private static readonly Shape Sql = new Shape.Line(Long: true);
    private static readonly Shape Name = new Shape.Line(Pattern: NamePattern, Wanted: "lower-case words joined by '-'");
    private static readonly Shape Time = new Shape.Line(Pattern: Pattern(ParameterKind.Duration), Wanted: "a time such as '90 s', '1..5 min' or '10 d'");
    private static readonly Shape Cost = new Shape.Line(
        Pattern: $"^({string.Join("|", Words.Levels)}), .+",
        Wanted: "a level and a few words, such as 'low, one rule in one group'");

    private static readonly Shape.Map Moment = new("moment", [
        new("at", true, Sentence, "When: a date, a time, or the time since the beginning."),
        new("what", true, Sentence, "What happened then."),
    ]);

    private static readonly Shape.Map Source = new("source", [
        new("title", true, Sentence, "Who says it, and where."),
        new("url", false, new Shape.Line(Pattern: "^https?://[^ ]+$", Wanted: "an address beginning with https:// or http://"), "Its public address, where it has one."),
    ]);

    internal static readonly Shape.Map Exposed = new("exposed", [
        new("about", true, new Shape.Line(Pattern: "^[a-z][a-z_0-9]*$", Wanted: "a table of the snapshot, or account"), "What a row is about: a table of the snapshot, or account."),
        new("among", true, Sql, "SQL whose one number says how many resources were looked at."),
        new("sql", true, Sql, "SQL that returns a row for each exposed resource."),
        new("clear", true, Sentence, "What is true of the fleet when no row came back."),
        new("optional", false, new Shape.ListOf(new Shape.Line(), 1), "Tables without which the answer still holds; all others turn it into unknown when they could not be read."),
    ]);

    internal static readonly Shape.Map Happening = new("happening", [
        new("effect", true, new Shape.Choice([.. EffectVocabulary.Effects.Select(static e => e.Name)]), "What happens."),
        new("at", true, Time, "When it begins, from the first event of the outage."),
        new("for", false, new Shape.Line(Pattern: Pattern(ParameterKind.Duration)[..^1] + "$|^until-mended$", Wanted: "a time such as '20 min', or until-mended"), "How long it lasts; left out where the effect is an instant; until-mended where only somebody's work ends it."),
        new("hits", true, new Shape.Choice([.. EffectVocabulary.Targets.Select(static t => t.Name)]), "What it hits."),
        new("with", false, new Shape.Parameters("effect"), "The effect's parameters."),
        new("note", false, Sentence, "Where the figures come from, or what is assumed."),
    ]);

    internal static readonly Shape.Map Sign = new("sign", [
        new("signal", true, new Shape.Line(
            Pattern: $"^({string.Join("|", Words.SignalFamilies.Select(static f => f.Name))}):[A-Za-z][A-Za-z0-9_-]*$",
            Wanted: "a family and a name, such as metric:CPUUtilization or probe:connect"), "What is looked at."),
        new("does", true, new Shape.Choice([.. Words.Doings.Select(static d => d.Name)]), "What it does in this outage."),
        new("to", false, Sentence, "To which value."),
        new("when", false, Sentence, "At which point of the outage."),
        new("note", false, Sentence, "What to make of it."),
    ]);

    internal static readonly Shape.Map Help = new("help", [
        new("remedy", true, Name, "The remedy's name."),
        new("what", true, Sentence, "What is done, in one sentence; reports show it."),
        new("effect", true, Sentence, "What it changes about the outage."),
        new("implementation", true, Cost, "What putting it in place costs."),
        new("running", true, Cost, "What the provider's bill says about it."),
        new("operating", true, Cost, "What it costs the people who look after it."),
        new("security_risk", true, Cost, "What it opens."),
        new("accident_risk", true, Cost, "What can go wrong while doing or having it."),
        new("with", false, new Shape.Parameters("remedy"), "The remedy's parameters."),
    ]);

    internal static readonly Shape.Map Example = new("example", [
        new("name", true, Sentence, "What this fleet is."),
        new("now", false, new Shape.Line(Pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", Wanted: "a time such as 2026-03-02T09:00:00Z"), "When it is looked at; 2026-03-02T09:00:00Z where left out."),
        new("fleet", true, new Shape.Rows(), "Rows by table. A table that is named was read, even when it has no rows."),
    ]);

    internal static readonly Shape.Map ExposedExample = new("exposed-example", [
        .. Example.Fields,
        new("finds", true, new Shape.Finds(), "Every resource that must be found, with its severity, and no other."),
    ]);

    internal static readonly Shape.Map Examples = new("examples", [
        new("exposed", true, new Shape.ListOf(ExposedExample, 1), "Fleets that must match."),
        new("clear", true, new Shape.ListOf(Example, 1), "Fleets that must not."),
        new("unknown", true, new Shape.ListOf(Example, 1), "Fleets of which too little was read to say."),
    ]);

    /// <summary>The file itself.</summary>
    internal static readonly Shape.Map Lesson = new("lesson", [
        new("lesson", true, Name, "The lesson's name, which is the file's."),
        new("title", true, Sentence, "A sentence that somebody in an incident call would recognise."),
        new("when", true, Sentence, "The year or the date of the outage."),
        new("who", true, Sentence, "Whom it happened to."),
        new("mechanism", true, new Shape.ListOf(new Shape.Choice([.. Words.Mechanisms.Select(static m => m.Name)]), 1), "Classes of what went wrong, the most important first."),
        new("severity", true, new Shape.Choice(Words.Severities), "Of a row whose SQL gives none; by consequence."),
        new("summary", true, Sentence, "One sentence."),
        new("story", true, Prose, "What happened, in paragraphs, with the figures: a reader can retell the post-mortem from it."),
        new("timeline", true, new Shape.ListOf(Moment, 1), "The moments, in order."),
        new("sources", true, new Shape.ListOf(Source, 1), "Where the facts come from."),
        new("exposed", true, Exposed, "Who would be hit."),
        new("happens", true, new Shape.ListOf(Happening, 1), "What happens to them, forwards in time."),
        new("sees", true, new Shape.ListOf(Sign, 2), "What one sees, and what stays normal."),
        new("helps", true, new Shape.ListOf(Help, 1), "What can be done."),
        new("teaches", false, new Shape.ListOf(Sentence, 1), "What to take away."),
        new("limits", false, new Shape.ListOf(Sentence, 1), "What the lesson does not know or does not look at."),
        new("examples", true, Examples, "Small fleets that prove the SQL."),
    ]);

    private static string Pattern(ParameterKind kind) => kind.Pattern();
}
