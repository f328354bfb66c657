using System.Text;

namespace Tazan.Inventory.Facts.Network;

/// <summary>The maximum and the default timeout of each instance type in use.</summary>
internal sealed class LimitByType
{
    private readonly Dictionary<(string Account, string Region, string Type), (int? Vcpus, bool IsNitro, long? Timeout)> described = [];
    private readonly Dictionary<string, long> mostFree = new(StringComparer.Ordinal);
    private readonly FleetSettings settings;

    private LimitByType(FleetSettings settings) => this.settings = settings;

    internal static LimitByType Read(FactContext context, ConnectionMetrics metrics)
    {
        var types = new LimitByType(context.Settings);
        using (var query = context.Refine("select account, region, instance_type, vcpus, hypervisor, bare_metal, default_tcp_established_timeout from instance_type"))
        {
            while (query.Step())
            {
                types.described[(query.GetString(0), query.GetString(1), query.GetString(2))] =
                    ((int?)query.FindInt64(3), query.GetString(4) == "nitro" || query.GetInt64(5) != 0, query.FindInt64(6));
            }
        }

        using (var query = context.Refine("select distinct instance_type, instance_id from interface_group_set where instance_id in (select resource_id from metric where metric_name like '%conntrack_allowance_available')"))
        {
            while (query.Step())
            {
                if (metrics.Find(Encoding.UTF8.GetBytes(query.GetString(1)))?.AvailableMaximum is { } free)
                {
                    types.mostFree[query.GetString(0)] = Math.Max(free, types.mostFree.GetValueOrDefault(query.GetString(0)));
                }
            }
        }

        return types;
    }

    internal Entry Of(string account, string region, string type)
    {
        var reference = InstanceTypes.Find(type);
        var (vcpus, isNitro, timeout) = described.TryGetValue((account, region, type), out var its)
            ? its
            : (reference?.Vcpus, reference?.IsNitro ?? false, (long?)reference?.TcpEstablishedTimeout.TotalSeconds);
        var maximum = MaximumTracked.Of(type, settings.MaxTracked, mostFree.TryGetValue(type, out var free) ? free : null, vcpus ?? reference?.Vcpus, isNitro);
        return new Entry(maximum, timeout ?? (long?)reference?.TcpEstablishedTimeout.TotalSeconds);
    }

    /// <summary>What is known of a type; the timeout in seconds, null where nobody describes the type.</summary>
    internal sealed record Entry(MaximumTracked Maximum, long? Timeout);
}
