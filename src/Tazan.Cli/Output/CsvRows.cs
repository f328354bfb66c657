using System.Text;

namespace Tazan.Cli.Output;

/// <summary>RFC 4180 rows: CRLF, quotes where needed, doubled quotes within.</summary>
/// <remarks>
/// Who may tag an instance may write <c>=HYPERLINK(...)</c> into somebody else's spreadsheet. So a cell that begins as
/// a formula does gets an apostrophe before it, which spreadsheets take as "this is text" and hide. A cell that begins
/// with an apostrophe gets another one, so that taking away one leading apostrophe always gives the text back.
/// Control characters but tab and line ends become visible escapes, as on a terminal.
/// </remarks>
internal sealed class CsvRows(TextWriter to)
{
    public void Write(params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                to.Write(',');
            }

            Cell(Guard(PlainText.CleanKeepingLayout(cells[i])));
        }

        to.Write("\r\n");
    }

    /// <summary>The cell as a spreadsheet may see it.</summary>
    public static string Guard(string text) => text is [var first, ..] && IsFormulaStart(first) ? "'" + text : text;

    // The full-width forms are what a Japanese Excel takes as formulas too. A tab or a line end first is skipped by some.
    private static bool IsFormulaStart(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\''
        or '＝' or '＋' or '－' or '＠';

    private void Cell(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text is not ([' ', ..] or [.., ' ']))
        {
            to.Write(text);
            return;
        }

        to.Write('"');
        to.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        to.Write('"');
    }

    /// <summary>Pairs as one JSON object in a cell; empty when there are none.</summary>
    public static string PairsCell(IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            return "";
        }

        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = Json.OpenCompact(bytes))
        {
            json.WriteStartObject();
            Json.WritePairs(json, pairs);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
