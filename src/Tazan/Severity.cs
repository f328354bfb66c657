namespace Tazan;

/// <summary>How bad it would be for this fleet if the outage came today: by consequence, not by likelihood.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing stops.</summary>
    Info,

    /// <summary>An inconvenience, or money below what anyone would be called for.</summary>
    Low,

    /// <summary>A part of a service, or a deadline, is lost for a while.</summary>
    Medium,

    /// <summary>A service stops, or is far below what it needs, until somebody acts.</summary>
    High,

    /// <summary>A service stops and cannot be brought back quickly, or data is lost.</summary>
    Critical,
}
