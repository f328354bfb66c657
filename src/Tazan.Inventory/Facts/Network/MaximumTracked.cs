using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>The most connections an instance of some type can track, and how that is known.</summary>
/// <param name="Value">Null where nothing is known.</param>
/// <param name="Basis"><c>measured here</c>, <c>known</c>, <c>estimated</c> or <c>unknown</c>.</param>
/// <param name="Source">Where the number comes from.</param>
public sealed record MaximumTracked(long? Value, string Basis, string Source)
{
    // 76,957 entries of an m7i-flex.large (see conntrack-limits.csv) over its two vCPUs, rounded down. That it grows in
    // proportion is inferred from two samples, one of them exactly four times the other: weak.
    private const long EntriesPerVcpu = 38_478;

    private static readonly Lazy<FrozenDictionary<string, (long Value, string Source)>> Published = new(static () =>
        ReferenceCsv.Read("conntrack-limits.csv", "instance_type,max_tracked,source")
            .Where(static row => !row[0].StartsWith("unknown", StringComparison.Ordinal))
            .ToFrozenDictionary(static row => row[0], static row => (long.Parse(row[1], CultureInfo.InvariantCulture), row[2]), StringComparer.Ordinal));

    /// <summary>Judges one type: what the user measured, else what is published or was seen free here, else an estimate.</summary>
    /// <param name="instanceType">Such as <c>m7i-flex.large</c>.</param>
    /// <param name="declared">From <c>tazan.yaml</c>, by type.</param>
    /// <param name="seenFree">The most entries ever seen free on an instance of that type in this fleet: a lower bound of the maximum; null without metrics.</param>
    /// <param name="vcpus">Of the type; null where nobody describes it.</param>
    /// <param name="isNitro">Whether the type is built on Nitro; the estimate holds for no other.</param>
    public static MaximumTracked Of(string instanceType, ImmutableDictionary<string, long> declared, long? seenFree, int? vcpus, bool isNitro)
    {
        if (declared.TryGetValue(instanceType, out var own))
        {
            return new MaximumTracked(own, "measured here", "max-tracked in tazan.yaml");
        }

        var published = Published.Value.GetValueOrDefault(instanceType);
        if (seenFree is { } free && free > published.Value)
        {
            return new MaximumTracked(free, "measured here", $"a lower bound: the most entries ever seen free on a {instanceType} of this fleet (ethtool_conntrack_allowance_available)");
        }

        if (published.Source is not null)
        {
            return new MaximumTracked(published.Value, "known", published.Source);
        }

        return isNitro && vcpus is { } count
            ? new MaximumTracked(EntriesPerVcpu * count, "estimated", FormattableString.Invariant($"inferred, weak: 38,478 entries for each of {count} vCPUs, from the one published measurement (m7i-flex.large)"))
            : new MaximumTracked(null, "unknown", isNitro || instanceType.Length == 0 ? "nobody describes the type" : "no number is published for Xen types, and they show no counter");
    }
}
