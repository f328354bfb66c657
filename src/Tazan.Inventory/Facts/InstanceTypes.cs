using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Inventory.Facts;

/// <summary>The instance types that are publicly described, looked up by name. Read on first use; immutable and thread-safe after that.</summary>
public static class InstanceTypes
{
    private const string Heading =
        "instance_type,vcpu,memory_gib,hypervisor,virtualization,ena,network_performance,baseline_bandwidth_gbps,ebs_baseline_mbps,"
        + "current_generation,burstable,peak_bandwidth_gbps,ebs_max_mbps,ebs_baseline_iops,ebs_max_iops,ebs_nvme,ebs_optimized,"
        + "tcp_established_timeout_s,auto_recovery,reboot_migration,boot_modes,architectures,instance_store,max_enis,ipv4_per_eni,root_device_types";

    private static readonly Lazy<FrozenDictionary<string, InstanceTypeReference>> Loaded = new(Load);

    /// <summary>All of them, by name. Retired types and some special ones are missing.</summary>
    public static FrozenDictionary<string, InstanceTypeReference> All => Loaded.Value;

    /// <summary>The type of that name (such as <c>c4.large</c>), or null where the public data do not have it.</summary>
    public static InstanceTypeReference? Find(string name) => Loaded.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, InstanceTypeReference> Load() =>
        ReferenceCsv.Read("instance-types.csv", Heading).Select(Parse).ToFrozenDictionary(static type => type.Name, StringComparer.Ordinal);

    private static InstanceTypeReference Parse(string[] f) => new()
    {
        Name = f[0],
        Vcpus = Whole(f[1]),
        MemoryGib = Number(f[2]),
        Hypervisor = f[3],
        Virtualization = f[4],
        Ena = f[5],
        NetworkPerformance = f[6],
        BaselineBandwidthGbps = Number(f[7]),
        EbsBaselineMbps = Whole(f[8]),
        CurrentGeneration = f[9] == "true",
        Burstable = f[10] == "true",
        PeakBandwidthGbps = Number(f[11]),
        EbsMaximumMbps = Whole(f[12]),
        EbsBaselineIops = Whole(f[13]),
        EbsMaximumIops = Whole(f[14]),
        EbsNvme = f[15],
        EbsOptimized = f[16],
        TcpEstablishedTimeout = TimeSpan.FromSeconds(Whole(f[17]) ?? 432_000), // The provider's default where a type does not state one: five days.
        AutoRecovery = f[18] == "true",
        RebootMigration = f[19],
        BootModes = Words(f[20]),
        Architectures = Words(f[21]),
        InstanceStore = f[22] == "true",
        MaximumInterfaces = Whole(f[23]),
        Ipv4PerInterface = Whole(f[24]),
        RootDeviceTypes = Words(f[25]),
    };

    private static ImmutableArray<string> Words(string field) => [.. field.Split('|', StringSplitOptions.RemoveEmptyEntries)];

    private static int? Whole(string field) => field.Length == 0 ? null : int.Parse(field, CultureInfo.InvariantCulture);

    private static double? Number(string field) => field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture);
}
