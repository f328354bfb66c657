using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>Whether instances, images, launch templates and launch configurations will boot again.</summary>
public sealed class BootabilityFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["bootability"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var shelf = ImageShelf.Load(context, ReadCalls.Load(context));
        var judge = new BootJudge(TypeBook.Load(context), shelf.FindKernel);
        var launched = InstanceBoot.Derive(context, judge, shelf);
        var launchable = LaunchableBoot.Derive(context, judge, shelf, launched);
        DeriveImages(context, judge, shelf, launched, launchable);
    }

    // All of one's own images, and those of others that are in use here: a list of every public image would bury them.
    private static void DeriveImages(FactContext context, BootJudge judge, ImageShelf shelf, HashSet<string> launched, HashSet<string> launchable)
    {
        using var writer = context.Write("bootability");
        foreach (var image in shelf.All)
        {
            if (!image.IsOwn && !launched.Contains(image.Id) && !launchable.Contains(image.Id))
            {
                continue;
            }

            var findings = shelf.Flaws(image).ToList();
            if (FindNeverBooted(context, shelf, image, launched) is { } never)
            {
                findings.Add(never);
            }

            var opinion = judge.Judge(LaunchableBoot.SubjectOf(image, "", image.KernelId), findings);
            writer.Row(image.Account, image.Region).Add("image").Add(image.Id).Add(opinion.Verdict).Add(opinion.Risk)
                .Add(image.KernelId).Add(opinion.KernelVersion).Add(opinion.Successor).Add(image.Id).Add(image.LastLaunched).Null()
                .Add(opinion.Reason + (image.DeprecatedFrom <= context.Now ? " It is deprecated, which does not stop a launch by id." : "")).End();
        }
    }

    /// <summary>The finding against a copy that nothing was ever started from, or null.</summary>
    internal static BootFinding? FindNeverBooted(FactContext context, ImageShelf shelf, ShelvedImage image, HashSet<string> launched)
    {
        // LastLaunchedTime is told to the owner alone, and up to 24 hours late (API Reference, Image).
        var isOld = image.CreatedAt is not { } created || created <= context.Now.AddHours(-24);
        return image.IsOwn && isOld && image.LastLaunched is null && !launched.Contains(image.Id) && shelf.IsCopyOfInstance(image)
            ? new(BootVerdict.AtRisk, "never-booted", $"image {image.Id} was made from {(image.SourceInstance.Length == 0 ? "an instance" : image.SourceInstance)}"
                + $"{(image.CreatedAt is { } at ? $" on {at:yyyy-MM-dd}" : "")}; it has no last launch and no instance runs it, so nothing shows that it boots")
            : null;
    }
}
