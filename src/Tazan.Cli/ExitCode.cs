namespace Tazan.Cli;

/// <summary>How the process ends. Fixed and documented: scripts rely on them.</summary>
public static class ExitCode
{
    /// <summary>Fine.</summary>
    public const int Fine = 0;

    /// <summary>Exposures at or above <c>--fail-on</c>, or lesson tests that failed.</summary>
    public const int Exposed = 1;

    /// <summary>A wrong flag, file or lesson.</summary>
    public const int Misuse = 2;

    /// <summary>The disk, the network or AWS failed, or a part of the input was broken.</summary>
    public const int WorldFailed = 3;

    /// <summary>Refused by a guard.</summary>
    public const int Refused = 4;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;
}
