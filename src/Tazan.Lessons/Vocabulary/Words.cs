using System.Collections.Immutable;

namespace Tazan.Lessons.Vocabulary;

/// <summary>The other closed lists of words that lessons use.</summary>
public static class Words
{
    /// <summary>What went wrong, as classes; the first of a lesson is the one a diagnosis should name.</summary>
    public static ImmutableArray<(string Name, string Meaning)> Mechanisms { get; } =
    [
        ("capacity-loss", "members vanish: power, cooling, host failure, forced restart"),
        ("slowdown", "members work at a part of their speed"),
        ("limit-exhaustion", "a hard limit is reached; new work is refused, old work goes on"),
        ("credit-exhaustion", "a token bucket runs empty"),
        ("boot-failure", "a member does not come back after a stop, a restart or a launch"),
        ("slow-restore", "capacity is back, but not at full speed"),
        ("data-loss", "the newest state is gone"),
        ("control-plane-loss", "what runs is fine, changes fail"),
        ("dependency-loss", "a service that members call is gone"),
        ("metastable-cascade", "an overload feeds itself after its trigger is gone"),
        ("automation-misfire", "a control loop removes or moves healthy capacity"),
        ("data-plane-partition", "members run but cannot be reached"),
        ("runaway-cost", "nothing fails, money flows"),
        ("expiry-time", "an instant hits all members at once"),
        ("monitoring-blind", "the signals that are needed are missing or wrong"),
    ];

    /// <summary>What a signal does in the outage.</summary>
    public static ImmutableArray<(string Name, string Meaning)> Doings { get; } =
    [
        ("rises", "above what is usual for the hour"),
        ("falls", "below what is usual for the hour"),
        ("flat-ceiling", "stands at one high value although demand varies"),
        ("flat-floor", "stands at one low value although demand varies"),
        ("alternates", "goes to and fro between two states"),
        ("stays-normal", "as on any other day: as good as evidence as what is abnormal"),
        ("fails", "a check or call that gives an error or no answer"),
        ("appears", "a notice, a message or an entry that was not there before"),
        ("stops", "no longer arrives at all"),
    ];

    /// <summary>Where a signal comes from: what stands before the colon in <c>metric:CPUUtilization</c>.</summary>
    public static ImmutableArray<(string Name, string Meaning)> SignalFamilies { get; } =
    [
        ("metric", "a CloudWatch metric, by its own name"),
        ("host", "something read on the host, such as CPU steal or a log line"),
        ("probe", "a check from outside: connect, answer, lookup"),
        ("status", "what the EC2 console says: instance-state, instance-check, system-check, volume-check"),
        ("balancer", "what a load balancer believes of its targets"),
        ("api", "answers of the provider's API: errors, latency, error-text"),
        ("provider", "what the provider says: scheduled-event, notice, status-page"),
        ("app", "the application's own figures: latency, errors, hit-rate, job-time"),
        ("cost", "bills and counts: spend, invocations, bytes-between-regions"),
        ("change", "what was changed: deploy, configuration, traffic"),
        ("people", "what people say: users, support"),
    ];

    /// <summary>How much a remedy costs or how large its risk is; a few words follow after a comma.</summary>
    public static ImmutableArray<string> Levels { get; } = ["none", "low", "medium", "high"];

    /// <summary>The severities in words, mildest first.</summary>
    public static ImmutableArray<string> Severities { get; } = [.. Enum.GetNames<Severity>().Select(static s => s.ToLowerInvariant())];
}
