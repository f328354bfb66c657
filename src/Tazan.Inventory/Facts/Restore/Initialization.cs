using System.Text.Json;

namespace Tazan.Inventory.Facts.Restore;

/// <summary>Whether a volume's blocks are still coming from its snapshot.</summary>
internal static class Initialization
{
    /// <summary>What DescribeVolumeStatus says; null where it says nothing of it.</summary>
    /// <param name="details">The JSON of the status details: a list of names and statuses.</param>
    /// <param name="progress">Per cent; null where not told.</param>
    internal static bool? FromStatus(ReadOnlySpan<byte> details, long? progress)
    {
        if (!details.IsEmpty)
        {
            using var document = JsonDocument.Parse(details.ToArray());
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var detail in document.RootElement.EnumerateArray())
                {
                    if (detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("Name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("initialization-state")
                        && detail.TryGetProperty("Status", out var status) && status.ValueKind == JsonValueKind.String)
                    {
                        return status.ValueEquals("initializing");
                    }
                }
            }
        }

        return progress is null ? null : progress < 100;
    }

    /// <summary>What a volume's own description allows to say, where its status was not read.</summary>
    /// <remarks>A day is assumed to be enough for a volume in use; a younger one may or may not be through.</remarks>
    internal static bool? FromAge(string snapshot, bool wasFast, DateTimeOffset? createdAt, DateTimeOffset now) =>
        snapshot.Length == 0 || wasFast ? false : createdAt is null || createdAt > now.AddHours(-24) ? null : false;
}
