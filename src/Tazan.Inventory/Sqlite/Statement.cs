using System.Text;
using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>A compiled statement. Parameters count from 1, columns from 0, as in SQLite. Not thread-safe.</summary>
public sealed unsafe class Statement : IDisposable
{
    private readonly Database database;
    private readonly sqlite3_stmt handle;

    // The handle's own pointer: valid until Dispose, which nobody may call beside another call (not thread-safe).
    private readonly nint pointer;

    internal Statement(Database database, sqlite3_stmt handle)
    {
        this.database = database;
        this.handle = handle;
        pointer = handle.DangerousGetHandle();
        ColumnCount = raw.sqlite3_column_count(handle);
    }

    /// <summary>How many columns a row has; 0 for a statement that returns none.</summary>
    public int ColumnCount { get; }

    /// <summary>The column's name as the SQL gives it.</summary>
    public string GetName(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            return BindNull(parameter);
        }

        const int Small = 512;
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = length <= Small ? stackalloc byte[Small] : new byte[length];
        return Bind(parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    /// <summary>Binds UTF-8 text; the bytes are copied.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span may have no address, and a null pointer would bind null instead of an empty text.
        byte none = 0;
        fixed (byte* text = utf8)
        {
            Check(NativeCalls.BindText(pointer, parameter, text == null ? &none : text, utf8.Length, NativeCalls.Transient));
        }

        return this;
    }

    /// <summary>Binds UTF-8 text that is not copied: it must stay where it is, unchanged, until the statement has run.</summary>
    internal void BindInPlace(int parameter, byte* text, int length) =>
        Check(NativeCalls.BindStatic(pointer, parameter, text, length, NativeCalls.Static));

    public Statement Bind(int parameter, long value)
    {
        Check(NativeCalls.BindInt64(pointer, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, double value)
    {
        Check(NativeCalls.BindDouble(pointer, parameter, value));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        Check(NativeCalls.BindNull(pointer, parameter));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none; the statement is then ready to be bound and run again.</returns>
    public bool Step()
    {
        var code = NativeCalls.Step(pointer);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var fault = SqliteFault.From(database.Handle, code);
            _ = NativeCalls.Reset(pointer);
            throw fault;
        }

        Check(NativeCalls.Reset(pointer));
        return false;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready to be bound and run again.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    public bool IsNull(int column) => NativeCalls.ColumnType(pointer, column) == raw.SQLITE_NULL;

    /// <summary>Whether the value is stored as a number (whole or not).</summary>
    public bool IsNumber(int column) => NativeCalls.ColumnType(pointer, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT;

    /// <summary>Whether the value is stored as a whole number.</summary>
    public bool IsInteger(int column) => NativeCalls.ColumnType(pointer, column) == raw.SQLITE_INTEGER;

    /// <summary>The value as text; empty for null.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(GetUtf8(column));

    /// <summary>The value as text, or null.</summary>
    public string? FindString(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>The value as UTF-8, valid until the next step; empty for null.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column)
    {
        // In this order: the text may be made by the call, and its length is that of the text then.
        var text = NativeCalls.ColumnText(pointer, column);
        return text == null ? default : new ReadOnlySpan<byte>(text, NativeCalls.ColumnBytes(pointer, column));
    }

    /// <summary>The value as a whole number; 0 for null.</summary>
    public long GetInt64(int column) => NativeCalls.ColumnInt64(pointer, column);

    /// <summary>The value as a whole number, or null.</summary>
    public long? FindInt64(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>The value as a number; 0 for null.</summary>
    public double GetDouble(int column) => NativeCalls.ColumnDouble(pointer, column);

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
