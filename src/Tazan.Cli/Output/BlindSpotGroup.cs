using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>Blind spots that are one mend: the same call refused for the same reason in several regions and accounts.</summary>
internal sealed record BlindSpotGroup(string Service, string Operation, string Reason, ImmutableArray<BlindSpot> Spots)
{
    /// <summary>Groups by service, operation and reason: the widest first, then by name.</summary>
    public static ImmutableArray<BlindSpotGroup> Of(IEnumerable<BlindSpot> spots) =>
        [.. spots.GroupBy(static s => (s.Service, s.Operation, s.Reason))
            .Select(static g => new BlindSpotGroup(g.Key.Service, g.Key.Operation, g.Key.Reason, [.. g]))
            .OrderByDescending(static g => g.Spots.Length)
            .ThenBy(static g => g.Service, StringComparer.Ordinal).ThenBy(static g => g.Operation, StringComparer.Ordinal)
            .ThenBy(static g => g.Reason, StringComparer.Ordinal)];

    /// <summary>Such as <c>ec2 DescribeVolumes in 14 regions of 2 accounts: UnauthorizedOperation</c>.</summary>
    public string Sentence
    {
        get
        {
            var regions = Spots.Select(static s => s.Region).Distinct(StringComparer.Ordinal).ToList();
            var accounts = Spots.Select(static s => s.Account).Distinct(StringComparer.Ordinal).ToList();
            var where = regions.Count == 1 ? regions[0] : Words.Count(regions.Count, "region");
            var whose = accounts.Count == 1 ? accounts[0] == Identity.Unknown ? "" : " of " + accounts[0]
                : " of " + Words.Count(accounts.Count, "account");
            return PlainText.Clean($"{Service} {Operation} in {where}{whose}: {Reason}");
        }
    }

    /// <summary>What makes it readable: the first mend, and that there are more of its kind when they differ; empty when nobody said.</summary>
    public string Mend
    {
        get
        {
            var mends = Spots.Select(static s => s.Mend).Where(static m => m.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            return mends.Count switch
            {
                0 => "",
                1 => PlainText.Clean(mends[0]),
                _ => PlainText.Clean(mends[0]) + $" (and likewise for the {Words.Number(mends.Count - 1)} other{(mends.Count == 2 ? "" : "s")})",
            };
        }
    }
}
