namespace Tazan.Inventory.Facts.Boot;

/// <summary>
/// Decides whether something will boot, from its kernel, its virtualization, its network driver, its boot mode and its
/// architecture against its instance type. Only contradictions that the provider's documentation calls impossible are
/// <c>will-not-boot</c>; an old boot loader is a risk, since not every such instance fails.
/// </summary>
/// <remarks>Sources: EC2 User Guide, "User provided kernels", "Virtualization types", "Compatibility for changing the instance type", "Boot modes".</remarks>
internal sealed class BootJudge(TypeBook types, Func<string, PvGrub?> namedKernels)
{
    internal BootOpinion Judge(BootSubject subject, IEnumerable<BootFinding> more)
    {
        var findings = new List<BootFinding>();
        var type = subject.InstanceType.Length == 0 ? null : types.Find(subject.Region, subject.InstanceType);
        var (kernel, successor) = subject.IsParavirtual ? JudgeKernel(subject, findings) : (null, "");
        if (type is not null)
        {
            JudgeType(subject, type, findings);
        }

        findings.AddRange(more);
        return new BootOpinion(findings, Ground(subject, type, kernel), kernel?.Version ?? "", successor);
    }

    /// <summary>Whether the type takes only images that support ENA.</summary>
    internal bool RequiresEna(string region, string type) => types.Find(region, type)?.Ena == "required";

    private (PvGrub? Kernel, string Successor) JudgeKernel(BootSubject subject, List<BootFinding> findings)
    {
        var id = subject.KernelId;
        if (id.Length == 0)
        {
            findings.Add(new(BootVerdict.AtRisk, "pv-kernel-missing", "paravirtual, but no kernel id is told: what loads its kernel is unknown"));
            return (null, "");
        }

        var kernel = PvGrub.Find(id) ?? namedKernels(id);
        if (kernel is null)
        {
            findings.Add(new(BootVerdict.AtRisk, "pv-unproven", $"paravirtual with kernel {id}, which no public list of PV-GRUB kernels has"));
            return (null, "");
        }

        // Where nothing named the region, the kernel's own region is the only one it can be in.
        var region = subject.Region is Identity.Unknown or Identity.Global ? kernel.Region : subject.Region;
        var architecture = subject.Architecture is "i386" or "x86_64" ? subject.Architecture : kernel.Architecture;
        var newest = kernel.BootDevice.Length == 0 ? null : PvGrub.FindNewest(region, architecture, kernel.BootDevice);
        var successor = newest is null || newest.Id == id ? "" : newest.Id;
        var name = $"{id} (PV-GRUB {(kernel.Version.Length == 0 ? "of unknown version" : kernel.Version)}{(kernel.BootDevice.Length == 0 ? "" : " " + kernel.BootDevice)}, {kernel.Architecture}, {kernel.Region})";
        if (subject.Architecture is "i386" or "x86_64" && subject.Architecture != kernel.Architecture)
        {
            findings.Add(new(BootVerdict.WillNotBoot, "architecture-mismatch",
                $"{subject.Architecture} with kernel {name}: PV-GRUB of one width cannot start a kernel of the other"));
        }

        if (region != kernel.Region)
        {
            findings.Add(new(BootVerdict.AtRisk, "pv-kernel-missing", $"kernel {name} belongs to another region than {region}"));
        }

        if (subject.RamdiskId.Length > 0)
        {
            findings.Add(new(BootVerdict.AtRisk, "pv-unproven", $"RAM disk {subject.RamdiskId} beside kernel {name}: PV-GRUB takes no separate RAM disk"));
        }

        if (kernel.IsOutdated)
        {
            var oldest = string.CompareOrdinal(kernel.Version, "1.03") <= 0 ? "; up to 1.03 it reads no GPT and only one of the first two places of menu.lst" : "";
            findings.Add(new(BootVerdict.AtRisk, "pv-grub-outdated",
                $"paravirtual with kernel {name}, older than {kernel.Newest}{oldest}; a failure at the next boot is possible, not certain"
                + (successor.Length == 0 ? "" : $"; successor {successor}")));
        }
        else if (kernel.Version.Length == 0)
        {
            findings.Add(new(BootVerdict.AtRisk, "pv-unproven", $"paravirtual with kernel {name}"));
        }

        return (kernel, successor);
    }

