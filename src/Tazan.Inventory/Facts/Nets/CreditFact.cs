using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Metrics;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>The CPU credits of burstable instances, and when they are gone at the measured load.</summary>
public sealed class CreditFact : IFact
{
    private const string Measured = "(SELECT resource_id FROM metric WHERE namespace = 'AWS/EC2' AND metric_name IN ('CPUCreditBalance', 'CPUUtilization'))";

    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["credit"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        // One statement reads them all; noted apart, since only the instances are needed for the fact to hold.
        context.Query("SELECT instance_id, instance_type, tenancy, state FROM instance").Dispose();
        context.Refine("SELECT instance_id, cpu_credits FROM credit_specification").Dispose();
        context.Refine("SELECT instance_id, service FROM service_member").Dispose();
        var measured = MeasuredSeries.Load(context, "AWS/EC2", "CPUCreditBalance", "CPUUtilization");

        // T3 on a Dedicated Host starts in standard mode (EC2 User Guide, "Burstable performance instances").
        const string burstable = """
            WITH burstable AS (
              SELECT i.account, i.region, i.instance_id, i.instance_type, t.baseline, t.per_hour, t.maximum, t.text,
                     coalesce((SELECT m.service FROM service_member m WHERE m.instance_id = i.instance_id), '') AS service,
                     (SELECT s.cpu_credits FROM credit_specification s WHERE s.instance_id = i.instance_id AND s.account = i.account AND s.region = i.region) AS described,
                     CASE i.tenancy WHEN 'host' THEN 'standard' ELSE t.default_mode END AS assumed
                FROM instance i CROSS JOIN temp.burstable_type t
               WHERE i.instance_type >= 't' AND i.instance_type < 'u' AND t.name = i.instance_type AND i.state IS NOT 'terminated')
            """;
        context.Database.Execute($"""
            CREATE TEMP TABLE burstable_type (name PRIMARY KEY, default_mode, baseline, per_hour, maximum, text) WITHOUT ROWID;
            INSERT INTO temp.burstable_type VALUES {string.Join(", ", CpuCredits.All.Select(static t => Values(t.Key, t.Value)))}
            """);
        try
        {
            context.Database.Execute($"""
                {burstable}
                INSERT INTO credit SELECT account, region, instance_id, instance_type, service, coalesce(described, assumed),
                       CASE WHEN described IS NULL THEN 'the family''s default' ELSE 'described' END, baseline, per_hour, maximum, NULL, NULL, NULL, NULL,
                       text || coalesce(described, assumed) || ' mode; no CPU metrics; balance not measured.'
                  FROM burstable WHERE instance_id NOT IN {Measured}
                """);
            if (!measured.IsEmpty)
            {
                WriteMeasured(context, measured, $"{burstable} SELECT account, region, instance_id, instance_type, service, described, assumed, text FROM burstable WHERE instance_id IN {Measured}");
            }
        }
        finally
        {
            context.Database.Execute("DROP TABLE temp.burstable_type");
        }
    }

    private static void WriteMeasured(FactContext context, MeasuredSeries measured, string sql)
    {
        using var rows = context.Database.Prepare(sql);
        using var writer = context.Write("credit");
        while (rows.Step())
        {
            var (id, type) = (rows.GetString(2), rows.GetString(3));
            var credits = CpuCredits.All[type];
            var newest = measured.Find("CPUCreditBalance", id, "Average", "Minimum", "Maximum");
            var least = measured.Find("CPUCreditBalance", id, "Minimum", "Average", "Maximum");
            var cpu = measured.Find("CPUUtilization", id, "Average");
            var hours = newest is { } balance && cpu is { } use ? credits.HoursToEmpty(balance.Last, use.Average) : null;
            var mode = rows.FindString(5) ?? rows.GetString(6);
            writer.Row(rows.GetString(0), rows.GetString(1)).Add(id).Add(type).Add(rows.GetString(4)).Add(mode)
                .Add(rows.IsNull(5) ? "the family's default" : "described").Add((double?)credits.Baseline).Add((double?)credits.PerHour).Add((double?)credits.Maximum)
                .Add(newest?.Last).Add(least?.Minimum).Add(cpu?.Average).Add(hours)
                .Add(rows.GetString(7) + mode + " mode"
                    + (cpu is { } load ? Text($"; CPU averages {load.Average:0.#} %") : "; no CPU metrics")
                    + (newest is { } last ? Text($"; balance {last.Last:0.#} of {credits.Maximum}") : "; balance not measured")
                    + (hours is { } left ? Text($"; empty in {left:0.#} h at that load.") : ".")).End();
        }
    }

    private static string Values(string name, CpuCredits type) => Text(
        $"('{name}', '{type.DefaultMode}', {type.Baseline:0.0}, {type.PerHour:0.0}, {type.Maximum:0.0}, '{name} earns {type.PerHour} credits an hour for {type.Baseline} % of each vCPU, ')");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
