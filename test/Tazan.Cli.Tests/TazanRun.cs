using System.Text;

namespace Tazan.Cli.Tests;

/// <summary>One run of the command line in this process, with what it printed.</summary>
internal sealed record TazanRun(int Code, string Out, string Error)
{
    /// <summary>The moment at which such runs happen.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    internal static TazanRun Of(params string[] args) => With([], args);

    internal static TazanRun With(Dictionary<string, string> variables, params string[] args)
    {
        var (data, talk) = (new MemoryStream(), new StringWriter());
        var text = new StreamWriter(data, new UTF8Encoding(false)) { AutoFlush = true };
        var terminal = new Terminal
        {
            OpenOut = () => new Kept(data),
            Out = text,
            Error = talk,
            OpenIn = static () => Stream.Null,
            Variable = name => variables.GetValueOrDefault(name),
        };
        var code = CommandLine.RunAsync(args, terminal, new FixedClock(), CancellationToken.None).GetAwaiter().GetResult();
        text.Flush();
        return new TazanRun(code, Encoding.UTF8.GetString(data.ToArray()), talk.ToString());
    }

    // A command closes what it opened; the bytes are read afterwards.
    private sealed class Kept(MemoryStream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class Folder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("tazan-test-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    internal string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
