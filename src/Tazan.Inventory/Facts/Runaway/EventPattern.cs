using System.Text.Json;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>The parts of an EventBridge pattern that decide whether writing an object starts the rule.</summary>
internal sealed class EventPattern
{
    private readonly List<string> sources = [];
    private readonly List<string> detailTypes = [];
    private readonly List<string> eventNames = [];
    private readonly List<string> buckets = [];
    private bool hasOtherBuckets;

    /// <summary>Reads a pattern; null where it is no JSON object.</summary>
    internal static EventPattern? TryParse(string json)
    {
        if (json.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var pattern = new EventPattern();
            var root = document.RootElement;
            pattern.Read(root, pattern.sources, "source");
            pattern.Read(root, pattern.detailTypes, "detail-type");
            if (root.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object)
            {
                pattern.Read(detail, pattern.eventNames, "eventName");
                if (detail.TryGetProperty("requestParameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object)
                {
                    pattern.hasOtherBuckets |= !pattern.Read(parameters, pattern.buckets, "bucketName");
                }

                if (detail.TryGetProperty("bucket", out var bucket) && bucket.ValueKind == JsonValueKind.Object)
                {
                    pattern.hasOtherBuckets |= !pattern.Read(bucket, pattern.buckets, "name");
                }
            }

            return pattern;
        }
        catch (JsonException)
        {
            // Whatever a saved file holds there, it names no bucket.
            return null;
        }
    }

    /// <summary>Whether it takes S3's own events of new objects, which the bucket sends to EventBridge.</summary>
    internal bool TakesObjectCreated => Takes(sources, "aws.s3") && Takes(detailTypes, "Object Created");

    /// <summary>Whether it takes S3 calls that write an object, as a CloudTrail trail with data events records them.</summary>
    internal bool TakesRecordedPut => Takes(sources, "aws.s3") && Takes(detailTypes, "AWS API Call via CloudTrail") && Takes(eventNames, "PutObject");

    /// <summary>Whether it takes what Lambda sends to a bus as a destination.</summary>
    internal bool TakesInvocationResult => sources.Count == 0 || sources.Contains("lambda");

    /// <summary>The buckets it names; empty for all of them.</summary>
    internal IReadOnlyList<string> Buckets => buckets;

    internal bool TakesBucket(string name) => (buckets.Count == 0 && !hasOtherBuckets) || buckets.Contains(name);

    private static bool Takes(List<string> values, string value) => values.Count == 0 || values.Contains(value);

    // Values that are objects (prefix, anything-but) are not judged: false tells that some were there.
    private bool Read(JsonElement parent, List<string> into, string name)
    {
        if (!parent.TryGetProperty(name, out var values) || values.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var plain = true;
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                into.Add(value.GetString()!);
            }
            else
            {
                plain = false;
            }
        }

        return plain;
    }
}
