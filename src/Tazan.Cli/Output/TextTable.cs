namespace Tazan.Cli.Output;

/// <summary>Plain columns for a person: as wide as their content, cut to the terminal where there is one.</summary>
internal static class TextTable
{
    // Between two columns.
    private const string Gap = "  ";

    /// <summary>Writes a header and rows. Cells must be clean already (see <see cref="PlainText.Clean(string)"/>).</summary>
    /// <param name="to">Where to.</param>
    /// <param name="names">The header; empty for none.</param>
    /// <param name="rows">Each with as many cells as the others.</param>
    /// <param name="width">Columns to keep within; <see cref="int.MaxValue"/> for no limit.</param>
    /// <param name="indent">Spaces before each line.</param>
    public static void Write(TextWriter to, IReadOnlyList<string> names, IReadOnlyList<string[]> rows, int width, int indent = 0)
    {
        var count = names.Count > 0 ? names.Count : rows.Count > 0 ? rows[0].Length : 0;
        var widths = new int[count];
        for (var i = 0; i < count; i++)
        {
            widths[i] = names.Count > 0 ? PlainText.Width(names[i]) : 0;
            foreach (var row in rows)
            {
                widths[i] = Math.Max(widths[i], PlainText.Width(row[i]));
            }
        }

        Shrink(widths, width == int.MaxValue ? width : width - indent - (Gap.Length * Math.Max(0, count - 1)));
        if (names.Count > 0)
        {
            Line(to, names, widths, indent);
            Line(to, [.. widths.Select(static w => new string('-', w))], widths, indent);
        }

        foreach (var row in rows)
        {
            Line(to, row, widths, indent);
        }
    }

    // The widest column gives way first, so short ids stay whole while long sentences are cut.
    private static void Shrink(int[] widths, int room)
    {
        const int Least = 8;
        while (widths.Sum(static w => (long)w) > room)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= Least)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private static void Line(TextWriter to, IReadOnlyList<string> cells, int[] widths, int indent)
    {
        var line = new string(' ', indent);
        for (var i = 0; i < widths.Length; i++)
        {
            var isLast = i == widths.Length - 1;
            var cell = PlainText.Cut(cells[i], widths[i]);
            line += isLast ? cell : cell + new string(' ', Math.Max(0, widths[i] - PlainText.Width(cell))) + Gap;
        }

        to.WriteLine(line.TrimEnd());
    }
}
