using System.IO.Compression;

namespace Tazan.Inventory.Import;

/// <summary>One file of the input.</summary>
/// <param name="Path">As messages show it; <c>-</c> for standard input.</param>
/// <param name="Length">Bytes on the disk; 0 where not known.</param>
/// <param name="WrittenAt">When it was written last, UTC; null for standard input.</param>
internal sealed record InputFile(string Path, long Length, DateTimeOffset? WrittenAt)
{
    /// <summary>The folder as messages show it; empty where there is none.</summary>
    public string Folder => Path == "-" ? "" : System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>All files of the paths, folders walked to any depth, in ordinal order within each folder; each file once.</summary>
    /// <exception cref="UserError">A path does not exist, or nothing can be read there.</exception>
    public static List<InputFile> FindAll(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var found = new List<InputFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == "-")
            {
                if (seen.Add("-"))
                {
                    found.Add(new InputFile("-", 0, null));
                }
            }
            else if (File.Exists(path))
            {
                AddFile(new FileInfo(path), path, found, seen);
            }
            else if (Directory.Exists(path))
            {
                Walk(new DirectoryInfo(path), path, found, seen, new HashSet<string>(StringComparer.Ordinal), cancellation);
            }
            else
            {
                throw new UserError("TZN1201", path, "there is no such file or folder.", "Name files or folders of saved AWS answers, or - for standard input.");
            }
        }

        return found;
    }

    /// <summary>Opens it, unpacking gzip, which is told by its first two bytes (RFC 1952), whatever the name says.</summary>
    /// <param name="standardInput">What <c>-</c> reads.</param>
    /// <param name="count">Told of bytes as they are read from the disk.</param>
    public Stream Open(Stream? standardInput, Action<int> count)
    {
        Stream raw = Path == "-"
            ? standardInput ?? throw new UserError("TZN1202", "-", "there is no standard input here.", "Name a file or a folder.")
            : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        var head = new byte[2];
        var length = raw.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        var whole = new HeadedStream(head.AsMemory(0, length), raw, leaveOpen: Path == "-", count);
        return length == 2 && head[0] == 0x1F && head[1] == 0x8B ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static void Walk(DirectoryInfo folder, string shown, List<InputFile> found, HashSet<string> seen, HashSet<string> around, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();

        // A link to a folder that we are inside of would go round for ever.
        var real = Real(folder);
        if (!around.Add(real))
        {
            return;
        }

        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new WorldFailed("TZN1903", $"{shown} cannot be read: {e.Message} Nothing was written.", e);
        }

        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var entry in entries)
        {
            var path = System.IO.Path.Join(shown, entry.Name);
            if (entry is DirectoryInfo inner)
            {
                // What begins with a dot is a tool's own (.git), not saved answers.
                if (!entry.Name.StartsWith('.'))
                {
                    Walk(inner, path, found, seen, around, cancellation);
                }
            }
            else if (entry.Exists && !entry.Name.StartsWith('.'))
            {
                AddFile((FileInfo)entry, path, found, seen);
            }
        }

        around.Remove(real);
    }

    private static void AddFile(FileInfo file, string shown, List<InputFile> found, HashSet<string> seen)
    {
        if (seen.Add(Real(file)))
        {
            var target = file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            found.Add(new InputFile(shown, target.Exists ? target.Length : 0, new DateTimeOffset(target.LastWriteTimeUtc, TimeSpan.Zero)));
        }
    }

    private static string Real(FileSystemInfo entry)
    {
        try
        {
            return (entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry).FullName;
        }
        catch (IOException)
        {
            return entry.FullName;
        }
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class HeadedStream(ReadOnlyMemory<byte> head, Stream rest, bool leaveOpen, Action<int> count) : Stream
    {
        private ReadOnlyMemory<byte> head = head;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read;
            if (!head.IsEmpty)
            {
                read = Math.Min(head.Length, buffer.Length);
                head.Span[..read].CopyTo(buffer);
                head = head[read..];
            }
            else
            {
                read = rest.Read(buffer);
            }

            count(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
