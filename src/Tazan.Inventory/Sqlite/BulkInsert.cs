using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>Runs one insert millions of times: binds straight from pinned bytes, copies nothing, and binds no null twice.</summary>
/// <remarks>
/// A bound text costs a lock, a handle's count, an allocation and a copy the ordinary way (measured: two thirds of the
/// time of an import's writing thread); here it costs a call. In turn the caller keeps the bytes where they are until
/// <see cref="Run"/> returns. Not thread-safe.
/// </remarks>
internal sealed unsafe class BulkInsert : IDisposable
{
    // SQLITE_STATIC (sqlite3.h): the text stays where it is until the statement is reset.
    private static readonly nint Static = 0;

    private static readonly Functions Native = new(SqliteLibrary.Handle);

    private readonly Database database;
    private readonly Statement statement;
    private readonly nint pointer;

    // What each parameter holds: null, or something.
    private readonly bool[] isSet;

    /// <summary>Compiles the statement.</summary>
    public BulkInsert(Database database, string sql, int parameters)
    {
        this.database = database;
        statement = database.Prepare(sql);
        pointer = statement.Pointer;
        isSet = new bool[parameters + 1];
    }

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
        Check(Native.BindText(pointer, parameter, text, length, Static));
    }

    public void Bind(int parameter, long value)
    {
        isSet[parameter] = true;
        Check(Native.BindInt64(pointer, parameter, value));
    }

    public void Bind(int parameter, double value)
    {
        isSet[parameter] = true;
        Check(Native.BindDouble(pointer, parameter, value));
    }

    public void BindNull(int parameter)
    {
        if (isSet[parameter])
        {
            isSet[parameter] = false;
            Check(Native.BindNull(pointer, parameter));
        }
    }

    /// <summary>Inserts the row. What is bound stays bound.</summary>
    public void Run()
    {
        var code = Native.Step(pointer);
        if (code != raw.SQLITE_DONE)
        {
            var fault = SqliteFault.From(database.Handle, code);
            _ = Native.Reset(pointer);
            throw fault;
        }

        Check(Native.Reset(pointer));
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.From(database.Handle, code);
        }
    }

    // The calls that only set a field do so in nanoseconds and never call back, so the runtime need not be told of them.
    private sealed class Functions(nint library)
    {
        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindText =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_text");

        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInt64 =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");

        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int> BindDouble =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");

        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> BindNull =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");

        public readonly delegate* unmanaged[Cdecl]<nint, int> Step =
            (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");

        public readonly delegate* unmanaged[Cdecl]<nint, int> Reset =
            (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_reset");
    }
}
