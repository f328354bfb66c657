using System.Collections.Immutable;

namespace Tazan.Lessons.Vocabulary;

/// <summary>One parameter of an effect or a remedy.</summary>
/// <param name="Name">As in the lesson's <c>with</c>.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="IsRequired">Whether the effect means nothing without it.</param>
/// <param name="Choices">The words of <see cref="ParameterKind.Choice"/> and <see cref="ParameterKind.Choices"/>.</param>
/// <param name="Meaning">For people, with what holds where it is left out.</param>
public sealed record Parameter(string Name, ParameterKind Kind, bool IsRequired, ImmutableArray<string> Choices, string Meaning)
{
    /// <summary>Reads <c>name kind [required] -- meaning</c>; choices stand behind the kind: <c>choice(a|b)</c>.</summary>
    /// <exception cref="FormatException">The declaration is wrong: a mistake of ours, found by a test.</exception>
    internal static Parameter Parse(string declaration)
    {
        var at = declaration.IndexOf(" -- ", StringComparison.Ordinal);
        var words = at < 0 ? [] : declaration[..at].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (2 or 3) || (words.Length == 3 && words[2] != "required"))
        {
            throw new FormatException($"Not a parameter: '{declaration}'.");
        }

        var kind = words[1];
        ImmutableArray<string> choices = [];
        if (kind.IndexOf('(', StringComparison.Ordinal) is var open and > 0)
        {
            choices = [.. kind[(open + 1)..^1].Split('|')];
            kind = kind[..open];
        }

        return new Parameter(words[0], Enum.Parse<ParameterKind>(kind, ignoreCase: true), words.Length == 3, choices, declaration[(at + 4)..].Trim());
    }
}

/// <summary>A parameter's value as a lesson gives it. Only the member of its kind is set.</summary>
/// <remarks>Immutable. Equality is not meaningful: <see cref="Words"/> is a list.</remarks>
public sealed record ParameterValue
{
    /// <summary>The parameter.</summary>
    public required Parameter Parameter { get; init; }

    /// <summary>As the lesson writes it.</summary>
    public required string Text { get; init; }

    /// <summary>For kinds that are numbers, in the kind's own unit.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>For <see cref="ParameterKind.Flag"/>.</summary>
    public bool Flag { get; init; }

    /// <summary>For <see cref="ParameterKind.Choices"/>.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
}

/// <summary>An effect or a remedy: its name, what it is, and what it takes.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Parameters">In the order they are documented.</param>
public sealed record Word(string Name, string Meaning, ImmutableArray<Parameter> Parameters)
{
    internal static Word Of(string name, string meaning, string parameters = "") => new(
        name,
        meaning,
        [.. parameters.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parameter.Parse)]);

    /// <summary>The parameter of that name, or null.</summary>
    public Parameter? Find(string parameter)
    {
        foreach (var candidate in Parameters)
        {
            if (candidate.Name == parameter)
            {
                return candidate;
            }
        }

        return null;
    }
}
