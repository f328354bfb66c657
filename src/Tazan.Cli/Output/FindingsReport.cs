using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>What SARIF, JUnit, OCSF and ASFF can say: rules with findings. A check and a diff both become one.</summary>
internal sealed record FindingsReport(string Verb, string Version, string Artifact, DateTimeOffset At, ImmutableArray<Rule> Rules)
{
    /// <summary>A rule for each lesson.</summary>
    public static FindingsReport From(CheckReport report) => new("check", report.Version, report.Snapshot, report.CheckedAt,
        [.. report.Answers.Select(static a => new Rule(a.Lesson, a.Title, a.Why, a.Source, a.Severity, a.Answer,
            [.. a.Exposures.Select(e => From(a, e))], a.BlindSpots))]);

    /// <summary>A rule for each kind of change; all of severity info, since a change is no fault. The artifact is the newer snapshot.</summary>
    public static FindingsReport From(DiffReport report) => new("diff", report.Version, report.After, report.ComparedAt,
        [.. Enum.GetValues<ChangeKind>().Select(kind => Changes(report, kind))]);

    private static Finding From(LessonAnswer answer, Exposure e) => new(e.Key, e.Resource, e.Severity, e.Evidence, e.Service, e.Client, e.Remedy,
        e.RemedyTarget, answer.Remedies.GetValueOrDefault(e.Remedy, ""), e.Details);

    private static Rule Changes(DiffReport report, ChangeKind kind)
    {
        var changes = report.Changes.Where(c => c.Kind == kind).ToList();
        var (title, why) = kind switch
        {
            ChangeKind.Appeared => ("A resource appeared", "Only the newer snapshot has it."),
            ChangeKind.Went => ("A resource went", "Only the older snapshot has it."),
            _ => ("A resource changed", "Both snapshots have it, with different values."),
        };
        return new Rule($"diff-{kind.ToText()}", title, why, "", Severity.Info,
            changes.Count > 0 ? Answer.Exposed : report.BlindSpots.IsEmpty ? Answer.Clear : Answer.Unknown,
            [.. changes.Select(static c => new Finding(c.Key, c.Resource, Severity.Info, Sentence(c), c.Service, "", "", "", "",
                [.. c.Columns.Select(static p => KeyValuePair.Create(p.Column, ChangeGroup.Values(p)))]))],
            report.BlindSpots);
    }

    private static string Sentence(FleetChange change)
    {
        var columns = string.Join(", ", change.Columns.Select(static c => $"{c.Column} {ChangeGroup.Values(c)}"));
        return $"{Words.Noun(change.Resource.Type)} {change.Resource.Id} {change.Kind.ToText()}{(columns.Length == 0 ? "." : $": {columns}.")}";
    }
}

/// <summary>One lesson, or one kind of change, with what it found.</summary>
internal sealed record Rule(string Id, string Title, string Why, string HelpUri, Severity Severity, Answer Answer,
    ImmutableArray<Finding> Findings, ImmutableArray<BlindSpot> BlindSpots)
{
    /// <summary>The public address as a valid absolute one, else null: formats with a type for it refuse anything else.</summary>
    public string? Address => Uri.TryCreate(HelpUri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : null;

    /// <summary>Whether something this rule reads could not be read.</summary>
    public bool IsPartial => Answer == Answer.Unknown || !BlindSpots.IsEmpty;

    /// <summary>Why this is unknown, or unknown in part, in one line.</summary>
    public string Unread => BlindSpots.IsEmpty ? Why
        : "Could not read " + string.Join("; ", BlindSpotGroup.Of(BlindSpots).Select(static g => g.Sentence)) + ".";
}

/// <summary>One resource that a rule found.</summary>
internal sealed record Finding(string Key, Resource Resource, Severity Severity, string Text, string Service, string Client, string Remedy,
    string RemedyTarget, string RemedyText, ImmutableArray<KeyValuePair<string, string>> Details)
{
    /// <summary>What to do, in one line; empty where no remedy is named.</summary>
    public string Advice => Remedy.Length == 0 ? ""
        : $"{Remedy}{(RemedyTarget.Length == 0 ? "" : " " + RemedyTarget)}{(RemedyText.Length == 0 ? "" : ": " + RemedyText)}";
}
