using Tazan.Cli.Output;

namespace Tazan.Cli;

/// <summary>One line on the terminal that says how far a long job is; silent for the first second, and where nobody watches.</summary>
/// <remarks>Thread-safe: reports may come from any thread.</remarks>
internal sealed class ProgressLine(Terminal terminal, TimeProvider clock, bool wanted) : IDisposable
{
    // What is done sooner needs no progress; faster redrawing only flickers.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly long started = clock.GetTimestamp();
    private long shownAt;
    private int shown;

    /// <summary>Shows how far the job is.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="share">0 to 1; null where nobody knows.</param>
    internal void Show(string what, double? share)
    {
        if (!wanted || !terminal.IsErrorTerminal || clock.GetElapsedTime(started) < Quiet)
        {
            return;
        }

        lock (gate)
        {
            if (shown > 0 && clock.GetElapsedTime(shownAt) < Between)
            {
                return;
            }

            var text = PlainText.Cut(PlainText.Clean(share is { } done ? $"{what}  {done * 100:0} %{Left(done)}" : what), Columns());
            terminal.Error.Write("\r" + text + new string(' ', Math.Max(0, shown - text.Length)));
            shown = text.Length;
            shownAt = clock.GetTimestamp();
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (shown > 0)
            {
                terminal.Error.Write("\r" + new string(' ', shown) + "\r");
                shown = 0;
            }
        }
    }

    private int Columns() => Math.Max(20, (terminal.Width > 0 ? terminal.Width : 80) - 1);

    private string Left(double done)
    {
        var elapsed = clock.GetElapsedTime(started).TotalSeconds;
        return done is > 0.02 and < 1 ? $", about {Math.Ceiling(elapsed / done * (1 - done)):0} s left" : "";
    }
}
