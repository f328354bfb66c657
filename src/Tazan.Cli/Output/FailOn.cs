namespace Tazan.Cli.Output;

/// <summary><c>--fail-on</c>: which answers make the process end in 1.</summary>
/// <remarks>Immutable. Without the flag it is <see cref="None"/>: looking is not failing.</remarks>
public sealed class FailOn
{
    private static readonly string[] Words = ["none", "info", "low", "medium", "high", "critical", "unknown"];

    private readonly Severity? least;
    private readonly bool unknown;

    private FailOn(Severity? least, bool unknown) => (this.least, this.unknown) = (least, unknown);

    /// <summary>Nothing fails.</summary>
    public static FailOn None { get; } = new(null, false);

    /// <summary>Reads <c>none</c>, a severity, <c>unknown</c>, or several parted by commas (<c>high,unknown</c>); the lowest severity counts.</summary>
    /// <exception cref="UserError">A word is none of them, or <c>none</c> stands beside another.</exception>
    public static FailOn Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Severity? least = null;
        var (unknown, none) = (false, false);
        foreach (var part in text.Split(','))
        {
            var word = part.Trim().ToLowerInvariant();
            if (word == "none")
            {
                none = true;
            }
            else if (word == "unknown")
            {
                unknown = true;
            }
            else if (Array.IndexOf(Words, word) is var at and > 0)
            {
                var severity = (Severity)(at - 1);
                least = least is { } known && known < severity ? known : severity;
            }
            else
            {
                throw new UserError("TZN1802", "--fail-on", $"'{PlainText.Clean(word)}' is no severity.", Nearest.Mend(word, Words));
            }
        }

        if (none && (unknown || least is not null))
        {
            throw new UserError("TZN1802", "--fail-on", "'none' cannot stand beside another word.", "Leave one of them out.");
        }

        return new FailOn(least, unknown);
    }

    /// <summary>Whether the process must end in 1. With <c>unknown</c>, any blind spot counts, also beside an exposed answer.</summary>
    public bool Fails(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Answers.Any(a => (least is { } from && a.Exposures.Any(e => e.Severity >= from))
            || (unknown && (a.Answer == Answer.Unknown || !a.BlindSpots.IsEmpty)));
    }
}
