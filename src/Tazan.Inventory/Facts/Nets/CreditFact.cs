using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>The CPU credits of burstable instances, and when they are gone at the measured load.</summary>
public sealed class CreditFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["credit"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var modes = Load(context, "SELECT instance_id, cpu_credits FROM credit_specification");
        var services = Load(context, "SELECT instance_id, service FROM service_member WHERE instance_type >= 't' AND instance_type < 'u'");
        var measured = MeasuredSeries.Load(context, "AWS/EC2", "CPUCreditBalance", "CPUUtilization");
        using var rows = context.Query("""
            SELECT account, region, instance_id, instance_type, tenancy FROM instance
             WHERE instance_type >= 't' AND instance_type < 'u' AND state IS NOT 'terminated'
            """);
        using var writer = context.Write("credit");
        var unmeasured = new Dictionary<(string Type, string Mode), string>();
        while (rows.Step())
        {
            var (id, type) = (rows.GetString(2), rows.GetString(3));
            if (CpuCredits.Find(type) is not { } credits)
            {
                continue;
            }

            // T3 on a Dedicated Host starts in standard mode (EC2 User Guide, "Burstable performance instances").
            var isDescribed = modes.TryGetValue(id, out var mode);
            mode ??= rows.GetString(4) == "host" ? "standard" : credits.DefaultMode;
            var newest = measured.Find("CPUCreditBalance", id, "Average", "Minimum", "Maximum");
            var least = measured.Find("CPUCreditBalance", id, "Minimum", "Average", "Maximum");
            var cpu = measured.Find("CPUUtilization", id, "Average");
            var hours = newest is { } balance && cpu is { } use ? credits.HoursToEmpty(balance.Last, use.Average) : null;
            writer.Row(rows.GetString(0), rows.GetString(1)).Add(id).Add(type).Add(services.GetValueOrDefault(id, "")).Add(mode)
                .Add(isDescribed ? "described" : "the family's default").Add((double?)credits.Baseline).Add((double?)credits.PerHour).Add((double?)credits.Maximum)
                .Add(newest?.Last).Add(least?.Minimum).Add(cpu?.Average).Add(hours).Add(Say(newest?.Last, cpu?.Average, hours)).End();

            // Without metrics all of one type and mode read the same, and they can be a hundred thousand.
            string Say(double? last, double? average, double? left) =>
                last is not null || average is not null ? Reason(type, mode, credits, last, average, left)
                : unmeasured.TryGetValue((type, mode), out var known) ? known
                : unmeasured[(type, mode)] = Reason(type, mode, credits, null, null, null);
        }
    }

    private static string Reason(string type, string mode, CpuCredits credits, double? balance, double? cpu, double? hours) => string.Create(CultureInfo.InvariantCulture,
        $"{type} earns {credits.PerHour} credits an hour for {credits.Baseline} % of each vCPU, {mode} mode{(cpu is null ? "; no CPU metrics" : string.Create(CultureInfo.InvariantCulture, $"; CPU averages {cpu:0.#} %"))}{(balance is null ? "; balance not measured" : string.Create(CultureInfo.InvariantCulture, $"; balance {balance:0.#} of {credits.Maximum}"))}{(hours is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; empty in {hours:0.#} h at that load"))}.");

    private static Dictionary<string, string> Load(FactContext context, string sql)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = context.Refine(sql);
        while (rows.Step())
        {
            if (rows.FindString(1) is { } value)
            {
                values[rows.GetString(0)] = value;
            }
        }

        return values;
    }
}
