using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>The exposures that one remedy on one target ends: what somebody would put on a to-do list as one line.</summary>
internal sealed record Job(string Remedy, string Target, Severity Severity, ImmutableArray<Exposure> Exposures)
{
    // A line names so many services; the rest are counted.
    private const int NamedServices = 3;

    /// <summary>The services touched and how many exposures each has: the most first, equals by name; without those in no service.</summary>
    public ImmutableArray<KeyValuePair<string, int>> Services { get; } =
        [.. Exposures.Where(static e => e.Service.Length > 0)
            .GroupBy(static e => e.Service, StringComparer.Ordinal)
            .Select(static g => KeyValuePair.Create(g.Key, g.Count()))
            .OrderByDescending(static p => p.Value).ThenBy(static p => p.Key, StringComparer.Ordinal)];

    /// <summary>Groups by remedy and target: worst first, then the largest, then by name.</summary>
    public static ImmutableArray<Job> Of(IEnumerable<Exposure> exposures) =>
        [.. exposures.GroupBy(static e => (e.Remedy, e.RemedyTarget))
            .Select(static g => new Job(g.Key.Remedy, g.Key.RemedyTarget, g.Max(static e => e.Severity), [.. g]))
            .OrderByDescending(static j => j.Severity).ThenByDescending(static j => j.Exposures.Length)
            .ThenBy(static j => j.Remedy, StringComparer.Ordinal).ThenBy(static j => j.Target, StringComparer.Ordinal)];

    /// <summary>Such as <c>rebuild-image ami-0abc</c>.</summary>
    public string Name => PlainText.Clean(Remedy.Length == 0 ? "no remedy named"
        : Target.Length == 0 ? Remedy : Remedy + " " + Target);

    /// <summary>Such as <c>400 instances in 3 services (api 210, feed 120, web 70)</c>.</summary>
    public string Size
    {
        get
        {
            var what = Words.CountByType(Exposures.Select(static e => e.Resource.Type));
            if (Services.IsEmpty)
            {
                return what;
            }

            var named = Services.Take(NamedServices).Select(static s => $"{PlainText.Clean(s.Key)} {Words.Number(s.Value)}");
            var more = Services.Length > NamedServices ? ", …" : "";
            return $"{what} in {Words.Count(Services.Length, "service")} ({string.Join(", ", named)}{more})";
        }
    }
}
