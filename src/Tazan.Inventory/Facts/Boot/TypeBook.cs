using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>What an instance type demands and offers. Null, or an empty list, means that nothing says.</summary>
internal sealed record TypeTraits
{
    public required string Name { get; init; }

    /// <summary>nitro, xen or metal.</summary>
    public string Hypervisor { get; init; } = "";

    public ImmutableArray<string> Virtualizations { get; init; } = [];

    /// <summary>required, supported or unsupported.</summary>
    public string Ena { get; init; } = "";

    public ImmutableArray<string> BootModes { get; init; } = [];

    public ImmutableArray<string> Architectures { get; init; } = [];

    public bool? InstanceStore { get; init; }

    public bool? AutoRecovery { get; init; }

    public int? Vcpus { get; init; }

    /// <summary>Megabits a second to EBS, sustained.</summary>
    public int? EbsBaselineMbps { get; init; }
}

/// <summary>The traits of instance types: as the account's own answer describes them, else from the embedded table.</summary>
internal sealed class TypeBook
{
    private readonly Dictionary<(string Region, string Name), TypeTraits> described = [];
    private readonly Dictionary<string, TypeTraits?> reference = [];

    internal static TypeBook Load(FactContext context)
    {
        var book = new TypeBook();
        using var rows = context.Refine("""
            SELECT region, instance_type, hypervisor, bare_metal, virtualization_types, ena_support, boot_modes, architectures,
                   instance_storage, auto_recovery, vcpus, ebs_baseline_mbps FROM instance_type
            """);
        while (rows.Step())
        {
            var name = rows.GetString(1);
            var known = book.FindReference(name);
            book.described[(rows.GetString(0), name)] = new TypeTraits
            {
                Name = name,
                Hypervisor = rows.GetInt64(3) == 1 ? "metal" : rows.FindString(2) ?? known?.Hypervisor ?? "",
                Virtualizations = List(rows.GetUtf8(4), known?.Virtualizations),
                Ena = rows.FindString(5) ?? known?.Ena ?? "",
                BootModes = List(rows.GetUtf8(6), known?.BootModes),
                Architectures = List(rows.GetUtf8(7), known?.Architectures),
                InstanceStore = rows.FindInt64(8) is { } store ? store == 1 : known?.InstanceStore,
                AutoRecovery = rows.FindInt64(9) is { } recovery ? recovery == 1 : known?.AutoRecovery,
                Vcpus = (int?)rows.FindInt64(10) ?? known?.Vcpus,
                EbsBaselineMbps = (int?)rows.FindInt64(11) ?? known?.EbsBaselineMbps,
            };
        }

        return book;
    }

    /// <summary>All types that something is known of, once each, in ordinal order: as described in any region, else as in the table.</summary>
    internal IEnumerable<TypeTraits> All
    {
        get
        {
            var own = described.Values.GroupBy(static type => type.Name, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
            return own.Keys.Concat(InstanceTypes.All.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => own.GetValueOrDefault(name) ?? FindReference(name)!);
        }
    }

    /// <summary>The type's traits, or null where neither the answer nor the table has it.</summary>
    internal TypeTraits? Find(string region, string name) =>
        described.Count > 0 && described.TryGetValue((region, name), out var own) ? own : FindReference(name);

    private static ImmutableArray<string> List(ReadOnlySpan<byte> json, ImmutableArray<string>? known) =>
        json.Length > 2 ? [.. JsonTexts.ReadArray(json)] : known ?? [];

    private TypeTraits? FindReference(string name)
    {
        if (reference.TryGetValue(name, out var traits))
        {
            return traits;
        }

        return reference[name] = InstanceTypes.Find(name) is not { } known ? null : new TypeTraits
        {
            Name = name,
            Hypervisor = known.Hypervisor,
            Virtualizations = known.Virtualization switch { "both" => ["hvm", "paravirtual"], "" => [], var one => [one] },
            Ena = known.Ena,
            BootModes = known.BootModes,
            Architectures = known.Architectures,
            InstanceStore = known.InstanceStore,
            AutoRecovery = known.AutoRecovery,
            Vcpus = known.Vcpus,
            EbsBaselineMbps = known.EbsBaselineMbps,
        };
    }
}
