using System.Collections.Immutable;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Json;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Import;

/// <summary>Makes a snapshot of saved AWS answers.</summary>
public static class Importer
{
    // Small files are read ahead of the writer; this many files are opened before the first of them is written.
    private const int FilesAhead = 64;

    /// <summary>Reads all files of the paths, derives all facts, and puts the snapshot in its place.</summary>
    /// <param name="paths">Files, folders (to any depth), or <c>-</c> for standard input.</param>
    /// <param name="options">Where to, and what to do about what the input leaves open.</param>
    /// <param name="clock">For the snapshot's own time, and for pacing the progress.</param>
    /// <param name="progress">Told at most ten times a second, from several threads; null when nobody listens.</param>
    /// <param name="cancellation">Looked at between items; nothing is left behind then.</param>
    /// <returns>What became of each document. A broken file does not throw: see <see cref="ImportReport.HasBroken"/>.</returns>
    /// <exception cref="UserError">A path is missing, or not one document was recognised; nothing was written.</exception>
    /// <exception cref="WorldFailed">A file can't be read or the snapshot can't be written; what stood there still does.</exception>
    /// <exception cref="OperationCanceledException">Someone asked to stop.</exception>
    public static ImportReport Import(
        IReadOnlyList<string> paths, ImportOptions options, TimeProvider clock, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        SeeThatFlagsAreRight(options);
        var files = InputFile.FindAll(paths, cancellation).Select(static f => new FileImport(f)).ToList();
        if (files.Count == 0)
        {
            throw new UserError("TZN1203", string.Join(", ", paths), "there is no file.", "Name a folder of saved AWS answers: see docs/import.md for how to save them.");
        }

        var pace = new Pace(clock, progress, files.Sum(static f => f.File.Length), files.Count);
        using var snapshot = SnapshotFile.Create(options.Output);
        try
        {
            return Fill(snapshot, files, options, clock, pace, cancellation);
        }
        catch (SqliteFault fault)
        {
            throw new WorldFailed("TZN1902", $"{options.Output} cannot be written: {fault.Message}. What stood there before still does.", fault);
        }
    }

    private static ImportReport Fill(SnapshotFile snapshot, List<FileImport> files, ImportOptions options, TimeProvider clock, Pace pace, CancellationToken cancellation)
    {
        var database = snapshot.Database;
        var firstSources = Load(database, files, options, pace, cancellation);
        var sources = files.SelectMany((file, i) => file.Documents.Select(d => new SourceDocument(firstSources[i] + d.Index, file, d))).ToList();
        SeeThatSomethingWasRead(files, sources);
        foreach (var source in sources)
        {
            source.Document.CollectedAt ??= source.File.File.WrittenAt is { } written && written <= clock.GetUtcNow() && written.Year > 2005 ? IsoTime.Format(written) : null;
        }

        var notes = new List<string>();
        pace.Say("placing");
        new Origins(database, sources, options, notes).Resolve();
        cancellation.ThrowIfCancellationRequested();
        WriteSources(database, sources);

        pace.Say("indexing");

        // From here on the same tables are walked again and again: mapped, their pages need not be copied each time.
        database.Execute("PRAGMA mmap_size = 1073741824");
        var filled = Filled(database);
        SnapshotSchema.Finish(database, SnapshotSchema.Tables.Where(static t => !t.IsFact));
        var duplicates = new Duplicates(database);
        duplicates.Remove(filled, cancellation);
        if (duplicates.Removed > 0)
        {
            notes.Add($"{duplicates.Removed} rows were there more than once; the one of the later file was kept.");
        }

        NoteOddValues(files, notes);
        snapshot.FlushAhead();
        var book = new CallBook(database, sources);
        book.Write();

        var collected = CollectedAt(options, sources, clock);
        FactBook.DeriveAll(database, collected, options.Settings, pace.Say, cancellation);
        WriteSnapshotRow(database, options, clock, collected);
        cancellation.ThrowIfCancellationRequested();
        var report = new ImportReport
        {
            Documents = [.. sources.Select(Report)],
            Notes = [.. notes],
            Rows = filled.ToImmutableSortedDictionary(static t => t.Name, t => database.Count($"SELECT count(*) FROM {t.Name}"), StringComparer.Ordinal),
            Places = [.. book.Places],
            BlindSpots = book.BlindSpots,
            Files = files.Count,
            Bytes = files.Sum(static f => f.BytesRead),
            CollectedAt = collected,
        };
        snapshot.Commit();
        return report;
    }

