namespace Tazan.Inventory.Facts.Events;

/// <summary>One event that the provider has still to carry out, from whichever answer told of it.</summary>
internal sealed record PendingEvent
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>The event's id; the ARN where only the health page tells of it.</summary>
    public required string Id { get; init; }

    /// <summary>instance-reboot, system-reboot, system-maintenance, instance-retirement or instance-stop.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The latest start it may be moved to; null where it cannot be moved or nothing tells.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public string Zone { get; init; } = "";

    /// <summary>The type code of the health page; empty where the instance's own status told of the event.</summary>
    public string HealthCode { get; init; } = "";

    /// <summary>Assumed where no end is told: two hours, the shortest range an event window may have.</summary>
    internal static readonly TimeSpan AssumedLength = TimeSpan.FromHours(2);

    /// <summary>When the window ends; exclusive.</summary>
    internal DateTimeOffset End => NotAfter > NotBefore ? NotAfter.Value : NotBefore + AssumedLength;

    /// <summary>Whether the start can still be moved; null where the answer that told of it does not say.</summary>
    /// <remarks>Only events with a deadline, and not those that start within five minutes (EC2 User Guide, "Reschedule scheduled events").</remarks>
    internal bool? IsMovable(DateTimeOffset now) =>
        HealthCode.Length > 0 ? null : Deadline is { } deadline && deadline > now && NotBefore > now.AddMinutes(5);

    /// <summary>What it does, in words.</summary>
    internal string What => Code switch
    {
        "instance-reboot" => "reboots it on the same host; seconds down",
        "system-reboot" => "reboots it, on a new host where reboot migration is on; minutes down",
        "system-maintenance" => "network or power maintenance of its host: cut off, or offline and rebooted, for minutes",
        "instance-stop" => "stops it; the next start is on a new host",
        "instance-retirement" => "stops it for good on this host; terminates it where its root is instance store",
        var other => $"carries out {other}",
    };

    /// <summary>Whether it ends the stay on the host, and with it what instance-store disks hold.</summary>
    internal bool LeavesHost => Code is "instance-stop" or "instance-retirement";

    /// <summary>The event code that a type code of the health page stands for; null where it is none of an instance's.</summary>
    internal static string? CodeOf(string healthCode) =>
        !healthCode.StartsWith("AWS_EC2_", StringComparison.Ordinal) || healthCode.Contains("DEDICATED_HOST", StringComparison.Ordinal) ? null
        : healthCode.Contains("RETIREMENT", StringComparison.Ordinal) || healthCode.Contains("TERMINATION", StringComparison.Ordinal) ? "instance-retirement"
        : healthCode.Contains("INSTANCE_STOP", StringComparison.Ordinal) ? "instance-stop"
        : healthCode.Contains("SYSTEM_REBOOT", StringComparison.Ordinal) ? "system-reboot"
        : healthCode.Contains("INSTANCE_REBOOT", StringComparison.Ordinal) ? "instance-reboot"
        : healthCode.Contains("_MAINTENANCE", StringComparison.Ordinal) ? "system-maintenance"
        : null;
}
