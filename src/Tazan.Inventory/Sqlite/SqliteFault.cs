using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>SQLite refused: what it said, and its code.</summary>
public sealed class SqliteFault : Exception
{
    private SqliteFault(int code, string message)
        : base(message) => Code = code;

    /// <summary>SQLite's primary result code, such as 1 for a mistake in the SQL, 11 for a damaged file, 13 for a full disk.</summary>
    public int Code { get; }

    /// <summary>Whether the file, not the SQL, is at fault: damaged, not a database, or unreadable.</summary>
    public bool IsFile => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN;

    internal static SqliteFault From(sqlite3 db, int code) => new(code & 0xff, raw.sqlite3_errmsg(db).utf8_to_string());

    internal static SqliteFault From(int code) => new(code & 0xff, raw.sqlite3_errstr(code).utf8_to_string());
}
