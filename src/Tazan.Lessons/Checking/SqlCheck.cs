using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Sees that a lesson's SQL is one SELECT with the columns an exposure needs, before anything is run.</summary>
internal static class SqlCheck
{
    private static readonly string[] Required = ["resource", "account", "region", "evidence"];

    /// <summary>Compiles the lessons' SQL against an empty snapshot.</summary>
    public static List<UserError> Faults(IEnumerable<Lesson> lessons)
    {
        using var database = Database.OpenInMemory();
        SnapshotSchema.Create(database);
        database.Execute("PRAGMA query_only = 1");
        var faults = new List<UserError>();
        foreach (var lesson in lessons)
        {
            faults.AddRange(Faults(database, lesson));
        }

        return faults;
    }

    /// <summary>Compiles one lesson's SQL.</summary>
    public static IEnumerable<UserError> Faults(Database database, Lesson lesson)
    {
        if (Find(database, lesson.Exposed.Among, needsColumns: false) is { } among)
        {
            yield return among;
        }

        if (Find(database, lesson.Exposed.Sql, needsColumns: true) is { } sql)
        {
            yield return sql;
        }
    }

    /// <summary>Turns SQLite's complaint into one line that names the line of the lesson's file.</summary>
    public static UserError Fault(Database database, LessonSql sql, SqliteFault fault) =>
        new("TZN2006", $"{sql.File}:{sql.FirstLine + LineOf(database, sql.Text, fault.Message)}", $"SQLite says: {fault.Message}.", "Try it with: tazan sql", fault);

    private static UserError? Find(Database database, LessonSql sql, bool needsColumns)
    {
        if (!IsSelect(sql.Text))
        {
            return new UserError("TZN2006", $"{sql.File}:{sql.FirstLine}", "this SQL is not a SELECT.", "Begin with select or with; a lesson only reads.");
        }

        try
        {
            using var statement = database.Prepare(sql.Text);
            if (!needsColumns)
            {
                return statement.ColumnCount == 1 ? null
                    : new UserError("TZN2006", $"{sql.File}:{sql.FirstLine}", $"'among' has {statement.ColumnCount} columns.", "It counts: select count(*) from ...");
            }

            var columns = Enumerable.Range(0, statement.ColumnCount).Select(statement.GetName).ToList();
            foreach (var required in Required)
            {
                if (!columns.Contains(required))
                {
                    return new UserError("TZN2006", $"{sql.File}:{sql.FirstLine}", $"the SQL has no column '{required}'.", $"It must return {string.Join(", ", Required)}: name them with 'as'.");
                }
            }

            var twice = columns.GroupBy(static c => c, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1);
            return twice is null ? null
                : new UserError("TZN2006", $"{sql.File}:{sql.FirstLine}", $"the SQL has the column '{twice.Key}' twice.", "Give one another name with 'as'.");
        }
        catch (SqliteFault fault) when (fault.Code == 21)
        {
            return new UserError("TZN2006", $"{sql.File}:{sql.FirstLine}", "this is more than one statement.", "Keep one SELECT, without anything after its ';'.", fault);
        }
        catch (SqliteFault fault)
        {
            return Fault(database, sql, fault);
        }
    }

    private static bool IsSelect(string sql)
    {
        var rest = sql.AsSpan().TrimStart();
        while (rest.StartsWith("--", StringComparison.Ordinal) || rest.StartsWith("/*", StringComparison.Ordinal))
        {
            var line = rest.StartsWith("--", StringComparison.Ordinal);
            var end = line ? rest.IndexOf('\n') : rest.IndexOf("*/", StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            rest = rest[(end + (line ? 1 : 2))..].TrimStart();
        }

        return StartsWithWord(rest, "select") || StartsWithWord(rest, "with");
    }

    private static bool StartsWithWord(ReadOnlySpan<char> text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !(char.IsLetterOrDigit(text[word.Length]) || text[word.Length] == '_'));

    // SQLite names what it stumbled on, not where. A syntax error is on the first line with which the text, cut there,
    // is no longer merely incomplete; for a name it is the first line that has that name.
    private static int LineOf(Database database, string sql, string message)
    {
        var lines = sql.Split('\n');
        if (message.StartsWith("near ", StringComparison.Ordinal) || message.StartsWith("unrecognized token", StringComparison.Ordinal))
        {
            for (var i = 0; i < lines.Length; i++)
            {
                try
                {
                    using var statement = database.Prepare(string.Join('\n', lines[..(i + 1)]));
                }
                catch (SqliteFault fault) when (fault.Message == message)
                {
                    return i;
                }
                catch (SqliteFault)
                {
                    // Incomplete so far, or a name that a later line explains.
                }
            }
        }

        var colon = message.LastIndexOf(": ", StringComparison.Ordinal);
        if (colon > 0)
        {
            var name = message[(colon + 2)..].Trim();
            for (var i = 0; i < lines.Length; i++)
            {
                if (HasWord(lines[i], name))
                {
                    return i;
                }
            }
        }

        return 0;
    }

    private static bool HasWord(string line, string word)
    {
        for (var at = line.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var endsAt = at + word.Length;
            if ((at == 0 || !IsNameChar(line[at - 1])) && (endsAt == line.Length || !IsNameChar(line[endsAt])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNameChar(char c) => char.IsLetterOrDigit(c) || c == '_';
}
