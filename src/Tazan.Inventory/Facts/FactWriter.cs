using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>Writes rows of one fact table, column by column in the schema's order.</summary>
/// <remarks>Not thread-safe. A row that is given too few or too many values is a mistake of ours and throws.</remarks>
public sealed class FactWriter : IDisposable
{
    private readonly Statement statement;
    private readonly int columns;
    private int next;

    internal FactWriter(Statement statement, int columns)
    {
        this.statement = statement;
        this.columns = columns;
    }

    /// <summary>Starts a row.</summary>
    public FactWriter Row(string account, string region)
    {
        next = 1;
        return Add(account).Add(region);
    }

    /// <summary>Starts a row with texts as SQLite gave them.</summary>
    public FactWriter RowUtf8(ReadOnlySpan<byte> account, ReadOnlySpan<byte> region)
    {
        next = 1;
        return AddUtf8(account.IsEmpty ? "unknown"u8 : account).AddUtf8(region.IsEmpty ? "unknown"u8 : region);
    }

    /// <summary>A text as SQLite gave it; an empty one is null. For facts with a row for each of a million resources.</summary>
    public FactWriter AddUtf8(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return Null();
        }

        statement.Bind(next++, value);
        return this;
    }

    /// <summary>A text made beforehand, kept empty where it is empty.</summary>
    public FactWriter AddUtf8OrEmpty(ReadOnlySpan<byte> value) => value.IsEmpty ? Add("") : AddUtf8(value);

    public FactWriter Add(string? value)
    {
        statement.Bind(next++, value);
        return this;
    }

    public FactWriter Add(long value)
    {
        statement.Bind(next++, value);
        return this;
    }

    public FactWriter Add(long? value) => value is { } number ? Add(number) : Null();

    public FactWriter Add(double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            statement.Bind(next++, number);
            return this;
        }

        return Null();
    }

    public FactWriter Add(bool? value) => value is { } flag ? Add(flag ? 1L : 0L) : Null();

    /// <summary>A time, stored as ISO-8601 UTC to the second.</summary>
    public FactWriter Add(DateTimeOffset? value) =>
        Add(value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A list column: a JSON array of texts in the order given.</summary>
    public FactWriter Add(IEnumerable<string> values) => Add(JsonTexts.Array(values));

    public FactWriter Null()
    {
        statement.BindNull(next++);
        return this;
    }

    /// <summary>Writes the row.</summary>
    public void End()
    {
        if (next != columns + 1)
        {
            throw new InvalidOperationException($"The row has {next - 1} values for {columns} columns.");
        }

        statement.Run();
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
