namespace Tazan.Lessons.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The file's text; or, with TAZAN_APPROVE=1, writes the text there first: how written files are updated.</summary>
    public static string Approved(string path, string text)
    {
        var full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("TAZAN_APPROVE") == "1")
        {
            File.WriteAllText(full, text);
        }

        return File.ReadAllText(full);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tazan.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
