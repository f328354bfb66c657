using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>A check as one document (<c>tazan.check/1</c>, described by docs/check-report.schema.json) or as lines.</summary>
/// <remarks>
/// The number after the slash grows when a field goes or changes its meaning. New fields may come at any time, so
/// readers must let unknown ones pass.
/// </remarks>
internal static class CheckJson
{
    public const string Format = "tazan.check/1";

    public static void WriteDocument(CheckReport report, Stream output)
    {
        using var json = Json.OpenPretty(output);
        json.WriteStartObject();
        Head(json, report);
        json.WriteStartArray("answers");
        foreach (var answer in report.Answers)
        {
            json.WriteStartObject();
            AnswerFields(json, answer);
            Jobs(json, answer);
            json.WriteStartArray("exposures");
            foreach (var exposure in answer.Exposures)
            {
                json.WriteStartObject();
                ExposureFields(json, exposure);
                json.WriteEndObject();
                json.FlushIfLarge();
            }

            json.WriteEndArray();
            json.WriteStartArray("blindSpots");
            foreach (var spot in answer.BlindSpots)
            {
                json.WriteStartObject();
                json.BlindSpot(spot);
                json.WriteEndObject();
                json.FlushIfLarge();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Json.Close(json, output);
    }

    /// <summary>A <c>report</c> line, then for each lesson an <c>answer</c> line and its <c>exposure</c> and <c>blindSpot</c> lines.</summary>
    public static void WriteLines(CheckReport report, Stream output)
    {
        using var json = Json.OpenCompact(output);
        Line(json, output, "report", j => Head(j, report));
        foreach (var answer in report.Answers)
        {
            Line(json, output, "answer", j => AnswerFields(j, answer));
            foreach (var exposure in answer.Exposures)
            {
                Line(json, output, "exposure", j =>
                {
                    j.WriteString("lesson", exposure.Lesson);
                    ExposureFields(j, exposure);
                });
            }

            foreach (var spot in answer.BlindSpots)
            {
                Line(json, output, "blindSpot", j =>
                {
                    j.WriteString("lesson", answer.Lesson);
                    j.BlindSpot(spot);
                });
            }
        }
    }

    private static void Line(Utf8JsonWriter json, Stream output, string kind, Action<Utf8JsonWriter> fields)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        fields(json);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }

    private static void Head(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteString("format", Format);
        json.WriteString("tazan", report.Version);
        json.WriteString("snapshot", report.Snapshot);
        json.Time("collectedAt", report.CollectedAt);
        json.Time("checkedAt", report.CheckedAt);
        json.WriteStartObject("counts");
        foreach (var count in report.Counts.DistinctBy(static c => c.Key))
        {
            json.WriteNumber(count.Key, count.Value);
        }

        json.WriteEndObject();
        json.WriteStartObject("summary");
        foreach (var answer in (Answer[])[Answer.Exposed, Answer.Unknown, Answer.Clear])
        {
            json.WriteNumber(answer.Name(), report.Answers.Count(a => a.Answer == answer));
        }

        json.WriteNumber("exposures", report.Answers.Sum(static a => a.Exposures.Length));
        json.WriteStartObject("exposuresBySeverity");
        for (var severity = Severity.Critical; severity >= Severity.Info; severity--)
        {
            json.WriteNumber(severity.Name(), report.Answers.Sum(a => a.Exposures.Count(e => e.Severity == severity)));
        }

        json.WriteEndObject();
        json.WriteNumber("muted", report.Muted);
        json.WriteNumber("inBaseline", report.InBaseline);
        json.WriteEndObject();
    }

    private static void AnswerFields(Utf8JsonWriter json, LessonAnswer answer)
    {
        json.WriteString("lesson", answer.Lesson);
        json.WriteString("title", answer.Title);
        json.WriteString("when", answer.When);
        json.WriteString("answer", answer.Answer.Name());
        json.WriteString("severity", answer.Severity.Name());
        json.WriteString("why", answer.Why);
        json.WriteNumber("lookedAt", answer.LookedAt);
        json.WriteString("source", answer.Source);
        json.Pairs("remedies", answer.Remedies.OrderBy(static r => r.Key, StringComparer.Ordinal));
    }

    private static void Jobs(Utf8JsonWriter json, LessonAnswer answer)
    {
        json.WriteStartArray("jobs");
        foreach (var job in Job.Of(answer.Exposures))
        {
            json.WriteStartObject();
            json.WriteString("remedy", job.Remedy);
            json.WriteString("target", job.Target);
            json.WriteString("severity", job.Severity.Name());
            json.WriteNumber("exposures", job.Exposures.Length);
            json.WriteStartObject("services");
            foreach (var service in job.Services)
            {
                json.WriteNumber(service.Key, service.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.FlushIfLarge();
        }

        json.WriteEndArray();
    }

    private static void ExposureFields(Utf8JsonWriter json, Exposure exposure)
    {
        json.WriteString("key", exposure.Key);
        json.WriteString("severity", exposure.Severity.Name());
        json.Resource("resource", exposure.Resource);
        json.WriteString("service", exposure.Service);
        json.WriteString("client", exposure.Client);
        json.WriteString("evidence", exposure.Evidence);
        json.WriteString("remedy", exposure.Remedy);
        json.WriteString("remedyTarget", exposure.RemedyTarget);
        json.Pairs("details", exposure.Details);
    }
}
