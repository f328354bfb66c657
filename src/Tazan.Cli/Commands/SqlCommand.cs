using System.CommandLine;
using System.Text.Json;
using Tazan.Cli.Output;
using Tazan.Inventory.Sqlite;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan sql "select ..." [fleet.db]</c>: the snapshot's own query language, read-only.</summary>
internal static class SqlCommand
{
    private static readonly string[] Formats = ["table", "json", "ndjson", "csv", "md"];

    internal static Command Create(Terminal terminal)
    {
        var sql = new Argument<string>("sql") { Description = "One SELECT; - reads it from standard input." };
        var snapshot = Common.SnapshotArgument();
        var output = Common.Output(string.Join(", ", Formats));
        var command = new Verb("sql", "Ask the snapshot in SQL, read-only. Tables: tazan schema; or open the file with sqlite3.")
        {
            Examples = """
                tazan sql "select instance_type, count(*) n from instance group by 1 order by n desc"
                tazan sql "select * from blind_spot" fleet.db -o csv
                """,
        };
        command.Arguments.Add(sql);
        command.Arguments.Add(snapshot);
        command.Options.Add(output);
        command.SetAction((parsed, cancellation) =>
        {
            var format = parsed.GetValue(output) ?? "table";
            if (Array.IndexOf(Formats, format) < 0)
            {
                throw new UserError("TZN1801", "-o", $"sql has no output format '{PlainText.Clean(format)}'.", Nearest.Mend(format, Formats));
            }

            var text = parsed.GetValue(sql)!;
            if (text == "-")
            {
                using var reader = new StreamReader(terminal.OpenIn());
                text = reader.ReadToEnd();
            }

            using var fleet = Common.Open(parsed.GetValue(snapshot)!, terminal);
            using var stop = cancellation.Register(fleet.Database.Interrupt);
            try
            {
                using var rows = fleet.Database.Prepare(text.Trim().TrimEnd(';'));
                AtomicFile.Write("-", stream => Write(rows, format, stream, Common.Width(terminal), terminal.IsOutTerminal), terminal.OpenOut);
            }
            catch (SqliteFault fault) when (!fault.IsFile)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new UserError("TZN1805", "sql", fault.Code == 21 ? "only one statement at a time." : fault.Message + ".", Mend(fault.Message, fleet.Database), fault);
            }

            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }

    private static string Mend(string message, Database database)
    {
        const string NoTable = "no such table: ";
        if (message.StartsWith(NoTable, StringComparison.Ordinal))
        {
            var names = new List<string>();
            using var tables = database.Prepare("select name from sqlite_master where type in ('table', 'view')");
            while (tables.Step())
            {
                names.Add(tables.GetString(0));
            }

            return Nearest.Mend(message[NoTable.Length..], names);
        }

        return message.Contains("readonly", StringComparison.Ordinal) || message.Contains("not authorized", StringComparison.Ordinal)
            ? "A snapshot is only read; copy it to change it with sqlite3."
            : "tazan schema lists the tables and their columns.";
    }

    private static void Write(Statement rows, string format, Stream stream, int width, bool isTerminal)
    {
        var names = Enumerable.Range(0, rows.ColumnCount).Select(rows.GetName).ToArray();
        if (names.Length == 0)
        {
            rows.Run();
            return;
        }

        switch (format)
        {
            case "json":
                using (var json = Json.OpenPretty(stream))
                {
                    json.WriteStartArray();
                    while (rows.Step())
                    {
                        WriteObject(json, rows, names);
                        json.FlushIfLarge();
                    }

                    json.WriteEndArray();
                    Json.Close(json, stream);
                }

                break;
            case "ndjson":
                while (rows.Step())
                {
                    using (var json = Json.OpenCompact(stream))
                    {
                        WriteObject(json, rows, names);
                    }

                    stream.WriteByte((byte)'\n');
                }

                break;
            default:
                using (var to = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" })
                {
                    WriteText(rows, names, format, to, width, isTerminal);
                }

                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, Statement rows, string[] names)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
        {
            if (rows.IsNull(i))
            {
                json.WriteNull(names[i]);
            }
            else if (rows.IsInteger(i))
            {
                json.WriteNumber(names[i], rows.GetInt64(i));
            }
            else if (rows.IsNumber(i))
            {
                json.WriteNumber(names[i], rows.GetDouble(i));
            }
            else
            {
                json.WriteString(names[i], rows.GetUtf8(i));
            }
        }

        json.WriteEndObject();
    }

    private static void WriteText(Statement rows, string[] names, string format, TextWriter to, int width, bool isTerminal)
    {
        string[] Cells() => [.. Enumerable.Range(0, names.Length).Select(rows.GetString)];
        if (format == "csv")
        {
            // Straight from a query: cells are as stored, so that a script gets back what it asked for.
            to.Write(string.Join(',', names.Select(Quote)) + "\r\n");
            while (rows.Step())
            {
                to.Write(string.Join(',', Cells().Select(Quote)) + "\r\n");
            }

            return;
        }

        if (format == "md")
        {
            MarkdownText.Header(to, names);
            while (rows.Step())
            {
                MarkdownText.Row(to, Cells());
            }

            return;
        }

        var table = new List<string[]>();
        while (rows.Step())
        {
            table.Add([.. Cells().Select(PlainText.Clean)]);
        }

        TextTable.Write(to, names, table, isTerminal ? width : int.MaxValue);
        to.WriteLine($"({table.Count} {(table.Count == 1 ? "row" : "rows")})");
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