    private static void JudgeType(BootSubject subject, TypeTraits type, List<BootFinding> findings)
    {
        if (subject.Virtualization.Length > 0 && !type.Virtualizations.IsEmpty && !type.Virtualizations.Contains(subject.Virtualization))
        {
            findings.Add(new(BootVerdict.WillNotBoot, "virtualization-mismatch",
                $"{subject.Virtualization} on {type.Name}, which supports {string.Join(" and ", type.Virtualizations)} only"));
        }

        if (subject.Architecture.Length > 0 && !type.Architectures.IsEmpty && !type.Architectures.Contains(subject.Architecture))
        {
            findings.Add(new(BootVerdict.WillNotBoot, "architecture-mismatch",
                $"{subject.Architecture} on {type.Name}, which runs {string.Join(" and ", type.Architectures)} only"));
        }

        if (type.Ena == "required" && subject.Ena == false)
        {
            findings.Add(new(BootVerdict.WillNotBoot, "ena-missing", $"ENA support is off, and {type.Name} requires it"));
        }

        JudgeBootMode(subject, type, findings);

        // It boots where it is. The note is for the day somebody moves it: nothing shows that its image has the drivers.
        if (type.Hypervisor == "xen" && subject.Virtualization == "hvm" && subject.Ena != true && findings.Count == 0)
        {
            findings.Add(new(BootVerdict.Boots, "nvme-unproven",
                $"boots on {type.Name} (Xen); ENA support is {(subject.Ena is null ? "not told" : "off")}, so nothing shows the ENA and NVMe drivers that a Nitro type needs"));
        }
    }

    private static void JudgeBootMode(BootSubject subject, TypeTraits type, List<BootFinding> findings)
    {
        // uefi-preferred falls back to legacy BIOS by itself; without a mode the default of the processor holds.
        var wanted = subject.BootMode switch
        {
            "uefi-preferred" => "",
            { Length: > 0 } given => given,
            _ when subject.IsRunning || subject.Architecture.Length == 0 => "",
            _ => subject.Architecture == "arm64" ? "uefi" : "legacy-bios",
        };
        if (wanted.Length > 0 && !type.BootModes.IsEmpty && !type.BootModes.Contains(wanted) && !subject.IsParavirtual)
        {
            findings.Add(new(BootVerdict.AtRisk, "boot-mode-mismatch",
                $"boot mode {wanted}{(subject.BootMode.Length == 0 ? $" (the default of {subject.Architecture})" : "")} on {type.Name}, which supports {string.Join(" and ", type.BootModes)} only"));
        }
    }

    private static string Ground(BootSubject subject, TypeTraits? type, PvGrub? kernel)
    {
        var what = $"{(subject.Virtualization.Length == 0 ? "virtualization not told" : subject.Virtualization)}{(subject.Architecture.Length == 0 ? "" : " " + subject.Architecture)}";
        if (kernel is not null)
        {
            return $"{what}, kernel {kernel.Id} is PV-GRUB {kernel.Version} {kernel.BootDevice}, the newest";
        }

        var on = type is null
            ? subject.InstanceType.Length == 0 ? "" : $" on {subject.InstanceType}, whose demands are not known"
            : $" on {type.Name} ({type.Hypervisor}, ENA {type.Ena}, boot modes {string.Join(" and ", type.BootModes)})";
        var ena = subject.Ena switch { true => ", ENA on", false => ", ENA off", null => "" };
        return $"{what}{on}{ena}{(subject.BootMode.Length == 0 ? "" : ", boot mode " + subject.BootMode)}: nothing stands against a boot";
    }
}
