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

    /// <summary>The loaded library, for calls that the bindings make too dear.</summary>
    internal static IntPtr Handle
    {
        get
        {
            Ensure();
            var system = FindSystemLibrary();
            return system != IntPtr.Zero ? system : NativeLibrary.Load("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null);
        }
    }

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, assembly, path) =>
            name == "e_sqlite3" ? FindSystemLibrary() : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
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
