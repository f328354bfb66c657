using System.Collections.Frozen;
using System.Globalization;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>What a burstable type earns. A credit is one vCPU at full speed for one minute.</summary>
/// <param name="Vcpus">Count.</param>
/// <param name="Baseline">Per cent of each vCPU that it may use for ever.</param>
/// <param name="PerHour">Credits earned each hour.</param>
/// <param name="Maximum">The balance it can save: what 24 hours earn.</param>
/// <param name="DefaultMode">standard or unlimited.</param>
internal sealed record CpuCredits(int Vcpus, double Baseline, double PerHour, double Maximum, string DefaultMode)
{
    private const string Heading = "instance_type,vcpu,baseline_pct_per_vcpu,credits_per_hour,max_balance,default_mode";

    private static readonly Lazy<FrozenDictionary<string, CpuCredits>> Loaded = new(static () => ReferenceCsv.Read("t-credits.csv", Heading)
        .ToFrozenDictionary(static f => f[0], static f => new CpuCredits(int.Parse(f[1], CultureInfo.InvariantCulture), Number(f[2]), Number(f[3]), Number(f[4]), f[5]), StringComparer.Ordinal));

    /// <summary>All burstable types, by name.</summary>
    internal static FrozenDictionary<string, CpuCredits> All => Loaded.Value;

    /// <summary>The figures of a type, or null where it has no credits.</summary>
    internal static CpuCredits? Find(string type) => Loaded.Value.GetValueOrDefault(type);

    /// <summary>Hours until a balance is spent; null where the load is within the baseline.</summary>
    /// <remarks>minutes = balance / (vCPUs x (use - baseline)): what is used beyond what is earned.</remarks>
    /// <param name="balance">Credits.</param>
    /// <param name="use">Per cent of all vCPUs, as CPUUtilization gives it.</param>
    internal double? HoursToEmpty(double balance, double use) =>
        use > Baseline ? balance / (Vcpus * (use - Baseline) / 100) / 60 : null;

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
