using System.Collections.Immutable;
using Tazan.Cli.Output;

namespace Tazan.Cli.Mutes;

/// <summary>What a mute file did to a check.</summary>
/// <param name="Report">Without the muted; <see cref="CheckReport.Muted"/> counts them.</param>
/// <param name="Warnings">One line each, for standard error: mutes that are over, and mutes that fit nothing.</param>
public sealed record MuteOutcome(CheckReport Report, ImmutableArray<string> Warnings);

/// <summary>The entries of a mute file.</summary>
/// <param name="Name">What messages call the file.</param>
/// <param name="Mutes">In the file's order.</param>
public sealed record MuteList(string Name, ImmutableArray<Mute> Mutes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UserError">It is missing or has a fault; the message has the line.</exception>
    /// <exception cref="WorldFailed">The disk refused.</exception>
    public static MuteList Read(string path) => MuteFile.Read(path);

    /// <summary>Takes out what is muted today. An entry that is over mutes nothing and is told of.</summary>
    /// <param name="report">Is not changed.</param>
    /// <param name="now">Decides which entries are over.</param>
    /// <param name="tagsOf">A resource's tags, from the snapshot; asked only for entries with tag patterns.</param>
    public MuteOutcome Apply(CheckReport report, DateTimeOffset now, Func<Resource, IEnumerable<KeyValuePair<string, string>>> tagsOf)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(tagsOf);
        var hits = new int[Mutes.Length];
        var sieved = Sieve.Without(report, Muted, $"muted by {Name}", out var taken);
        var warnings = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < Mutes.Length; i++)
        {
            var mute = Mutes[i];
            if (mute.IsOver(now))
            {
                warnings.Add(PlainText.Clean($"TZN1824 {Name}:{mute.Line}: this mute of {mute.Owner} ended on {mute.Until:yyyy-MM-dd}, so it hides nothing; it fits {Words.Count(hits[i], "exposure")}. Mend the cause, or agree on a new day."));
            }
            else if (hits[i] == 0)
            {
                warnings.Add(PlainText.Clean($"TZN1825 {Name}:{mute.Line}: this mute of {mute.Owner} fits nothing. Take it out if the cause is mended; look for a typing mistake if not."));
            }
        }

        return new MuteOutcome(sieved with { Muted = report.Muted + taken }, warnings.ToImmutable());

        bool Muted(Exposure exposure)
        {
            var muted = false;

            // All entries are asked, not only the first that fits, so that each knows whether it is of use.
            for (var i = 0; i < Mutes.Length; i++)
            {
                if (Mutes[i].Fits(exposure, tagsOf))
                {
                    hits[i]++;
                    muted |= !Mutes[i].IsOver(now);
                }
            }

            return muted;
        }
    }
}
