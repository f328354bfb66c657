using System.Globalization;

namespace Tazan.Cli.Output;

/// <summary>Writes a file wholly or not at all: a temporary file beside it, flushed to the disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/>; <c>-</c> is standard output, and a device such as <c>/dev/stdout</c> is written straight.</summary>
    /// <param name="path">A path, or <c>-</c>. A symbolic link stays one: its target is replaced, and its permissions kept.</param>
    /// <param name="write">Writes all bytes. What it throws is passed on after the temporary file is gone.</param>
    /// <param name="openStandardOutput">Opens standard output; called only for <c>-</c>.</param>
    /// <exception cref="UserError">The path is a folder, or its folder does not exist.</exception>
    /// <exception cref="WorldFailed">The disk refused. Nothing is left and what stood there still stands.</exception>
    public static void Write(string path, Action<Stream> write, Func<Stream> openStandardOutput)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(openStandardOutput);
        if (path == "-")
        {
            Straight(openStandardOutput(), "standard output", write);
            return;
        }

        if (Directory.Exists(path))
        {
            throw new UserError("TZN1803", path, "this is a folder.", "Name a file to write.");
        }

        try
        {
            // A rename would put a plain file in the place of a device or of a shell's >(…).
            if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
            {
                Straight(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), path, write);
                return;
            }

            var link = new FileInfo(path).LinkTarget is not null ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
            Replace(link?.FullName ?? Path.GetFullPath(path), path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1891", $"{path}: could not be written, and nothing was changed: {e.Message}", e);
        }
    }

    // What was read of it cannot be taken back, so the message does not say that nothing was written.
    private static void Straight(Stream output, string name, Action<Stream> write)
    {
        try
        {
            using var buffered = new BufferedStream(output, 64 * 1024);
            write(buffered);
            buffered.Flush();
        }
        catch (IOException e)
        {
            throw new WorldFailed("TZN1893", $"{name}: was closed before everything was written: {e.Message}", e);
        }
    }

    private static void Replace(string target, string asGiven, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new UserError("TZN1803", asGiven, "its folder does not exist.", $"Make it first: mkdir -p {PlainText.Clean(folder)}");
        }

        using var stream = OpenBeside(target, out var temporary);
        try
        {
            write(stream);
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    // The process id keeps two runs apart, the number what a killed run of the same id left behind.
    private static FileStream OpenBeside(string target, out string temporary)
    {
        for (var n = 0; ; n++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $".tazan-{Environment.ProcessId}-{n}.tmp");
            temporary = Path.Combine(Path.GetDirectoryName(target)!, name);
            try
            {
                return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024);
            }
            catch (IOException) when (n < 1000 && File.Exists(temporary))
            {
            }
        }
    }
}
