namespace Tazan.Inventory.Sqlite;

/// <summary>Runs one insert millions of times: binds straight from pinned bytes, copies nothing, and binds no null twice.</summary>
/// <remarks>The caller keeps bound bytes where they are until <see cref="Run"/> returns. Not thread-safe.</remarks>
internal sealed unsafe class BulkInsert(Database database, string sql, int parameters) : IDisposable
{
    private readonly Statement statement = database.Prepare(sql);

    // What each parameter holds: null, or something.
    private readonly bool[] isSet = new bool[parameters + 1];

    /// <summary>Binds text that is copied; for what stays the same over many rows.</summary>
    public void BindCopy(int parameter, byte[] text)
    {
        if (text.Length == 0)
        {
            BindNull(parameter);
            return;
        }

        statement.Bind(parameter, text.AsSpan());
        isSet[parameter] = true;
    }

    /// <summary>Binds UTF-8 text that is not copied.</summary>
    public void Bind(int parameter, byte* text, int length)
    {
        isSet[parameter] = true;
        statement.BindInPlace(parameter, text, length);
    }

    public void Bind(int parameter, long value)
    {
        isSet[parameter] = true;
        statement.Bind(parameter, value);
    }

    public void Bind(int parameter, double value)
    {
        isSet[parameter] = true;
        statement.Bind(parameter, value);
    }

    public void BindNull(int parameter)
    {
        if (isSet[parameter])
        {
            isSet[parameter] = false;
            statement.BindNull(parameter);
        }
    }

    /// <summary>Inserts the row. What is bound stays bound.</summary>
    public void Run() => statement.Run();

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
