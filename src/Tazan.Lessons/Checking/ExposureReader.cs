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
        var texts = new SharedTexts(rows);
        var details = new DetailsReader(rows, texts, columns, others);
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

            var remedyName = texts.Read(remedy);
            if (remedyName.Length > 0 && !remedies.TryGetValue(remedyName, out remedyName!))
            {
                throw Fault(lesson, $"the row of {id} names the remedy '{rows.GetString(remedy)}', which 'helps' does not describe.", Nearest.Mend(rows.GetString(remedy), remedies.Keys));
            }

            var accountText = texts.Read(account);
            var regionText = texts.Read(region);
            found.Add(new Exposure
            {
                Lesson = lesson.Name,
                Resource = new Resource(
                    type < 0 ? lesson.Exposed.About : texts.Read(type), id,
                    accountText.Length == 0 ? Identity.Unknown : accountText,
                    regionText.Length == 0 ? Identity.Unknown : regionText),
                Severity = level,
                Evidence = sentence,
                Service = texts.Read(service),
                Remedy = remedyName,
                RemedyTarget = texts.Read(target),
                Details = details.Read(),
            });
        }

        return Merge(found);
    }

    /// <summary>One for each resource: worst first, then by account, region, type and id.</summary>
    private static List<Exposure> Merge(List<Exposure> found)
    {
        // By resource, so that rows about one stand side by side; the worst of them, and then the evidence, decide.
        found.Sort(static (a, b) =>
        {
            var order = CompareResources(a.Resource, b.Resource);
            order = order != 0 ? order : b.Severity.CompareTo(a.Severity);
            return order != 0 ? order : string.CompareOrdinal(a.Evidence, b.Evidence);
        });
        var levels = new int[(int)Severity.Critical + 1];
        var count = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var exposure = found[i];
            if (count == 0 || CompareResources(found[count - 1].Resource, exposure.Resource) != 0)
            {
                found[count++] = exposure;
                levels[(int)exposure.Severity]++;
            }
            else if (found[count - 1] is var first && !first.Evidence.Contains(exposure.Evidence, StringComparison.Ordinal))
            {
                found[count - 1] = first with { Evidence = first.Evidence + " " + exposure.Evidence };
            }
        }

        found.RemoveRange(count, found.Count - count);
        if (levels.Count(static n => n > 0) <= 1)
        {
            return found;
        }

        var sorted = new List<Exposure>(count);
        for (var level = Severity.Critical; level >= Severity.Info; level--)
        {
            foreach (var exposure in found)
            {
                if (exposure.Severity == level)
                {
                    sorted.Add(exposure);
                }
            }
        }

        return sorted;
    }

    private static int CompareResources(in Resource a, in Resource b)
    {
        var order = string.CompareOrdinal(a.Account, b.Account);
        order = order != 0 ? order : string.CompareOrdinal(a.Region, b.Region);
        order = order != 0 ? order : string.CompareOrdinal(a.Type, b.Type);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
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
