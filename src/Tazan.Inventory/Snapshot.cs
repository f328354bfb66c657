using System.Globalization;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory;

/// <summary>A fleet as stored: one SQLite file, opened for reading.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class Snapshot : IDisposable
{
    private Snapshot(Database database, string path)
    {
        Database = database;
        Path = path;
        using var row = database.Prepare("SELECT collected_at, made_at, tazan_version FROM snapshot");
        if (row.Step())
        {
            CollectedAt = ParseTime(row.FindString(0));
            MadeAt = ParseTime(row.FindString(1));
            MadeByVersion = row.GetString(2);
        }
    }

    /// <summary>The file as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The newest collection time of its answers, UTC; null where none said so.</summary>
    public DateTimeOffset? CollectedAt { get; }

    /// <summary>When the file was made, UTC.</summary>
    public DateTimeOffset? MadeAt { get; }

    /// <summary>The version of the program that made it.</summary>
    public string MadeByVersion { get; } = "";

    /// <summary>For queries.</summary>
    public Database Database { get; }

    /// <summary>Opens a snapshot and sees that it is one, whole, and of a version this program reads.</summary>
    /// <exception cref="UserError">It is missing, not a snapshot, cut off, or newer than this program.</exception>
    public static Snapshot Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserError("TZN1101", path, "there is no such snapshot.", "Make one with: tazan import PATH... -o " + path);
        }

        SeeThatItIsWhole(path);
        Database? database = null;
        try
        {
            database = Database.OpenReadOnly(path);
            if (database.Count("PRAGMA application_id") != SnapshotSchema.ApplicationId)
            {
                throw new UserError("TZN1102", path, "this is a SQLite file, but not a Tazan snapshot.", "Make one with: tazan import PATH... -o FILE");
            }

            var version = database.Count("PRAGMA user_version");
            if (version > SnapshotSchema.Version)
            {
                throw new UserError("TZN1103", path, $"the snapshot has schema version {version}; this program reads up to {SnapshotSchema.Version}.", "Use a newer tazan, or import again with this one.");
            }

            return new Snapshot(database, path);
        }
        catch (SqliteFault fault)
        {
            database?.Dispose();
            throw new UserError("TZN1104", path, $"the snapshot cannot be read ({fault.Message}).", "It is damaged or cut off: import again.", fault);
        }
        catch (UserError)
        {
            database?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();

    // The header of a SQLite file (https://www.sqlite.org/fileformat.html): 16 bytes of magic, the page size at 16
    // (1 means 65,536) and the number of pages at 28, both big-endian. A file shorter than that was cut off.
    private static void SeeThatItIsWhole(string path)
    {
        Span<byte> header = stackalloc byte[100];
        long length;
        int read;
        try
        {
            using var file = File.OpenHandle(path);
            length = RandomAccess.GetLength(file);
            read = RandomAccess.Read(file, header, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1901", $"{path} cannot be read: {e.Message} Nothing was changed.", e);
        }

        if (read < header.Length || !header[..16].SequenceEqual("SQLite format 3\0"u8))
        {
            var what = length == 0 ? "the file is empty." : "this is not a snapshot (not a SQLite file).";
            throw new UserError("TZN1102", path, what, "If it is saved AWS JSON: tazan import " + path + " -o fleet.db");
        }

        var pageSize = (header[16] << 8) | header[17];
        var pages = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        var wanted = (long)(pageSize == 1 ? 65_536 : pageSize) * pages;
        if (length < wanted)
        {
            throw new UserError("TZN1104", path, $"the snapshot is cut off: {length} of {wanted} bytes.", "Copy it again, or import again.");
        }
    }

    private static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
