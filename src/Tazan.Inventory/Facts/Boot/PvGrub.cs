using System.Collections.Frozen;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>One published PV-GRUB kernel: the boot loader that a paravirtual instance starts with.</summary>
/// <param name="Region">The one region it can be used in.</param>
/// <param name="Id">Such as <c>aki-44992845</c>.</param>
/// <param name="Version">Such as <c>1.03</c>; empty where no source states it.</param>
/// <param name="BootDevice"><c>hd0</c> for a root volume without partitions, <c>hd00</c> for its first partition; empty where no source states it.</param>
/// <param name="Architecture">i386 or x86_64: it starts kernels of that width alone.</param>
internal sealed record PvGrub(string Region, string Id, string Version, string BootDevice, string Architecture)
{
    private const string Heading = "region,aki_id,pv_grub_version,boot_device,arch,latest,mark,source";

    // The newest published: 1.05 for hd0; no 1.05 was ever published for hd00. Source: "User provided kernels", EC2 User Guide.
    private const string NewestHd0 = "1.05";
    private const string NewestHd00 = "1.04";

    private static readonly Lazy<(FrozenDictionary<string, PvGrub> ById, FrozenDictionary<(string, string, string), PvGrub> Newest)> Loaded = new(Load);

    /// <summary>The version is known and older than the newest of its boot device.</summary>
    internal bool IsOutdated => Version.Length > 0 && string.CompareOrdinal(Version, NewestOf(BootDevice)) < 0;

    /// <summary>The newest version of the same boot device.</summary>
    internal string Newest => NewestOf(BootDevice);

    /// <summary>The kernel of that id, or null where no public list has it.</summary>
    internal static PvGrub? Find(string id) => Loaded.Value.ById.GetValueOrDefault(id);

    /// <summary>The newest kernel of that region, architecture and boot device, or null where none is published.</summary>
    internal static PvGrub? FindNewest(string region, string architecture, string bootDevice) =>
        Loaded.Value.Newest.GetValueOrDefault((region, architecture, bootDevice));

    /// <summary>Reads a kernel image's name, such as <c>pv-grub-hd0_1.03-x86_64.gz</c> or <c>pv-grub-hd00-V1.01-i386.gz</c>.</summary>
    internal static PvGrub? FromImageName(string region, string id, string name)
    {
        const string prefix = "pv-grub-";
        var file = name[(name.LastIndexOf('/') + 1)..];
        if (!file.StartsWith(prefix, StringComparison.Ordinal) || !file.EndsWith(".gz", StringComparison.Ordinal))
        {
            return null;
        }

        var body = file[prefix.Length..^3];
        var device = body.StartsWith("hd00", StringComparison.Ordinal) ? "hd00" : body.StartsWith("hd0", StringComparison.Ordinal) ? "hd0" : "";
        var parts = body[device.Length..].TrimStart('_', '-').TrimStart('V').Split('-');
        return device.Length > 0 && parts is [{ Length: 4 } version, "i386" or "x86_64"] ? new PvGrub(region, id, version, device, parts[1]) : null;
    }

    private static string NewestOf(string bootDevice) => bootDevice == "hd00" ? NewestHd00 : NewestHd0;

    private static (FrozenDictionary<string, PvGrub>, FrozenDictionary<(string, string, string), PvGrub>) Load()
    {
        static string Known(string field) => field == "unverified" ? "" : field;
        var all = ReferenceCsv.Read("pv-grub-akis.csv", Heading).ConvertAll(static f => new PvGrub(f[0], f[1], Known(f[2]), Known(f[3]), f[4]));

        // Two lists swap some hd00 ids, so one id can stand twice; the first is the documented one.
        var byId = new Dictionary<string, PvGrub>(StringComparer.Ordinal);
        var newest = new Dictionary<(string, string, string), PvGrub>();
        foreach (var kernel in all)
        {
            byId.TryAdd(kernel.Id, kernel);
            if (kernel.Version == kernel.Newest)
            {
                newest.TryAdd((kernel.Region, kernel.Architecture, kernel.BootDevice), kernel);
            }
        }

        return (byId.ToFrozenDictionary(StringComparer.Ordinal), newest.ToFrozenDictionary());
    }
}
