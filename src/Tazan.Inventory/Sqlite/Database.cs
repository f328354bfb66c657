using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>One connection to one SQLite file. Not thread-safe: one thread at a time.</summary>
public sealed class Database : IDisposable
{
    // SQLite's authorizer action codes (sqlite3.h), of which the bindings name only some.
    private const int ActionRead = 20;
    private const int ActionAttach = 24;

    private readonly sqlite3 handle;

    private Database(sqlite3 handle, string path)
    {
        this.handle = handle;
        Path = path;
    }

    /// <summary>The file, or <c>:memory:</c>.</summary>
    public string Path { get; }

    internal sqlite3 Handle => handle;

    /// <summary>Opens an existing file for reading only; nothing can be attached or written through it.</summary>
    /// <exception cref="SqliteFault">The file can't be opened.</exception>
    public static Database OpenReadOnly(string path)
    {
        var database = Open(path, raw.SQLITE_OPEN_READONLY);
        database.Execute("PRAGMA query_only = 1; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -16384;");
        raw.sqlite3_set_authorizer(database.handle, static (object _, int action, utf8z a, utf8z b, utf8z c, utf8z d) =>
            action == ActionAttach ? raw.SQLITE_DENY : raw.SQLITE_OK, null!);
        return database;
    }

    /// <summary>Opens a file for reading and writing, creating it where it is missing.</summary>
    public static Database OpenReadWrite(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>A database that lives in memory and goes with the connection.</summary>
    public static Database OpenInMemory() => Open(":memory:", raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Runs statements whose rows, if any, are of no interest.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.From(handle, code);
        }
    }

    /// <summary>Compiles one statement.</summary>
    /// <exception cref="SqliteFault">The SQL is wrong, or more than one statement was given.</exception>
    public Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(handle, sql, out var statement, out var rest);
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.From(handle, code);
        }

        if (!string.IsNullOrWhiteSpace(rest))
        {
            statement.Dispose();
            throw SqliteFault.From(raw.SQLITE_MISUSE);
        }

        return new Statement(this, statement);
    }

    /// <summary>The tables that a query reads, views resolved, ordered by name: found by compiling it, not by running it.</summary>
    /// <exception cref="SqliteFault">The SQL is wrong.</exception>
    public SortedSet<string> TablesRead(string sql)
    {
        var tables = new SortedSet<string>(StringComparer.Ordinal);
        raw.sqlite3_set_authorizer(handle, (object _, int action, utf8z table, utf8z column, utf8z database, utf8z inside) =>
        {
            if (action == ActionRead && table.utf8_to_string() is { Length: > 0 } name)
            {
                tables.Add(name);
            }

            return action is ActionAttach ? raw.SQLITE_DENY : raw.SQLITE_OK;
        }, null!);
        try
        {
            using var statement = Prepare(sql);
        }
        finally
        {
            raw.sqlite3_set_authorizer(handle, default(delegate_authorizer)!, null!);
        }

        AddTablesOpened(sql, tables);

        // The authorizer names views as well as what they stand on; only what is stored counts.
        using var views = Prepare("select name from sqlite_master where type = 'view'");
        while (views.Step())
        {
            tables.Remove(views.GetString(0));
        }

        tables.RemoveWhere(static name => name.StartsWith("sqlite_", StringComparison.Ordinal) || name is "json_each" or "json_tree");
        return tables;
    }

    /// <summary>The first column of the first row as a number; 0 when there is no row or it is null.</summary>
    public long Count(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    /// <summary>Stops a running statement from another thread; it then fails with code 9 (interrupt). Thread-safe.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(handle);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    // The authorizer passes over a table of which only the column of a USING clause is read (seen with 3.40), so the
    // compiled program is asked too: every table or index it opens, by root page.
    private void AddTablesOpened(string sql, SortedSet<string> tables)
    {
        var byRootPage = new Dictionary<long, string>();
        using (var master = Prepare("select rootpage, tbl_name from sqlite_master where rootpage > 0"))
        {
            while (master.Step())
            {
                byRootPage[master.GetInt64(0)] = master.GetString(1);
            }
        }

        using var program = Prepare("explain " + sql);
        while (program.Step())
        {
            // Columns: addr, opcode, p1, p2, p3, ...; p2 is the root page and p3 the database (0: the file itself).
            if (program.GetString(1) is "OpenRead" && program.GetInt64(4) == 0 && byRootPage.TryGetValue(program.GetInt64(3), out var table))
            {
                tables.Add(table);
            }
        }
    }

    private static Database Open(string path, int flags)
    {
        SqliteLibrary.Ensure();
        // One thread at a time is the rule here anyway; SQLite's own lock, taken for every bound value, was a ninth of an import.
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK)
        {
            return new Database(handle, path);
        }

        var fault = SqliteFault.From(code);
        handle?.Dispose();
        throw fault;
    }
}
