namespace Tazan.Fleets;

/// <summary>Writes a fleet as the folder that somebody with the AWS CLI would have saved.</summary>
public static class FleetWriter
{
    /// <summary>Writes one file per account, region, call and page under <paramref name="folder"/>, which is made when absent.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="UserError">The folder holds something already: old answers would mix with the new ones.</exception>
    /// <exception cref="WorldFailed">The disk refused.</exception>
    public static long Write(Fleet fleet, string folder)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new UserError("TZN5009", folder, "the folder is not empty.", "Name a new folder, or empty this one.");
            }

            Directory.CreateDirectory(folder);
            foreach (var parent in fleet.Answers.Select(a => Path.GetDirectoryName(Path.Combine(folder, a.Path))!).Distinct(StringComparer.Ordinal))
            {
                Directory.CreateDirectory(parent);
            }

            // The long answers first, so that no core is left with the longest alone at the end.
            var bytes = 0L;
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(fleet.Answers.OrderByDescending(static a => a.Page > 0 || a.Resource.Length == 0).ToList(), loadBalance: true), answer =>
            {
                using var file = new FileStream(Path.Combine(folder, answer.Path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
                answer.WriteTo(file);
                Interlocked.Add(ref bytes, file.Length);
            });

            return bytes;
        }
        catch (AggregateException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            throw Failed(folder, e.InnerException);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(folder, e);
        }
    }

    private static WorldFailed Failed(string folder, Exception cause) =>
        new("TZN5010", $"{folder}: the fleet could not be written ({cause.Message}); what is there is incomplete.", cause);
}
