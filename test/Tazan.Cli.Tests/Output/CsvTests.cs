using System.Text;
using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class CsvTests
{
    [Fact]
    public void A_cell_comes_back_as_it_was_but_for_its_control_characters()
    {
        for (var seed = 0UL; seed < 500; seed++)
        {
            var chance = new Chance(seed);
            string[] cells = [.. Enumerable.Range(0, 1 + chance.Below(5)).Select(_ => CheckJsonTests.Whole(chance.Text(5)))];
            var text = new StringWriter();
            new CsvRows(text).Write(cells);

            var read = Assert.Single(Parse(text.ToString()));
            Assert.Equal(cells.Select(PlainText.CleanKeepingLayout), read.Select(c => c.StartsWith('\'') ? c[1..] : c));
        }
    }

    [Theory]
    [InlineData("=cmd", "'=cmd")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'a", "''a")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void What_a_spreadsheet_would_run_is_made_text(string cell, string guarded) => Assert.Equal(guarded, CsvRows.Guard(cell));

    [Fact]
    public void Every_row_has_the_headers_cells_and_every_lesson_has_a_row()
    {
        var rows = Parse(Render.Text(Sample.Nasty(), ReportFormat.Csv));

        Assert.Equal(1 + 403 + 2, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Count, r.Count));
        Assert.Contains(rows, r => r[0] == "slow-restore" && r[1] == "unknown" && r[12].Contains("DescribeVolumes in 14 regions of 2 accounts", StringComparison.Ordinal));
        Assert.Equal("'=cmd|'/c calc'!A1", rows.Single(r => r[5] == "security_group")[6]);
    }

    [Fact]
    public void A_diff_has_a_row_for_each_column_that_changed() => Assert.Equal(1 + 80 + 1 + 1, Parse(Render.Text(Sample.NastyDiff(), ReportFormat.Csv)).Count);

    // RFC 4180 and no more, so that it cannot share a fault with the writer.
    private static List<List<string>> Parse(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\r' && text[i + 1] == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                rows.Add(row);
                row = [];
                i++;
            }
            else
            {
                Assert.False(c is '"' or '\r' or '\n', "a bare quote or line end");
                cell.Append(c);
            }
        }

        Assert.Empty(row);
        return rows;
    }
}
