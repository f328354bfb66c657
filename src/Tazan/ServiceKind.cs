namespace Tazan;

/// <summary>How a service behaves when members go: what <c>service.kind</c> holds, in kebab case.</summary>
public enum ServiceKind
{
    /// <summary>Any member can do any request; losing one loses its share of capacity.</summary>
    Stateless,

    /// <summary>A lost member is a lost share of keys; what it held must come from the service behind it.</summary>
    Cache,

    /// <summary>One member writes, others follow; losing the first means a fail-over, or an outage without a follower.</summary>
    PrimaryStandby,

    /// <summary>A majority must agree; losing half stops it.</summary>
    Quorum,

    /// <summary>Work with a deadline, not requests.</summary>
    Batch,

    /// <summary>One instance does the job alone.</summary>
    Single,
}

/// <summary>Text forms of <see cref="ServiceKind"/>, as in the snapshot and in <c>tazan.yaml</c>.</summary>
public static class ServiceKinds
{
    private static readonly (ServiceKind Kind, string Text)[] Forms =
    [
        (ServiceKind.Stateless, "stateless"),
        (ServiceKind.Cache, "cache"),
        (ServiceKind.PrimaryStandby, "primary-standby"),
        (ServiceKind.Quorum, "quorum"),
        (ServiceKind.Batch, "batch"),
        (ServiceKind.Single, "single"),
    ];

    /// <summary>All text forms, in the order of the enum.</summary>
    public static IEnumerable<string> Texts => Forms.Select(static f => f.Text);

    /// <summary>The kebab-case form, such as <c>primary-standby</c>.</summary>
    public static string ToText(this ServiceKind kind) => Forms[(int)kind].Text;

    /// <summary>Reads a kebab-case form; compared by ordinal text.</summary>
    public static bool TryParse(string text, out ServiceKind kind)
    {
        foreach (var form in Forms)
        {
            if (form.Text == text)
            {
                kind = form.Kind;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
