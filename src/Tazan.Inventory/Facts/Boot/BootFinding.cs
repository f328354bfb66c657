namespace Tazan.Inventory.Facts.Boot;

/// <summary>How sure a boot is. Ordered: the larger is the worse.</summary>
internal enum BootVerdict
{
    Boots,
    Unknown,
    AtRisk,
    WillNotBoot,
}

/// <summary>One thing that stands against a boot.</summary>
/// <param name="Verdict">How bad.</param>
/// <param name="Risk">As <c>bootability.risk</c> spells it.</param>
/// <param name="Text">The values that decide it; a clause without a full stop.</param>
internal readonly record struct BootFinding(BootVerdict Verdict, string Risk, string Text);

/// <summary>All that is known about a boot, ready to be a row.</summary>
internal sealed record BootOpinion
{
    internal BootOpinion(IReadOnlyList<BootFinding> findings, string ground, string kernelVersion, string successor)
    {
        var worst = -1;
        for (var i = 0; i < findings.Count; i++)
        {
            // The first of the worst names the risk; the reason names them all.
            if (worst < 0 || findings[i].Verdict > findings[worst].Verdict)
            {
                worst = i;
            }
        }

        Verdict = worst < 0 ? "boots" : findings[worst].Verdict switch
        {
            BootVerdict.Boots => "boots",
            BootVerdict.Unknown => "unknown",
            BootVerdict.AtRisk => "at-risk",
            _ => "will-not-boot",
        };
        Risk = worst < 0 ? "" : findings[worst].Risk;
        Reason = findings.Count == 0 ? ground + "." : string.Join("; ", findings.Select(static f => f.Text)) + ".";
        (KernelVersion, Successor) = (kernelVersion, successor);
    }

    internal string Verdict { get; }

    internal string Risk { get; }

    internal string Reason { get; }

    internal string KernelVersion { get; }

    internal string Successor { get; }
}
