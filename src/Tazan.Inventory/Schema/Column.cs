namespace Tazan.Inventory.Schema;

/// <summary>One column of a snapshot table.</summary>
/// <param name="Name">Snake case, the API's own name where there is one.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Path">Where the value stands in the answer (see <see cref="Calls.TableMap"/>); empty for a derived column.</param>
/// <param name="Meaning">For people; empty where the API's name says it.</param>
public sealed record Column(string Name, ColumnType Type, string Path, string Meaning)
{
    /// <summary>The SQL type of the column.</summary>
    public string SqlType => Type switch
    {
        ColumnType.Integer or ColumnType.Boolean or ColumnType.Count => "INTEGER",
        ColumnType.Real => "REAL",
        _ => "TEXT",
    };

    /// <summary>Reads <c>name path [type] [-- meaning]</c>, the form in which calls are declared.</summary>
    /// <exception cref="FormatException">The declaration is wrong: a mistake of ours, found by a test.</exception>
    internal static Column Parse(string declaration)
    {
        var (body, meaning) = Split(declaration);
        var words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 2 or 3
            ? new Column(words[0], words.Length == 3 ? ParseType(words[2]) : ColumnType.Text, words[1], meaning)
            : throw new FormatException($"Not a column: '{declaration}'.");
    }

    /// <summary>Reads <c>name [type] [-- meaning]</c>, the form in which facts are declared.</summary>
    internal static Column ParseDerived(string declaration)
    {
        var (body, meaning) = Split(declaration);
        var words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 1 or 2
            ? new Column(words[0], words.Length == 2 ? ParseType(words[1]) : ColumnType.Text, "", meaning)
            : throw new FormatException($"Not a column: '{declaration}'.");
    }

    private static (string Body, string Meaning) Split(string declaration)
    {
        var at = declaration.IndexOf("--", StringComparison.Ordinal);
        return at < 0 ? (declaration, "") : (declaration[..at], declaration[(at + 2)..].Trim());
    }

    private static ColumnType ParseType(string word) => word switch
    {
        "text" => ColumnType.Text,
        "int" => ColumnType.Integer,
        "real" => ColumnType.Real,
        "bool" => ColumnType.Boolean,
        "time" => ColumnType.Time,
        "list" => ColumnType.List,
        "tags" => ColumnType.Tags,
        "json" => ColumnType.Json,
        "count" => ColumnType.Count,
        _ => throw new FormatException($"Not a column type: '{word}'."),
    };
}