    // Files are read by as many threads as there are processors and written by this one, in their order whatever the
    // threads do: the snapshot is the same on one core and on sixteen.
    private static long[] Load(Database database, List<FileImport> files, ImportOptions options, Pace pace, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ahead = new SemaphoreSlim(FilesAhead);
        using var loader = new RowLoader(database);
        var pool = new System.Collections.Concurrent.ConcurrentBag<RowBatch>();
        var next = -1;
        var readers = Enumerable.Range(0, Math.Min(files.Count, Math.Max(1, Environment.ProcessorCount)))
            .Select(_ => Task.Factory.StartNew(ReadFiles, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        var firsts = new long[files.Count];
        long source = 1;
        try
        {
            for (var i = 0; i < files.Count; i++)
            {
                var file = files[i];
                firsts[i] = source;
                foreach (var batch in file.Batches.GetConsumingEnumerable(stop.Token))
                {
                    loader.Write(batch, source, file.NamesSoFar());
                    batch.Clear();
                    pool.Add(batch);
                }

                source += file.Documents.Count;
                ahead.Release();
            }

            Task.WaitAll(readers, CancellationToken.None);
            return firsts;
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // A reader that failed stops the others; what it met is what is told.
            WaitFor(readers);
            var fault = readers.Select(static r => r.Exception?.InnerException).FirstOrDefault(static x => x is not null and not OperationCanceledException);
            if (fault is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(fault).Throw();
            }

            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            stop.Cancel();
            WaitFor(readers);
        }

        void ReadFiles()
        {
            try
            {
                while (true)
                {
                    ahead.Wait(stop.Token);
                    var i = Interlocked.Increment(ref next);
                    if (i >= files.Count)
                    {
                        return;
                    }

                    Read(files[i], options, pool, pace, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }

    private static void WaitFor(Task[] readers)
    {
        try
        {
            Task.WaitAll(readers, CancellationToken.None);
        }
        catch (AggregateException)
        {
            // Told from the tasks themselves.
        }
    }

    private static void Read(FileImport file, ImportOptions options, System.Collections.Concurrent.ConcurrentBag<RowBatch> pool, Pace pace, CancellationToken cancellation)
    {
        RowBatch Next() => pool.TryTake(out var batch) ? batch : new RowBatch();
        try
        {
            using var stream = file.File.Open(options.StandardInput, pace.Count, out var head);
            using var reader = new FileReader(
                file,
                stream,
                head,
                new ValueWriter(options.HashTags),
                full =>
                {
                    file.Batches.Add(full, cancellation);
                    return Next();
                },
                Next(),
                cancellation);
            reader.ReadAll();
            if (!reader.Batch.IsEmpty)
            {
                file.Batches.Add(reader.Batch, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1904", $"{file.File.Path} cannot be read: {e.Message} Nothing was written.", e);
        }

        file.Batches.CompleteAdding();
        pace.FileRead();
    }

    private static void SeeThatFlagsAreRight(ImportOptions options)
    {
        if (options.Account is { } account && !Places.IsAccountText(account))
        {
            throw new UserError("TZN1204", "--account " + account, "an account is twelve digits.", "Ask: aws sts get-caller-identity");
        }

        if (options.Region is { } region && !Places.IsRegion(region))
        {
            throw new UserError("TZN1205", "--region " + region, "this is no region.", "Such as us-east-1.");
        }
    }

    private static void SeeThatSomethingWasRead(List<FileImport> files, List<SourceDocument> sources)
    {
        if (sources.Exists(static s => s.Document.Status == DocumentStatus.Read || (s.Document.Status == DocumentStatus.Broken && s.Document.HasRows)))
        {
            return;
        }

        const string Mend = "Save answers such as: aws ec2 describe-instances > describe-instances.json";
        if (sources.Find(static s => s.Document.Status == DocumentStatus.Broken) is { } broken)
        {
            throw new UserError("TZN1206", "", broken.Document.Note.Replace("; what stood before is in", "", StringComparison.Ordinal), files.Count == 1 ? "" : $"None of the {files.Count} files holds an answer that could be read.");
        }

        throw files.Count == 1
            ? new UserError("TZN1207", files[0].File.Path + (sources.Count > 0 ? ":" + sources[0].Document.Line : ""), (sources.Count > 0 ? sources[0].Document.Note : "nothing was found") + ".", Mend)
            : new UserError("TZN1207", "", $"none of the {files.Count} files is an answer of AWS that Tazan reads; the first, {files[0].File.Path}: {files[0].Documents[0].Note}.", Mend);
    }

    private static List<Table> Filled(Database database) =>
        [.. SnapshotSchema.Tables.Where(t => !t.IsFact && database.Count($"SELECT EXISTS (SELECT 1 FROM {t.Name})") == 1)];

    private static void WriteSources(Database database, List<SourceDocument> sources)
    {
        using var insert = database.Prepare("INSERT INTO source VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
        foreach (var source in sources)
        {
            var report = Report(source);
            var document = source.Document;
            insert.Bind(1, source.Id).Bind(2, report.Path).Bind(3, (long)report.Document)
                .Bind(4, document.Call?.Service).Bind(5, document.Call?.Operation)
                .Bind(6, document.Call is null ? null : report.Account).Bind(7, document.Call is null ? null : report.Region)
                .Bind(8, document.Call is null ? null : report.AccountFrom).Bind(9, document.Call is null ? null : report.RegionFrom)
                .Bind(10, document.Resource is { } resource ? System.Text.Encoding.UTF8.GetString(resource) : null)
                .Bind(11, document.CollectedAt).Bind(12, document.Items).Bind(13, document.Bytes)
                .Bind(14, Word(document.Status)).Bind(15, document.Note).Run();
        }
    }

    private static string Word(DocumentStatus status) => status switch
    {
        DocumentStatus.Read => "read",
        DocumentStatus.Skipped => "skipped",
        DocumentStatus.Refused => "refused",
        _ => "broken",
    };

    private static DocumentReport Report(SourceDocument source)
    {
        var document = source.Document;
        return new DocumentReport(
            source.File.File.Path, document.Index + 1, document.Status, document.Call?.Service ?? "", document.Call?.Operation ?? "", document.Items,
            source.Account, source.AccountFrom, source.Region, source.RegionFrom, document.Note);
    }

    private static void NoteOddValues(List<FileImport> files, List<string> notes)
    {
        var odd = files.SelectMany(static f => f.OddValues).GroupBy(static o => o.Key, StringComparer.Ordinal)
            .Select(static g => (Column: g.Key, Count: g.Sum(static o => o.Value))).OrderBy(static o => o.Column, StringComparer.Ordinal).ToList();
        if (odd.Count > 0)
        {
            notes.Add($"{odd.Sum(static o => o.Count)} values are of another kind than AWS documents ({string.Join(", ", odd.Take(5).Select(static o => $"{o.Column}: {o.Count}"))}{(odd.Count > 5 ? ", …" : "")}); they were left out, or kept as text.");
        }
    }

    private static DateTimeOffset CollectedAt(ImportOptions options, List<SourceDocument> sources, TimeProvider clock)
    {
        if (options.CollectedAt is { } told)
        {
            return told.ToUniversalTime();
        }

        var newest = sources.Where(static s => s.Document.Status == DocumentStatus.Read).Select(static s => s.Document.CollectedAt).Max(StringComparer.Ordinal);
        return newest is null ? clock.GetUtcNow() : IsoTime.Parse(newest);
    }

    private static void WriteSnapshotRow(Database database, ImportOptions options, TimeProvider clock, DateTimeOffset collected)
    {
        using var insert = database.Prepare("INSERT INTO snapshot VALUES (?1, ?2, 'import', ?3, ?4, ?5)");
        insert.Bind(1, (long)SnapshotSchema.Version).Bind(2, options.TazanVersion).Bind(3, IsoTime.Format(clock.GetUtcNow()))
            .Bind(4, IsoTime.Format(collected)).Bind(5, options.HashTags ? 1L : 0L).Run();
    }

    /// <summary>Adds up what was read, and tells it no more often than ten times a second. Thread-safe.</summary>
    private sealed class Pace(TimeProvider clock, IProgress<ImportProgress>? progress, long total, int files)
    {
        private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
        private readonly Lock gate = new();
        private long last = long.MinValue;
        private long bytes;
        private int read;

        public void Count(int count)
        {
            Interlocked.Add(ref bytes, count);
            Tell("reading", always: false);
        }

        public void FileRead()
        {
            Interlocked.Increment(ref read);
            Tell("reading", always: false);
        }

        public void Say(string stage) => Tell(stage, always: true);

        private void Tell(string stage, bool always)
        {
            if (progress is null)
            {
                return;
            }

            lock (gate)
            {
                var now = clock.GetTimestamp();
                if (!always && last != long.MinValue && clock.GetElapsedTime(last, now) < Every)
                {
                    return;
                }

                last = now;
            }

            progress.Report(new ImportProgress(stage, Interlocked.Read(ref bytes), total, Volatile.Read(ref read), files));
        }
    }
}
