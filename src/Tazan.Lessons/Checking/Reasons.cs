using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Lessons.Checking;

/// <summary>Says in one sentence why an answer is what it is.</summary>
internal static class Reasons
{
    public static string Why(Lesson lesson, Answer answer, long lookedAt, ImmutableArray<Exposure> kept, int left, ImmutableArray<BlindSpot> blind)
    {
        var looked = $"{Number(lookedAt)} {Noun(lesson.Exposed.About, lookedAt)}";
        var leftOut = left == 0 ? "" : $" {Number(left)} {(left == 1 ? "exposure lies" : "exposures lie")} outside what was asked for.";
        switch (answer)
        {
            case Answer.Exposed:
                var levels = kept.GroupBy(static e => e.Severity).OrderByDescending(static g => g.Key)
                    .Select(static g => $"{Number(g.Count())} {g.Key.ToString().ToLowerInvariant()}");
                var beside = blind.IsEmpty ? "" : $" Beside that, {Missing(blind)}.";
                return $"Looked at {looked}: {Number(kept.Length)} exposed ({string.Join(", ", levels)}).{leftOut}{beside}";
            case Answer.Clear:
                return left > 0 ? $"Looked at {looked}.{leftOut}"
                    : lookedAt == 0 ? $"The fleet has no {Noun(lesson.Exposed.About, 0)} to look at."
                    : $"Looked at {looked}. {lesson.Exposed.Clear}";
            default:
                return $"Nothing was found among {looked}, but {Missing(blind)}.{leftOut}";
        }
    }

    private static string Missing(ImmutableArray<BlindSpot> blind)
    {
        var calls = blind.Select(static b => b.Service + ":" + b.Operation).Distinct(StringComparer.Ordinal).ToList();
        var places = blind.Select(static b => (b.Account, b.Region)).Distinct().ToList();
        var named = string.Join(", ", calls.Take(3)) + (calls.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {calls.Count - 3} more calls") : "");
        var where = places.Count == 1 ? $"{places[0].Account}/{places[0].Region}" : string.Create(CultureInfo.InvariantCulture, $"{places.Count} accounts and regions");
        return $"{named} could not be read in {where}";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A table's name as people say it.</summary>
    internal static string Noun(string table, long count)
    {
        var words = table switch
        {
            "db_instance" => "database instance",
            "ebs_snapshot" => "snapshot",
            "auto_scaling_group" => "Auto Scaling group",
            _ => table.Replace('_', ' '),
        };
        if (count == 1)
        {
            return words;
        }

        return words[^1] == 'y' ? words[..^1] + "ies" : words.EndsWith('s') ? words + "es" : words + "s";
    }
}
