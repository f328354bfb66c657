namespace Tazan.Cli.Tests;

public sealed class SchemaPageTests
{
    [Fact]
    public void The_page_about_the_snapshot_is_what_the_declarations_say()
    {
        var page = Path.Combine(Root(), "docs", "snapshot.md");

        var current = TazanRun.Of("schema", "--markdown").Out;

        Assert.True(File.ReadAllText(page) == current, "docs/snapshot.md is behind: ./tazan schema --markdown > docs/snapshot.md");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tazan.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
