using System.Collections.Immutable;

namespace Tazan.Inventory.Facts;

/// <summary>One row of the embedded table of instance types, which stands in where DescribeInstanceTypes was not read.</summary>
/// <remarks>Immutable. Null means that the public data do not say. Source: the comments at the top of <c>Reference/instance-types.csv</c>.</remarks>
public sealed record InstanceTypeReference
{
    public required string Name { get; init; }

    /// <summary>Default count.</summary>
    public required int? Vcpus { get; init; }

    public required double? MemoryGib { get; init; }

    /// <summary><c>nitro</c>, <c>xen</c> or <c>metal</c>.</summary>
    public required string Hypervisor { get; init; }

    /// <summary><c>hvm</c>, <c>paravirtual</c> or <c>both</c>.</summary>
    public required string Virtualization { get; init; }

    /// <summary><c>required</c>, <c>supported</c> or <c>unsupported</c>.</summary>
    public required string Ena { get; init; }

    /// <summary>In the provider's words, such as <c>Up to 10 Gigabit</c>.</summary>
    public required string NetworkPerformance { get; init; }

    public required double? BaselineBandwidthGbps { get; init; }

    public required double? PeakBandwidthGbps { get; init; }

    /// <summary>Megabits a second to EBS.</summary>
    public required int? EbsBaselineMbps { get; init; }

    /// <summary>Megabits a second to EBS, in bursts.</summary>
    public required int? EbsMaximumMbps { get; init; }

    public required int? EbsBaselineIops { get; init; }

    public required int? EbsMaximumIops { get; init; }

    public required bool CurrentGeneration { get; init; }

    /// <summary>Whether it runs on CPU credits.</summary>
    public required bool Burstable { get; init; }

    /// <summary>Whether EBS volumes appear as NVMe: <c>required</c>, <c>supported</c> or <c>unsupported</c>.</summary>
    public required string EbsNvme { get; init; }

    /// <summary><c>default</c>, <c>supported</c> or <c>unsupported</c>.</summary>
    public required string EbsOptimized { get; init; }

    /// <summary>After this time without a packet an established TCP connection is forgotten, unless the interface says otherwise.</summary>
    public required TimeSpan TcpEstablishedTimeout { get; init; }

    /// <summary>Whether simplified automatic recovery is offered.</summary>
    public required bool AutoRecovery { get; init; }

    /// <summary>Whether a reboot may move it to another host: <c>supported</c> or <c>unsupported</c>.</summary>
    public required string RebootMigration { get; init; }

    /// <summary>Such as <c>legacy-bios</c>, <c>uefi</c>.</summary>
    public required ImmutableArray<string> BootModes { get; init; }

    /// <summary>Such as <c>x86_64</c>, <c>arm64</c>, <c>i386</c>.</summary>
    public required ImmutableArray<string> Architectures { get; init; }

    /// <summary>Whether it has disks that a stop loses.</summary>
    public required bool InstanceStore { get; init; }

    public required int? MaximumInterfaces { get; init; }

    public required int? Ipv4PerInterface { get; init; }

    /// <summary><c>ebs</c>, <c>instance-store</c>.</summary>
    public required ImmutableArray<string> RootDeviceTypes { get; init; }

    /// <summary>Built on the Nitro system, bare metal included: such types show the ENA counters of tracked connections.</summary>
    public bool IsNitro => Hypervisor is "nitro" or "metal";
}
