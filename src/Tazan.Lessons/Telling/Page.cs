using System.Text;

namespace Tazan.Lessons.Telling;

/// <summary>A page of wrapped text for a terminal, with or without colour.</summary>
internal sealed class Page(int width, bool color)
{
    private const string Reset = "\u001b[0m";
    private const string BoldOn = "\u001b[1m";
    private const string DimOn = "\u001b[2m";
    private readonly StringBuilder text = new();

    // A terminal narrower than this cannot show a table; a line longer than that is hard to read.
    private readonly int columns = Math.Clamp(width, 40, 100);

    public void Blank() => text.Append('\n');

    public void Heading(string words) => text.Append('\n').Append(Paint(words.ToUpperInvariant(), BoldOn)).Append('\n');

    public void Title(string words) => Wrapped(words, "", "", BoldOn);

    public void Paragraph(string words, int indent = 2)
    {
        var space = new string(' ', indent);
        Wrapped(words, space, space, "");
    }

    public void Dim(string words, int indent = 2)
    {
        var space = new string(' ', indent);
        Wrapped(words, space, space, DimOn);
    }

    /// <summary>A label and its text, the text's further lines under its first.</summary>
    public void Item(string label, string words, int labelWidth)
    {
        var first = "  " + label.PadRight(labelWidth) + " ";
        if (label.Length > labelWidth)
        {
            Wrapped(label, "  ", "  ", "");
            first = new string(' ', labelWidth + 3);
        }

        Wrapped(words, first, new string(' ', labelWidth + 3), "");
    }

    /// <summary>Lines as they are, indented.</summary>
    public void Verbatim(string block)
    {
        foreach (var line in block.Split('\n'))
        {
            text.Append("    ").Append(Paint(line, DimOn).TrimEnd()).Append('\n');
        }
    }

    /// <summary>Markdown as far as stories use it: paragraphs, bullets, bold and code.</summary>
    public void Markdown(string markdown)
    {
        var blocks = markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < blocks.Length; i++)
        {
            if (i > 0)
            {
                Blank();
            }

            var paragraph = new StringBuilder();
            var isBullet = false;
            void Flush()
            {
                if (paragraph.Length > 0)
                {
                    Wrapped(paragraph.ToString(), isBullet ? "  - " : "  ", isBullet ? "    " : "  ", "");
                    paragraph.Clear();
                }
            }

            foreach (var line in blocks[i].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var starts = line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal);
                if (starts)
                {
                    Flush();
                    isBullet = true;
                }

                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(starts ? line[2..] : line);
            }

            Flush();
        }
    }

    public override string ToString() => text.ToString();

    private void Wrapped(string words, string first, string rest, string paint)
    {
        var line = new StringBuilder(first);
        var length = first.Length;
        var empty = true;
        var bold = false;
        foreach (var word in words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var (shown, shownLength) = Inline(word, ref bold);
            if (!empty && length + 1 + shownLength > columns)
            {
                End(line, paint, bold);
                line.Append(rest).Append(bold && color ? BoldOn : "");
                length = rest.Length;
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(shown);
            length += (empty ? 0 : 1) + shownLength;
            empty = false;
        }

        End(line, paint, bold: false);
    }

    private void End(StringBuilder line, string paint, bool bold)
    {
        text.Append(Paint(line.ToString().TrimEnd(), paint)).Append(bold && color ? Reset : "").Append('\n');
        line.Clear();
    }

    // Takes ** and ` away; bold may span words, and therefore lines.
    private (string Shown, int Length) Inline(string word, ref bool bold)
    {
        var shown = new StringBuilder();
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '*' && i + 1 < word.Length && word[i + 1] == '*')
            {
                bold = !bold;
                i++;
                if (color)
                {
                    shown.Append(bold ? BoldOn : Reset);
                }
            }
            else if (word[i] != '`')
            {
                shown.Append(word[i]);
                length++;
            }
        }

        return (shown.ToString(), length);
    }

    private string Paint(string words, string paint) => color && paint.Length > 0 && words.Length > 0 ? paint + words + Reset : words;
}
