using System.Collections.Immutable;
using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Turns the rows of a lesson's SQL into exposures.</summary>
internal static class ExposureReader
{
    /// <summary>How a sentence ends that could not be made, because a value in it is not in the snapshot.</summary>
    internal const string MissingEvidence = " matches the lesson's SQL; a value of its evidence is not in the snapshot.";

    /// <summary>Reads all rows; two rows about one resource become one, with the worse severity and both evidences.</summary>
    public static List<Exposure> Read(Statement rows, Lesson lesson, CancellationToken cancellation)
    {
        var columns = Enumerable.Range(0, rows.ColumnCount).Select(rows.GetName).ToArray();
        int Find(string name) => Array.IndexOf(columns, name);
        var (resource, account, region, evidence) = (Find("resource"), Find("account"), Find("region"), Find("evidence"));
        var (type, severity, service, remedy, target) = (Find("resource_type"), Find("severity"), Find("service"), Find("remedy"), Find("target"));
        var others = Enumerable.Range(0, columns.Length)
            .Where(i => columns[i] is not ("resource" or "account" or "region" or "evidence" or "resource_type" or "severity" or "service" or "remedy" or "target"))
            .ToArray();
        var found = new List<Exposure>();
        var remedies = lesson.Helps.ToDictionary(static h => h.Remedy, static h => h.Remedy, StringComparer.Ordinal);

        // Few distinct texts repeat over many rows: one string each.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string Share(int column)
        {
            var text = column < 0 ? "" : rows.GetString(column);
            if (!texts.TryGetValue(text, out var same))
            {
                texts[text] = same = text;
            }

            return same;
        }

        while (rows.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            var id = rows.GetString(resource);
            var sentence = rows.GetString(evidence);
            if (id.Length == 0)
            {
                throw Fault(lesson, "a row has no resource.", "The column 'resource' must name one: filter out nulls.");
            }

            if (sentence.Length == 0)
            {
                // A null in '||' makes the whole text null. A fleet of which little is known must not stop the check
                // for it; 'lesson test' does not let it pass.
                sentence = id + MissingEvidence;
            }

            var level = lesson.Severity;
            if (severity >= 0 && rows.FindString(severity) is { } word && !TryParse(word, out level))
            {
                throw Fault(lesson, $"the row of {id} has the severity '{word}'.", "There are: info, low, medium, high, critical.");
            }

            var remedyName = remedy < 0 ? "" : rows.GetString(remedy);
            if (remedyName.Length > 0 && !remedies.TryGetValue(remedyName, out remedyName!))
            {
                throw Fault(lesson, $"the row of {id} names the remedy '{rows.GetString(remedy)}', which 'helps' does not describe.", Nearest.Mend(rows.GetString(remedy), remedies.Keys));
            }

            var accountText = Share(account);
            var regionText = Share(region);
            found.Add(new Exposure
            {
                Lesson = lesson.Name,
                Resource = new Resource(
                    type < 0 ? lesson.Exposed.About : Share(type), id,
                    accountText.Length == 0 ? Identity.Unknown : accountText,
                    regionText.Length == 0 ? Identity.Unknown : regionText),
                Severity = level,
                Evidence = sentence,
                Service = Share(service),
                Remedy = remedyName,
                RemedyTarget = Share(target),
                Details = others.Length == 0 ? [] : [.. others.Where(i => !rows.IsNull(i)).Select(i => KeyValuePair.Create(columns[i], rows.GetString(i)))],
            });
        }

        found.Sort(Order);
        return Merge(found);
    }

    /// <summary>Worst first, then by account, region, type, id and evidence.</summary>
    private static int Order(Exposure a, Exposure b)
    {
        var order = b.Severity.CompareTo(a.Severity);
        order = order != 0 ? order : string.CompareOrdinal(a.Resource.Account, b.Resource.Account);
        order = order != 0 ? order : string.CompareOrdinal(a.Resource.Region, b.Resource.Region);
        order = order != 0 ? order : string.CompareOrdinal(a.Resource.Type, b.Resource.Type);
        order = order != 0 ? order : string.CompareOrdinal(a.Resource.Id, b.Resource.Id);
        return order != 0 ? order : string.CompareOrdinal(a.Evidence, b.Evidence);
    }

    private static List<Exposure> Merge(List<Exposure> sorted)
    {
        var at = new Dictionary<Resource, int>(sorted.Count);
        var merged = new List<Exposure>(sorted.Count);
        foreach (var exposure in sorted)
        {
            if (at.TryAdd(exposure.Resource, merged.Count))
            {
                merged.Add(exposure);
            }
            else if (merged[at[exposure.Resource]] is var first && !first.Evidence.Contains(exposure.Evidence, StringComparison.Ordinal))
            {
                merged[at[exposure.Resource]] = first with { Evidence = first.Evidence + " " + exposure.Evidence };
            }
        }

        return merged;
    }

    private static bool TryParse(string word, out Severity severity)
    {
        (severity, var known) = word switch
        {
            "info" => (Severity.Info, true),
            "low" => (Severity.Low, true),
            "medium" => (Severity.Medium, true),
            "high" => (Severity.High, true),
            "critical" => (Severity.Critical, true),
            _ => (Severity.Info, false),
        };
        return known;
    }

    private static UserError Fault(Lesson lesson, string what, string mend) =>
        new("TZN2008", $"{lesson.Exposed.Sql.File}:{lesson.Exposed.Sql.FirstLine}", $"lesson '{lesson.Name}': {what}", mend);
}
