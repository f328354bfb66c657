namespace Tazan.Inventory.Facts.Boot;

/// <summary>Whether what launch templates and launch configurations name can still be launched: they fail at the next scale-out, not before.</summary>
internal static class LaunchableBoot
{
    /// <returns>The images they name.</returns>
    internal static HashSet<string> Derive(FactContext context, BootJudge judge, ImageShelf shelf, HashSet<string> launched)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        using var writer = context.Write("bootability");
        DeriveTemplates(context, judge, shelf, launched, named, writer);
        DeriveConfigurations(context, judge, shelf, launched, named, writer);
        return named;
    }

    /// <summary>What an image brings to a boot on a type; an empty type leaves the type out.</summary>
    internal static BootSubject SubjectOf(ShelvedImage image, string type, string kernel) => new()
    {
        Account = image.Account,
        Region = image.Region,
        InstanceType = type,
        KernelId = kernel.Length > 0 ? kernel : image.KernelId,
        RamdiskId = image.RamdiskId,
        Architecture = image.Architecture,
        Virtualization = image.Virtualization,
        Ena = image.Ena,
        BootMode = image.BootMode,
    };

    private static void DeriveTemplates(
        FactContext context, BootJudge judge, ImageShelf shelf, HashSet<string> launched, HashSet<string> named, FactWriter writer)
    {
        var versions = LoadVersions(context);
        var groups = new Dictionary<string, SortedSet<(string Version, string Group)>>(StringComparer.Ordinal);
        using (var rows = context.Refine("SELECT launch_template_id, launch_template_version, auto_scaling_group_name FROM auto_scaling_group WHERE launch_template_id IS NOT NULL"))
        {
            while (rows.Step())
            {
                var id = rows.GetString(0);
                (groups.TryGetValue(id, out var set) ? set : groups[id] = []).Add((rows.FindString(1) ?? "$Default", rows.GetString(2)));
            }
        }

        using var templates = context.Refine("SELECT account, region, launch_template_id, launch_template_name, default_version_number, latest_version_number FROM launch_template");
        while (templates.Step())
        {
            var (account, region, id) = (templates.GetString(0), templates.GetString(1), templates.GetString(2));
            BootOpinion? worst = null;
            var (worstImage, worstKernel) = ("", "");
            foreach (var (wanted, group) in groups.GetValueOrDefault(id) ?? [("$Default", "")])
            {
                var number = wanted switch
                {
                    "$Latest" => templates.GetInt64(5),
                    "$Default" or "" => templates.GetInt64(4),
                    _ => long.TryParse(wanted, out var given) ? given : 0,
                };
                var use = $"version {number}{(group.Length == 0 ? " (the default)" : $" of Auto Scaling group {group}")}";
                var version = versions.GetValueOrDefault((id, number));
                var opinion = version is null
                    ? new BootOpinion([new(BootVerdict.Unknown, "", $"{use} was not read")], "", "", "")
                    : Judge(context, judge, shelf, launched, account, region, version.ImageId, version.InstanceType, version.KernelId, use);
                if (version is not null)
                {
                    named.Add(version.ImageId);
                }

                if (worst is null || Rank(opinion.Verdict) > Rank(worst.Verdict))
                {
                    (worst, worstImage, worstKernel) = (opinion, version?.ImageId ?? "", version?.KernelId ?? "");
                }
            }

            Write(writer, account, region, "launch_template", id, worst!, worstImage, worstKernel, shelf);
        }
    }

    private static void DeriveConfigurations(
        FactContext context, BootJudge judge, ImageShelf shelf, HashSet<string> launched, HashSet<string> named, FactWriter writer)
    {
        using var rows = context.Refine("""
            SELECT c.account, c.region, c.launch_configuration_name, c.image_id, c.instance_type, c.kernel_id, min(g.auto_scaling_group_name)
              FROM launch_configuration c JOIN auto_scaling_group g ON g.launch_configuration_name = c.launch_configuration_name AND g.account = c.account AND g.region = c.region
             GROUP BY c.rowid
            """);
        while (rows.Step())
        {
            var (account, region, id, image) = (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3));
            named.Add(image);
            var opinion = Judge(context, judge, shelf, launched, account, region, image, rows.GetString(4), rows.GetString(5), $"used by Auto Scaling group {rows.GetString(6)}");
            Write(writer, account, region, "launch_configuration", id, opinion, image, rows.GetString(5), shelf);
        }
    }

    private static BootOpinion Judge(FactContext context, BootJudge judge, ImageShelf shelf, HashSet<string> launched,
        string account, string region, string imageId, string type, string kernel, string use)
    {
        if (!imageId.StartsWith("ami-", StringComparison.Ordinal))
        {
            var what = imageId.Length == 0 ? "names no image" : $"names {imageId}, which is looked up at launch";
            return new BootOpinion([new(BootVerdict.Unknown, "", $"{use} {what}")], "", "", "");
        }

        if (shelf.Find(imageId) is not { } image)
        {
            return !shelf.IsRead(account, region)
                ? new BootOpinion([new(BootVerdict.Unknown, "", $"{use} names image {imageId}, and images were not read")], "", "", "")
                : new BootOpinion([new(BootVerdict.AtRisk, "image-missing", $"{use} names image {imageId}, which is not among the {shelf.Count(account, region)} images read"
                    + (shelf.HoldsForeign(account, region) ? ": deregistered or withdrawn" : " (own images only: one of another owner would not be listed either)"))], "", "", "");
        }

        var findings = shelf.Flaws(image).ToList();

        // An image says EnaSupport only when it is on; a type that requires it refuses the launch.
        if (image.Ena is null && image.Virtualization == "hvm" && judge.RequiresEna(region, type))
        {
            findings.Add(new(BootVerdict.AtRisk, "ena-missing", $"image {imageId} does not say that it supports ENA, and {type} requires it"));
        }

        if (BootabilityFact.FindNeverBooted(context, shelf, image, launched) is { } never)
        {
            findings.Add(never);
        }

        return judge.Judge(SubjectOf(image, type, kernel) with { Account = account, Region = region }, findings);
    }

    private static Dictionary<(string Template, long Version), Version> LoadVersions(FactContext context)
    {
        var versions = new Dictionary<(string, long), Version>();
        using var rows = context.Refine("SELECT launch_template_id, version_number, image_id, instance_type, kernel_id FROM launch_template_version");
        while (rows.Step())
        {
            versions[(rows.GetString(0), rows.GetInt64(1))] = new Version(rows.GetString(2), rows.GetString(3), rows.GetString(4));
        }

        return versions;
    }

    private static void Write(FactWriter writer, string account, string region, string type, string id, BootOpinion opinion, string image, string kernel, ImageShelf shelf) =>
        writer.Row(account, region).Add(type).Add(id).Add(opinion.Verdict).Add(opinion.Risk).Add(kernel).Add(opinion.KernelVersion).Add(opinion.Successor)
            .Add(image).Add(shelf.Find(image)?.LastLaunched).Null().Add(opinion.Reason).End();

    private static int Rank(string verdict) => verdict switch { "boots" => 0, "unknown" => 1, "at-risk" => 2, _ => 3 };

    private sealed record Version(string ImageId, string InstanceType, string KernelId);
}
