using System.Collections.Immutable;
using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons;

/// <summary>One published outage: the story, who is exposed, what happens, what one sees, what helps.</summary>
/// <remarks>Immutable. Equality is not meaningful: it holds lists.</remarks>
public sealed record Lesson
{
    /// <summary>Kebab case; the file's name.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The year or date of the outage.</summary>
    public required string When { get; init; }

    public required string Who { get; init; }

    /// <summary>The most important first; from <see cref="Words.Mechanisms"/>.</summary>
    public required ImmutableArray<string> Mechanisms { get; init; }

    /// <summary>Of a row whose SQL gives none.</summary>
    public required Severity Severity { get; init; }

    public required string Summary { get; init; }

    /// <summary>Markdown: paragraphs, bullets, bold and code.</summary>
    public required string Story { get; init; }

    public required ImmutableArray<Moment> Timeline { get; init; }

    public required ImmutableArray<LessonSource> Sources { get; init; }

    public required ExposedSection Exposed { get; init; }

    public required ImmutableArray<Happening> Happens { get; init; }

    public required ImmutableArray<Sign> Sees { get; init; }

    public required ImmutableArray<Help> Helps { get; init; }

    public ImmutableArray<string> Teaches { get; init; } = [];

    public ImmutableArray<string> Limits { get; init; } = [];

    public required ImmutableArray<Example> Examples { get; init; }

    /// <summary>The file, as the user would open it.</summary>
    public required string File { get; init; }

    /// <summary>Whether it came with the program.</summary>
    public bool IsBundled { get; init; }

    /// <summary>The first public address among the sources; empty where there is none.</summary>
    public string FirstAddress => Sources.FirstOrDefault(static s => s.Url.Length > 0)?.Url ?? "";

    /// <summary>The help of that remedy, or null.</summary>
    public Help? FindHelp(string remedy) => Helps.FirstOrDefault(h => h.Remedy == remedy);
}

/// <summary>One moment of the outage.</summary>
public sealed record Moment(string At, string What);

/// <summary>Where facts come from. The address is empty where the source has none.</summary>
public sealed record LessonSource(string Title, string Url);

/// <summary>SQL with the place it stands at, so that SQLite's complaints can name a line of the file.</summary>
/// <param name="Text">The SQL.</param>
/// <param name="File">The lesson's file.</param>
/// <param name="FirstLine">The line of the file on which the SQL's first line stands.</param>
public sealed record LessonSql(string Text, string File, int FirstLine);

/// <summary>Who would be hit.</summary>
/// <param name="About">The table that a row's resource is a row of, or <c>account</c>.</param>
/// <param name="Among">Counts what was looked at.</param>
/// <param name="Sql">A row for each exposed resource.</param>
/// <param name="Clear">What is true when no row came back.</param>
/// <param name="Optional">Tables without which the answer still holds.</param>
public sealed record ExposedSection(string About, LessonSql Among, LessonSql Sql, string Clear, ImmutableArray<string> Optional);

/// <summary>One timed effect.</summary>
/// <param name="Effect">From <see cref="EffectVocabulary"/>.</param>
/// <param name="At">Seconds from the first event.</param>
/// <param name="For">Seconds; null for an instant and for what lasts until mended.</param>
/// <param name="UntilMended">Whether only somebody's work ends it.</param>
/// <param name="Hits">From <see cref="EffectVocabulary.Targets"/>.</param>
/// <param name="With">The effect's parameters.</param>
/// <param name="Note">Empty where there is none.</param>
public sealed record Happening(Word Effect, Quantity At, Quantity? For, bool UntilMended, string Hits, ImmutableArray<ParameterValue> With, string Note)
{
    /// <summary>The times as the lesson writes them.</summary>
    public required string AtText { get; init; }

    /// <summary>As <see cref="AtText"/>; empty for an instant.</summary>
    public required string ForText { get; init; }
}

/// <summary>What one signal does in the outage.</summary>
/// <param name="Signal">Family and name, such as <c>metric:CPUUtilization</c>.</param>
/// <param name="Does">From <see cref="Words.Doings"/>.</param>
/// <param name="To">To which value; empty where not said.</param>
/// <param name="When">Empty where not said.</param>
/// <param name="Note">Empty where not said.</param>
public sealed record Sign(string Signal, string Does, string To, string When, string Note)
{
    /// <summary>Whether it is evidence by staying as it always is.</summary>
    public bool StaysNormal => Does == "stays-normal";
}

/// <summary>One remedy with its effect, costs and risks.</summary>
public sealed record Help
{
    /// <summary>From <see cref="RemedyVocabulary"/>, or the user's own.</summary>
    public required string Remedy { get; init; }

    public required string What { get; init; }

    public required string Effect { get; init; }

    public required Cost Implementation { get; init; }

    public required Cost Running { get; init; }

    public required Cost Operating { get; init; }

    public required Cost SecurityRisk { get; init; }

    public required Cost AccidentRisk { get; init; }

    public ImmutableArray<ParameterValue> With { get; init; } = [];
}

/// <summary>How much, and in words.</summary>
/// <param name="Level">From <see cref="Words.Levels"/>.</param>
/// <param name="Words">A few words.</param>
public sealed record Cost(string Level, string Words);

/// <summary>A small fleet with the answer the lesson must give about it.</summary>
/// <param name="Name">What this fleet is.</param>
/// <param name="Expected">The answer.</param>
/// <param name="Now">When it is looked at.</param>
/// <param name="Tables">Its rows.</param>
/// <param name="Finds">Every resource that must be found with its severity; empty unless exposed is expected.</param>
/// <param name="Line">Where it stands in the file.</param>
public sealed record Example(
    string Name, Answer Expected, DateTimeOffset Now, ImmutableArray<ExampleTable> Tables,
    ImmutableArray<KeyValuePair<string, Severity>> Finds, int Line);

/// <summary>Rows of one table. A value is null, a <see cref="long"/>, a <see cref="double"/> or a <see cref="string"/>.</summary>
public sealed record ExampleTable(string Table, ImmutableArray<ImmutableArray<KeyValuePair<string, object?>>> Rows);
