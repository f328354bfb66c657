namespace Tazan.Inventory.Facts.Boot;

/// <summary>What decides a boot: of an instance, or of what an image or a template would start.</summary>
internal sealed record BootSubject
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>Empty for an image by itself: nothing about a type is then judged.</summary>
    public string InstanceType { get; init; } = "";

    public string KernelId { get; init; } = "";

    public string RamdiskId { get; init; } = "";

    public string Architecture { get; init; } = "";

    public string Virtualization { get; init; } = "";

    /// <summary>Null where the answer does not say.</summary>
    public bool? Ena { get; init; }

    /// <summary>legacy-bios, uefi, uefi-preferred, or empty where the default holds.</summary>
    public string BootMode { get; init; } = "";

    /// <summary>Whether it runs now on that very type, which proves the default boot mode.</summary>
    public bool IsRunning { get; init; }

    internal bool IsParavirtual => Virtualization == "paravirtual";
}
