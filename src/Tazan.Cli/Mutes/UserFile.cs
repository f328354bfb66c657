namespace Tazan.Cli.Mutes;

/// <summary>Reads a small file that the user named.</summary>
internal static class UserFile
{
    // Far above any baseline of 100,000 instances; below what a mistyped name of a dump would be (assumed).
    private const long Largest = 512L * 1024 * 1024;

    /// <exception cref="UserError">There is no such file, it is a folder, or it is too large to be what was meant.</exception>
    /// <exception cref="WorldFailed">The disk refused.</exception>
    public static byte[] Read(string path, string code, string mend)
    {
        if (Directory.Exists(path))
        {
            throw new UserError(code, path, "this is a folder.", "Name a file.");
        }

        if (!File.Exists(path))
        {
            throw new UserError(code, path, "there is no such file.", mend);
        }

        try
        {
            return new FileInfo(path).Length <= Largest ? File.ReadAllBytes(path)
                : throw new UserError(code, path, "this file is too large to be what was meant.", mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1892", $"{path}: could not be read: {e.Message}", e);
        }
    }
}
