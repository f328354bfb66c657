using System.Globalization;

namespace Tazan.Inventory.Facts.Nets;

/// <summary>Whether somebody is told before CPU or I/O credits are gone.</summary>
internal static class BurstNets
{
    internal static void Derive(FactContext context, NetWriter writer, Alarms alarms)
    {
        var services = new SortedDictionary<(string Account, string Region, string Service), (long Volumes, long Watched)>();
        using (var rows = context.Refine("SELECT account, region, volume_id, service, average_iops > baseline_iops OR exhausted = 1, reason FROM burst"))
        {
            while (rows.Step())
            {
                var (account, region, id, service) = (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3));
                var isWatched = alarms.WatchesBurstOf(id);
                if (service.Length > 0)
                {
                    var (volumes, watched) = services.GetValueOrDefault((account, region, service));
                    services[(account, region, service)] = (volumes + 1, watched + (isWatched ? 1 : 0));
                }

                // By itself a volume is named only where it was seen to live above its baseline.
                if (rows.GetInt64(4) == 1)
                {
                    writer.Write(account, region, "volume-burst", "volume", id, service, isWatched, isWatched ? "alarm on BurstBalance" : "no alarm", "gp3, or an alarm on BurstBalance", rows.GetString(5));
                }
            }
        }

        foreach (var ((account, region, service), (volumes, watched)) in services)
        {
            writer.Write(account, region, "volume-burst", "service", service, service, watched == volumes,
                string.Create(CultureInfo.InvariantCulture, $"{watched} of {volumes} volumes watched"), "gp3, or an alarm on BurstBalance for each",
                string.Create(CultureInfo.InvariantCulture, $"{volumes} of its volumes live on a burst bucket; {volumes - watched} have no alarm on BurstBalance."));
        }

        DeriveCreditModes(context);
    }

    // Copied inside SQLite: a fleet of small instances can be all of this kind.
    private static void DeriveCreditModes(FactContext context)
    {
        const string select = """
            SELECT account, region, 'credit-mode', 'instance', instance_id, service, 0, 'standard',
                   'unlimited, or an alarm on CPUCreditBalance', reason FROM credit WHERE mode = 'standard'
            """;
        using (context.Refine(select))
        {
            context.Database.Execute("INSERT INTO safety_net " + select);
        }
    }
}
