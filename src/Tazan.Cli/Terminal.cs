namespace Tazan.Cli;

/// <summary>Where a command reads and writes: the real terminal, or a test's buffers.</summary>
/// <remarks>Data goes to <see cref="Out"/>, talk to <see cref="Error"/>. Not thread-safe, but for progress, which holds its own lock.</remarks>
public sealed class Terminal
{
    /// <summary>Opens standard output as a stream, for formats that are bytes.</summary>
    public required Func<Stream> OpenOut { get; init; }

    /// <summary>Data, as text.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Talk: progress, notes, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input, for <c>-</c>.</summary>
    public required Func<Stream> OpenIn { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: only then is progress drawn.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns of the terminal; 0 when nobody knows.</summary>
    public int Width { get; init; }

    /// <summary>An environment variable, or null.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>The process's own.</summary>
    public static Terminal Real() => new()
    {
        OpenOut = Console.OpenStandardOutput,
        Out = Console.Out,
        Error = Console.Error,
        OpenIn = Console.OpenStandardInput,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Width = Columns(),
        Variable = Environment.GetEnvironmentVariable,
    };

    private static int Columns()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var asked) && asked > 0)
        {
            return asked;
        }

        try
        {
            return Console.IsOutputRedirected ? 0 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
