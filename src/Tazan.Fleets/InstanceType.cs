using System.Globalization;

namespace Tazan.Fleets;

/// <summary>An EC2 instance type with what a generated fleet says about it.</summary>
/// <remarks>
/// Values come from the embedded <c>types.csv</c>, an excerpt of the published data (source in its header) that holds the
/// families fleets are usually made of. A type outside it is refused, not guessed: a made-up size would turn into wrong
/// facts further on.
/// </remarks>
internal sealed record InstanceType
{
    private static readonly Lazy<Dictionary<string, InstanceType>> Known = new(Load);

    public required string Name { get; init; }

    public required int Vcpu { get; init; }

    public required long MemoryMib { get; init; }

    /// <summary><c>nitro</c> or <c>xen</c>.</summary>
    public required string Hypervisor { get; init; }

    public required bool Paravirtual { get; init; }

    /// <summary><c>required</c>, <c>supported</c> or <c>unsupported</c>.</summary>
    public required string Ena { get; init; }

    public required string NetworkPerformance { get; init; }

    public required double BaselineGbps { get; init; }

    public required double PeakGbps { get; init; }

    public required int? EbsBaselineMbps { get; init; }

    public required int? EbsMaxMbps { get; init; }

    public required int? EbsBaselineIops { get; init; }

    public required int? EbsMaxIops { get; init; }

    public required string EbsNvme { get; init; }

    public required string EbsOptimized { get; init; }

    public required bool CurrentGeneration { get; init; }

    public required bool Burstable { get; init; }

    public required int TcpEstablishedTimeout { get; init; }

    public required bool AutoRecovery { get; init; }

    public required string RebootMigration { get; init; }

    public required string[] BootModes { get; init; }

    public required string[] Architectures { get; init; }

    public required bool InstanceStore { get; init; }

    public required int MaxEnis { get; init; }

    public required int Ipv4PerEni { get; init; }

    public required string[] RootDeviceTypes { get; init; }

    public static ICollection<string> Names => Known.Value.Keys;

    public static InstanceType Get(string name) => Known.Value[name];

    private static Dictionary<string, InstanceType> Load()
    {
        using var stream = typeof(InstanceType).Assembly.GetManifestResourceStream("types.csv")!;
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, InstanceType>(StringComparer.Ordinal);
        string[]? header = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var cells = line.Split(',');
            if (header is null)
            {
                header = cells;
                continue;
            }

            var row = header.Zip(cells).ToDictionary(static p => p.First, static p => p.Second, StringComparer.Ordinal);
            types[cells[0]] = Read(row);
        }

        return types;
    }

    private static InstanceType Read(Dictionary<string, string> row) => new()
    {
        Name = row["instance_type"],
        Vcpu = int.Parse(row["vcpu"], CultureInfo.InvariantCulture),
        MemoryMib = (long)Math.Round(Real(row["memory_gib"]) * 1024),
        Hypervisor = row["hypervisor"],
        Paravirtual = row["virtualization"] != "hvm",
        Ena = row["ena"],
        NetworkPerformance = row["network_performance"],
        BaselineGbps = Real(row["baseline_bandwidth_gbps"]),
        PeakGbps = Real(row["peak_bandwidth_gbps"]),
        EbsBaselineMbps = Whole(row["ebs_baseline_mbps"]),
        EbsMaxMbps = Whole(row["ebs_max_mbps"]),
        EbsBaselineIops = Whole(row["ebs_baseline_iops"]),
        EbsMaxIops = Whole(row["ebs_max_iops"]),
        EbsNvme = row["ebs_nvme"],
        EbsOptimized = row["ebs_optimized"],
        CurrentGeneration = row["current_generation"] == "true",
        Burstable = row["burstable"] == "true",
        TcpEstablishedTimeout = Whole(row["tcp_established_timeout_s"]) ?? 432000,
        AutoRecovery = row["auto_recovery"] == "true",
        RebootMigration = row["reboot_migration"],
        BootModes = row["boot_modes"].Split('|'),
        Architectures = row["architectures"].Split('|'),
        InstanceStore = row["instance_store"] == "true",
        MaxEnis = Whole(row["max_enis"]) ?? 2,
        Ipv4PerEni = Whole(row["ipv4_per_eni"]) ?? 2,
        RootDeviceTypes = row["root_device_types"].Split('|'),
    };

    private static double Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : 0;

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? i : null;
}
