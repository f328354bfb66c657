namespace Tazan.Lessons.Vocabulary;

/// <summary>What a parameter's value is.</summary>
public enum ParameterKind
{
    /// <summary>0 to 1.</summary>
    Share,

    /// <summary>A number without a unit, 0 or more.</summary>
    Number,

    /// <summary>A whole number, 0 or more.</summary>
    Count,

    /// <summary>A time, kept in seconds.</summary>
    Duration,

    /// <summary>Per second.</summary>
    Rate,

    /// <summary>An amount of data, kept in GiB.</summary>
    Size,

    /// <summary>MiB/s.</summary>
    Speed,

    /// <summary>US dollars.</summary>
    Money,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A list of some of a few words.</summary>
    Choices,

    /// <summary>Yes or no: <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Free text.</summary>
    Text,
}

/// <summary>What each kind looks like.</summary>
internal static class ParameterKinds
{
    private static readonly (string Text, double Factor)[] Durations = [("min", 60), ("ms", 0.001), ("s", 1), ("h", 3600), ("d", 86_400)];
    private static readonly (string Text, double Factor)[] Sizes = [("MiB", 1.0 / 1024), ("GiB", 1), ("TiB", 1024)];
    private static readonly (string Text, double Factor)[] Speeds = [("MiB/s", 1)];
    private static readonly (string Text, double Factor)[] Rates = [("/s", 1), ("/min", 1.0 / 60)];
    private static readonly (string Text, double Factor)[] Moneys = [("USD", 1)];

    public static (string Text, double Factor)[] Units(this ParameterKind kind) => kind switch
    {
        ParameterKind.Duration => Durations,
        ParameterKind.Size => Sizes,
        ParameterKind.Speed => Speeds,
        ParameterKind.Rate => Rates,
        ParameterKind.Money => Moneys,
        _ => [],
    };

    public static bool IsQuantity(this ParameterKind kind) =>
        kind is not (ParameterKind.Choice or ParameterKind.Choices or ParameterKind.Flag or ParameterKind.Text);

    public static string Example(this ParameterKind kind) => kind switch
    {
        ParameterKind.Share => "'0.25' or '0.2..0.3'",
        ParameterKind.Number => "'4' or '2..10'",
        ParameterKind.Count => "'672' or '100..200'",
        ParameterKind.Duration => "'90 s', '1..5 min' or '191..215..241 min'",
        ParameterKind.Rate => "'20 /s' or '5..10 /min'",
        ParameterKind.Size => "'60 GiB' or '1..2 TiB'",
        ParameterKind.Speed => "'5..17 MiB/s'",
        ParameterKind.Money => "'1000..1500 USD'",
        ParameterKind.Flag => "'true' or 'false'",
        _ => "text",
    };

    /// <summary>What documentation calls the kind.</summary>
    public static string ToText(this ParameterKind kind) => kind switch
    {
        ParameterKind.Share => "share, 0 to 1",
        ParameterKind.Number => "number",
        ParameterKind.Count => "whole number",
        ParameterKind.Duration => "time (ms, s, min, h, d)",
        ParameterKind.Rate => "rate (/s, /min)",
        ParameterKind.Size => "data (MiB, GiB, TiB)",
        ParameterKind.Speed => "speed (MiB/s)",
        ParameterKind.Money => "money (USD)",
        ParameterKind.Choice => "one of",
        ParameterKind.Choices => "list of",
        ParameterKind.Flag => "true or false",
        _ => "text",
    };

    /// <summary>The regular expression of the kind's text, for the JSON Schema; empty where any text will do.</summary>
    public static string Pattern(this ParameterKind kind)
    {
        if (!kind.IsQuantity())
        {
            return "";
        }

        const string Number = "[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
        var units = kind.Units();
        var unit = units.Length == 0 ? "" : " ?(" + string.Join("|", units.Select(static u => u.Text)) + ")";
        return $"^{Number}(\\.\\.{Number}){{0,2}}{unit}$";
    }
}
