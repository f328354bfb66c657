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
            var bytes = 0L;
            var made = new HashSet<string>(StringComparer.Ordinal);
            foreach (var answer in fleet.Answers)
            {
                var path = Path.Combine(folder, answer.Path);
                var parent = Path.GetDirectoryName(path)!;
                if (made.Add(parent))
                {
                    Directory.CreateDirectory(parent);
                }

                using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
                answer.WriteTo(file);
                bytes += file.Length;
            }

            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN5010", $"{folder}: the fleet could not be written ({e.Message}); what is there is incomplete.", e);
        }
    }
}
