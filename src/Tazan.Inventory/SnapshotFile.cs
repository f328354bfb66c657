using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory;

/// <summary>A snapshot being made: written beside its final place, and put there in one step when it is whole.</summary>
/// <remarks>
/// Until <see cref="Commit"/> returns, the old file (or none) stands at the final place, whatever happens: an
/// exception, Ctrl-C or a killed process. Not thread-safe.
/// </remarks>
public sealed class SnapshotFile : IDisposable
{
    private readonly string final;
    private readonly string temporary;
    private bool committed;
    private Task? flushing;

    private SnapshotFile(string final, string temporary, Database database)
    {
        this.final = final;
        this.temporary = temporary;
        Database = database;
    }

    /// <summary>For writing rows.</summary>
    public Database Database { get; private set; }

    /// <summary>Starts a snapshot with all its tables, empty.</summary>
    /// <exception cref="WorldFailed">The folder can't be written.</exception>
    public static SnapshotFile Create(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            throw new UserError("TZN1105", path, "its folder does not exist.", "Make it first: mkdir -p " + folder);
        }

        if (Directory.Exists(full))
        {
            throw new UserError("TZN1106", path, "is a folder.", "Name a file, such as fleet.db.");
        }

        // Named for the process: two imports into one place do not write into each other; the last to finish wins.
        var temporary = full + "." + Environment.ProcessId + ".partial";
        SweepLeftovers(full);
        try
        {
            File.Delete(temporary);
            var database = Database.OpenReadWrite(temporary);
            // Nobody else reads the file before it is renamed, and a crash leaves the old one: no journal is needed.
            database.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;");
            database.Execute("BEGIN");
            SnapshotSchema.Create(database);
            return new SnapshotFile(full, temporary, database);
        }
        catch (Exception e) when (e is SqliteFault or IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1902", $"{path} cannot be written: {e.Message} Nothing was changed.", e);
        }
    }

    /// <summary>Begins to bring what is written so far to the disk, beside the work that goes on, so that <see cref="Commit"/> waits less.</summary>
    public void FlushAhead() => flushing ??= Task.Run(() =>
    {
        // Closing this handle drops SQLite's locks on the file (POSIX locks are the process's): nobody else knows its name.
        using var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    });

    /// <summary>Makes the file whole and puts it in its place.</summary>
    /// <exception cref="WorldFailed">The disk is full or the place can't be written; the old file, if any, still stands.</exception>
    public void Commit()
    {
        try
        {
            Database.Execute("COMMIT");
            Database.Dispose();
            WaitForFlush();
            using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(temporary, final, overwrite: true);
            committed = true;
        }
        catch (Exception e) when (e is SqliteFault or IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1902", $"{final} cannot be written: {e.Message} What stood there before still does.", e);
        }
    }

    /// <summary>Takes the unfinished file away unless <see cref="Commit"/> succeeded.</summary>
    public void Dispose()
    {
        Database.Dispose();
        WaitForFlush();
        if (!committed)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (IOException)
            {
                // Left for the next run to sweep: there is no better place to say it than the error already under way.
            }
        }
    }

    private void WaitForFlush()
    {
        try
        {
            flushing?.Wait();
        }
        catch (AggregateException)
        {
            // Only a head start failed; what is wrong with the disk is told by the flush that counts, in Commit.
        }
    }

    // What a killed process left behind goes when the next one writes to the same place, if that process is gone.
    private static void SweepLeftovers(string full)
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full) + ".*.partial"))
        {
            var process = left.Split('.')[^2];
            if (int.TryParse(process, out var id) && id != Environment.ProcessId && !IsRunning(id))
            {
                File.Delete(left);
            }
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
