namespace Tazan.Inventory.Schema;

/// <summary>How a column is stored, and how an AWS value becomes it.</summary>
public enum ColumnType
{
    /// <summary>Text as it stands; a number or a boolean in the answer becomes its text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Real,

    /// <summary>1 for true, 0 for false.</summary>
    Boolean,

    /// <summary>ISO-8601 UTC text to the second, such as <c>2026-01-31T09:30:00Z</c>; epoch seconds in the answer are converted.</summary>
    Time,

    /// <summary>A JSON array of texts, such as <c>["sg-1","sg-2"]</c>, in the answer's order.</summary>
    List,

    /// <summary>A JSON object of texts, such as <c>{"Name":"web-1"}</c>, from a list of Key/Value or a map; keys in ordinal order.</summary>
    Tags,

    /// <summary>The value's JSON text without white space between tokens.</summary>
    Json,

    /// <summary>How many elements the list has; 0 when it is missing.</summary>
    Count,
}
