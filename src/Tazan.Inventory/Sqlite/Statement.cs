using System.Text;
using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>A compiled statement. Parameters count from 1, columns from 0, as in SQLite. Not thread-safe.</summary>
public sealed class Statement : IDisposable
{
    private readonly Database database;
    private readonly sqlite3_stmt handle;

    internal Statement(Database database, sqlite3_stmt handle)
    {
        this.database = database;
        this.handle = handle;
        ColumnCount = raw.sqlite3_column_count(handle);
    }

    /// <summary>SQLite's own handle, valid until this is disposed.</summary>
    internal nint Pointer => handle.DangerousGetHandle();

    /// <summary>How many columns a row has; 0 for a statement that returns none.</summary>
    public int ColumnCount { get; }

    /// <summary>The column's name as the SQL gives it.</summary>
    public string GetName(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    public Statement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(handle, parameter) : raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    /// <summary>Binds UTF-8 text; the bytes are copied.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, and SQLite takes a text without one for null.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(handle, parameter, "") : raw.sqlite3_bind_text(handle, parameter, utf8));
        return this;
    }

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(handle, parameter, value));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none; the statement is then ready to be bound and run again.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var fault = SqliteFault.From(database.Handle, code);
            _ = raw.sqlite3_reset(handle);
            throw fault;
        }

        Check(raw.sqlite3_reset(handle));
        return false;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready to be bound and run again.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>Whether the value is stored as a number (whole or not).</summary>
    public bool IsNumber(int column) => raw.sqlite3_column_type(handle, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT;

    /// <summary>Whether the value is stored as a whole number.</summary>
    public bool IsInteger(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_INTEGER;

    /// <summary>The value as text; empty for null.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(GetUtf8(column));

    /// <summary>The value as text, or null.</summary>
    public string? FindString(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>The value as UTF-8, valid until the next step; empty for null.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>The value as a whole number; 0 for null.</summary>
    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>The value as a whole number, or null.</summary>
    public long? FindInt64(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>The value as a number; 0 for null.</summary>
    public double GetDouble(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The value as a number, or null.</summary>
    public double? FindDouble(int column) => IsNull(column) ? null : GetDouble(column);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.From(database.Handle, code);
        }
    }
}
