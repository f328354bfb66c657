using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tazan.Inventory.Sqlite;

/// <summary>Loads SQLite once: the system's own library where it is new enough, else the one bundled with the program.</summary>
/// <remarks>
/// The system's is preferred because it gets security fixes and is mostly newer. Lessons rely on nothing newer than
/// the bundled one, so the answers are the same with either. Thread-safe.
/// </remarks>
public static class SqliteLibrary
{
    // 3.35 brought RETURNING and materialised CTEs; an older system library is passed over for the bundled one.
    private const int OldestSystemVersion = 3_035_000;

    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll"];
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the library if that has not happened yet.</summary>
    /// <returns>Its version, such as <c>3.40.1</c>.</returns>
    public static string Ensure() => Loaded.Value;

    /// <summary>The library that was loaded, for <see cref="NativeCalls"/>. Only after <see cref="Ensure"/>.</summary>
    internal static IntPtr Handle { get; private set; }

    private static string Load()
    {
        var assembly = typeof(SQLite3Provider_e_sqlite3).Assembly;
        Handle = FindSystemLibrary();
        if (Handle == IntPtr.Zero)
        {
            Handle = NativeLibrary.Load("e_sqlite3", assembly, null);
        }

        // Both doors, the binding's and ours, must lead into the same library: its handles are no good in another.
        NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == "e_sqlite3" ? Handle : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());

        // SQLITE_CONFIG_MEMSTATUS (sqlite3.h): statistics that nobody reads cost a lock at each allocation.
        const int MemoryStatistics = 9;
        _ = raw.sqlite3_config(MemoryStatistics, 0);
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static IntPtr FindSystemLibrary()
    {
        foreach (var name in SystemNames)
        {
            if (!NativeLibrary.TryLoad(name, out var library))
            {
                continue;
            }

            if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
                && Marshal.GetDelegateForFunctionPointer<VersionNumber>(version)() >= OldestSystemVersion)
            {
                return library;
            }

            NativeLibrary.Free(library);
        }

        return IntPtr.Zero;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
