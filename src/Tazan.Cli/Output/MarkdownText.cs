using System.Text;

namespace Tazan.Cli.Output;

/// <summary>Other people's text within GitHub's Markdown: it shows as it is and neither marks up, links, nor ends a table's cell.</summary>
internal static class MarkdownText
{
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var c in PlainText.CleanKeepingLayout(text.ReplaceLineEndings("\n")))
        {
            _ = c switch
            {
                '\n' => safe.Append("<br>"),
                '\t' => safe.Append(' '),
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                // A mention in a tag value must not call anybody: GitHub reads none inside code.
                '@' => safe.Append("<code>@</code>"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '|' or '#' or '!' or '$' => safe.Append('\\').Append(c),
                _ => safe.Append(c),
            };
        }

        return safe.ToString();
    }

    public static void Row(TextWriter to, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            to.Write("| ");
            to.Write(Escape(cell));
            to.Write(' ');
        }

        to.WriteLine("|");
    }

    public static void Header(TextWriter to, params ReadOnlySpan<string> cells)
    {
        Row(to, cells);
        foreach (var _ in cells)
        {
            to.Write("| --- ");
        }

        to.WriteLine("|");
    }
}
