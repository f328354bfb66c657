namespace Tazan.Cli.Output;

/// <summary>ANSI colours, or none. Widths are measured before painting, so a painter only adds bytes.</summary>
/// <remarks>The eight basic colours only: they follow the user's own theme, so they stay readable on light and dark.</remarks>
internal readonly record struct Paint(bool IsOn)
{
    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    public string For(Answer answer, string text) => answer switch
    {
        Answer.Exposed => Wrap("1;31", text),
        Answer.Unknown => Wrap("1;33", text),
        _ => Wrap("32", text),
    };

    public string For(Severity severity, string text) => severity switch
    {
        Severity.Critical => Wrap("1;31", text),
        Severity.High => Wrap("31", text),
        Severity.Medium => Wrap("33", text),
        _ => text,
    };

    public string For(ChangeKind kind, string text) => kind switch
    {
        ChangeKind.Appeared => Wrap("32", text),
        ChangeKind.Went => Wrap("31", text),
        _ => Wrap("33", text),
    };

    private string Wrap(string code, string text) => IsOn && text.Length > 0 ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
