using System.Text;

namespace Tazan.Inventory.Facts;

/// <summary>Reads the reference tables under <c>Reference/</c>: RFC 4180 with a heading row; a line that starts with # is a comment.</summary>
/// <remarks>A file that does not fit is a mistake of ours and throws.</remarks>
internal static class ReferenceCsv
{
    /// <summary>The rows of an embedded file, the heading left out, after checking that the heading is the one expected.</summary>
    internal static List<string[]> Read(string file, string heading)
    {
        using var stream = typeof(ReferenceCsv).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The reference table {file} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var rows = new List<string[]>();
        var width = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (width == 0)
            {
                width = line == heading ? heading.Split(',').Length : throw new InvalidOperationException($"{file} has another heading: {line}");
                continue;
            }

            var fields = Fields(line);
            rows.Add(fields.Length == width ? fields : throw new InvalidOperationException($"{file} has a row of {fields.Length} fields: {line}"));
        }

        return rows;
    }

    private static string[] Fields(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(',');
        }

        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                // A doubled quote inside quotes is one quote.
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
