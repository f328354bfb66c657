namespace Tazan.Cli.Output;

/// <summary>How a report is to look; every format ignores what does not concern it.</summary>
public sealed record ReportOptions
{
    /// <summary>What <c>table</c> is fitted to when nobody knows the terminal's width.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Columns of the terminal; <c>table</c> keeps within 80 to 200 whatever is given.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Whether <c>table</c> may colour. The caller decides: a terminal, and neither NO_COLOR nor --no-color.</summary>
    public bool Colours { get; init; }

    /// <summary>--why: say also why clear, and for unknown each blind spot with its mend.</summary>
    public bool Why { get; init; }

    /// <summary>-v: list every row, not only the jobs (in <c>table</c> and <c>md</c>).</summary>
    public bool Verbose { get; init; }

    /// <summary>Jobs that <c>table</c> spells out for each lesson before it counts the rest.</summary>
    public int Jobs { get; init; } = 10;

    /// <summary>The twelve digits to use in <c>asff</c> for a finding whose account nothing in the input named; empty for none.</summary>
    public string AsffAccount { get; init; } = "";

    /// <summary>The region to use in <c>asff</c> for a finding without one; empty for the partition's first (assumed: us-east-1).</summary>
    public string AsffRegion { get; init; } = "";

    /// <summary>Whether colours are wanted, from what the surroundings say.</summary>
    /// <param name="noColourFlag">--no-color was given.</param>
    /// <param name="noColourVariable">The value of NO_COLOR, null when it is not set; by its convention any text but the empty one counts.</param>
    /// <param name="isTerminal">Standard output is a terminal.</param>
    public static bool WantsColours(bool noColourFlag, string? noColourVariable, bool isTerminal) =>
        isTerminal && !noColourFlag && string.IsNullOrEmpty(noColourVariable);
}
