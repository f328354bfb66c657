namespace Tazan.Fleets;

/// <summary>An instance type as <c>describe-instance-types</c> shows it.</summary>
internal static class TypeAnswer
{
    public static Json Cpu(InstanceType type)
    {
        var threads = Threads(type);
        return new Json { { "CoreCount", type.Vcpu / threads }, { "ThreadsPerCore", threads } };
    }

    public static Json Describe(InstanceType type)
    {
        var threads = Threads(type);
        var family = type.Name[..type.Name.IndexOf('.', StringComparison.Ordinal)];
        return new Json
        {
            { "InstanceType", type.Name },
            { "CurrentGeneration", type.CurrentGeneration },
            { "FreeTierEligible", type.Name is "t2.micro" or "t3.micro" },
            { "SupportedUsageClasses", new[] { "on-demand", "spot" } },
            { "SupportedRootDeviceTypes", type.RootDeviceTypes },
            { "SupportedVirtualizationTypes", type.Paravirtual ? ["hvm", "paravirtual"] : new[] { "hvm" } },
            { "BareMetal", false },
            { "Hypervisor", type.Hypervisor },
            { "ProcessorInfo", new Json { { "SupportedArchitectures", type.Architectures }, { "Manufacturer", family.Contains('g', StringComparison.Ordinal) ? "AWS" : family[^1] == 'a' ? "AMD" : "Intel" } } },
            { "VCpuInfo", new Json { { "DefaultVCpus", type.Vcpu }, { "DefaultCores", type.Vcpu / threads }, { "DefaultThreadsPerCore", threads } } },
            { "MemoryInfo", new Json { { "SizeInMiB", type.MemoryMib } } },
            { "InstanceStorageSupported", type.InstanceStore },
            {
                "EbsInfo", new Json
                {
                    { "EbsOptimizedSupport", type.EbsOptimized },
                    { "EncryptionSupport", "supported" },
                    {
                        "EbsOptimizedInfo", type.EbsBaselineMbps is not { } mbps ? null : new Json
                        {
                            { "BaselineBandwidthInMbps", mbps }, { "BaselineThroughputInMBps", mbps / 8.0 }, { "BaselineIops", type.EbsBaselineIops },
                            { "MaximumBandwidthInMbps", type.EbsMaxMbps }, { "MaximumThroughputInMBps", (type.EbsMaxMbps ?? mbps) / 8.0 }, { "MaximumIops", type.EbsMaxIops },
                        }
                    },
                    { "NvmeSupport", type.EbsNvme },
                }
            },
            {
                "NetworkInfo", new Json
                {
                    { "NetworkPerformance", type.NetworkPerformance },
                    { "MaximumNetworkInterfaces", type.MaxEnis },
                    { "MaximumNetworkCards", 1 },
                    { "DefaultNetworkCardIndex", 0 },
                    {
                        "NetworkCards", new[]
                        {
                            new Json
                            {
                                { "NetworkCardIndex", 0 }, { "NetworkPerformance", type.NetworkPerformance }, { "MaximumNetworkInterfaces", type.MaxEnis },
                                { "BaselineBandwidthInGbps", type.BaselineGbps }, { "PeakBandwidthInGbps", type.PeakGbps },
                            },
                        }
                    },
                    { "Ipv4AddressesPerInterface", type.Ipv4PerEni },
                    { "Ipv6AddressesPerInterface", type.Ipv4PerEni },
                    { "Ipv6Supported", true },
                    { "EnaSupport", type.Ena },
                    { "EfaSupported", false },
                    { "EncryptionInTransitSupported", false },
                    { "EnaSrdSupported", false },
                    {
                        "ConnectionTrackingConfiguration", new Json
                        {
                            { "DefaultTcpEstablishedTimeout", type.TcpEstablishedTimeout }, { "DefaultUdpTimeout", 30 }, { "DefaultUdpStreamTimeout", 180 },
                        }
                    },
                }
            },
            { "PlacementGroupInfo", new Json { { "SupportedStrategies", new[] { "partition", "spread" } } } },
            { "HibernationSupported", false },
            { "BurstablePerformanceSupported", type.Burstable },
            { "DedicatedHostsSupported", true },
            { "AutoRecoverySupported", type.AutoRecovery },
            { "SupportedBootModes", type.BootModes },
            { "NitroEnclavesSupport", "unsupported" },
            { "NitroTpmSupport", "unsupported" },
            { "RebootMigrationSupport", type.RebootMigration },
        };
    }

    // Graviton and single-vCPU types run one thread per core; T2 and M3/C3 below xlarge too, but the API says 1 or 2
    // for those alike, so two is assumed where the count is even.
    private static int Threads(InstanceType type) => type.Architectures.Contains("arm64", StringComparer.Ordinal) || type.Vcpu % 2 != 0 ? 1 : 2;
}
