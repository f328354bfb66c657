using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Tazan.Lessons.Reading;

/// <summary>What a part of a lesson file may look like. The reader checks it, and the JSON Schema is written from it.</summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>Text; of one line unless <paramref name="Long"/>; matching the pattern where there is one.</summary>
    public sealed record Line(bool Long = false, string Pattern = "", string Wanted = "") : Shape
    {
        // Interpreted: built in a tenth of the time that an automaton takes, and the patterns are our own (none can run away).
        private readonly Lazy<Regex> regex = new(() => new Regex(Pattern, RegexOptions.CultureInvariant));

        public bool Accepts(string text) => Pattern.Length == 0 || regex.Value.IsMatch(text);
    }

    /// <summary>One of a few words.</summary>
    public sealed record Choice(ImmutableArray<string> Words) : Shape;

    /// <summary>A list with at least so many items.</summary>
    public sealed record ListOf(Shape Item, int Fewest) : Shape;

    /// <summary>A map with known keys.</summary>
    public sealed record Map(string Name, ImmutableArray<Field> Fields) : Shape;

    /// <summary>The parameters of the effect or remedy beside it: checked by the vocabulary.</summary>
    public sealed record Parameters(string NamedBy) : Shape;

    /// <summary>Rows by table.</summary>
    public sealed record Rows : Shape;

    /// <summary>Severity by resource id.</summary>
    public sealed record Finds : Shape;
}

/// <summary>One key of a map.</summary>
internal sealed record Field(string Name, bool IsRequired, Shape Shape, string Meaning);
