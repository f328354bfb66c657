using System.Text;
using System.Text.Json;
using Tazan.Cli.Mutes;
using Tazan.Cli.Output;
using Tazan.Cli.Tests.Output;

namespace Tazan.Cli.Tests.Mutes;

/// <summary>What docs/mutes.md, docs/outputs.md and the published schema say is what the program does.</summary>
public sealed class DocumentedTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void The_mute_file_in_the_page_reads()
    {
        var list = MuteFile.Parse(Encoding.UTF8.GetBytes(Block("mutes.md", "yaml")), "mutes.yaml");

        Assert.Equal(["conntrack-exhaustion", "reboot-wave"], list.Mutes.Select(m => m.Lessons[0]));
    }

    [Fact]
    public void The_baseline_in_the_page_reads() =>
        Assert.Equal(1, Baseline.Parse(Encoding.UTF8.GetBytes(Block("mutes.md", "json")), "base.json").Count);

    [Fact]
    public void The_schema_has_the_readers_keys_and_demands()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Docs, "mutes.schema.json")));
        var entry = schema.RootElement.GetProperty("properties").GetProperty("mutes").GetProperty("items");
        var keys = entry.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();

        // The reader lists its keys in the message for a wrong one.
        var error = Assert.Throws<UserError>(() => MuteFile.Parse("mutes:\n- zzzzzzzzzzzzzz: 1\n"u8, "m"));
        Assert.EndsWith($"There are: {string.Join(", ", keys)}.", error.Message, StringComparison.Ordinal);
        Assert.Equal(keys.Take(6), entry.GetProperty("anyOf").EnumerateArray().Select(a => a.GetProperty("required")[0].GetString()));
        Assert.Equal(keys.Skip(6), entry.GetProperty("required").EnumerateArray().Select(r => r.GetString()!));
    }

    [Fact]
    public void The_page_on_outputs_lists_every_format_and_every_code()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "outputs.md"));
        Assert.Contains($"`-o {string.Join('|', ReportFormats.Names)}`", page, StringComparison.Ordinal);
        Assert.All(ReportFormats.Names, n => Assert.Contains($"| `{n}` |", page, StringComparison.Ordinal));

        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Tazan.Cli", "Output"), "*.cs")
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src", "Tazan.Cli", "Mutes"), "*.cs"));
        var codes = sources.SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "TZN[0-9]{4}").Select(m => m.Value)).Distinct().Order().ToList();
        Assert.True(codes.Count >= 13, string.Join(' ', codes));
        Assert.All(codes, c => Assert.Contains(c, page, StringComparison.Ordinal));
    }

    private static string Block(string page, string language)
    {
        var text = File.ReadAllText(Path.Combine(Docs, page));
        var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
