using System.Text.Json;
using Tazan.Inventory.Facts;

namespace Tazan.Inventory.Tests.Facts;

public sealed class FleetSettingsReaderTests
{
    private static FleetSettings Read(string text) => FleetSettingsReader.Read(new StringReader(text), "tazan.yaml");

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var settings = Read("""
            service-tags: [svc]
            environment-tags: [stage]
            services:
              - name: sessions
                kind: cache
                select: ["tag:role=memcached", "name:mc-*"]
                depends-on: [orders-db]
              - name: orders-db
                primary: i-1
            max-tracked:
              m7i-flex.large: 76957
            """);

        Assert.Equal(["svc"], settings.ServiceTags);
        Assert.Equal(["stage"], settings.EnvironmentTags);
        Assert.Equal(76957, settings.MaxTracked["m7i-flex.large"]);
        Assert.Equal((ServiceKind.Cache, "tag:role=memcached", "orders-db"), (settings.Services[0].Kind!.Value, settings.Services[0].Select[0], settings.Services[0].DependsOn[0]));
        Assert.Equal((null, "i-1"), (settings.Services[1].Kind, settings.Services[1].Primary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void An_empty_file_means_all_defaults(string text) => Assert.Equal(FleetSettings.Default, Read(text));

    [Theory]
    [InlineData("servces: []", "TZN1505 tazan.yaml:1: 'servces' is no key of the file. Did you mean 'services'?")]
    [InlineData("services:\n  - name: a\n    depend-on: [b]", "TZN1505 tazan.yaml:3: 'depend-on' is no key of a service. Did you mean 'depends-on'?")]
    [InlineData("services:\n  - name: a\n    kind: cashe", "TZN1504 tazan.yaml:3: 'cashe' is no kind of service. Did you mean 'cache'?")]
    [InlineData("services:\n  - kind: cache", "TZN1505 tazan.yaml:2: a service has no name.")]
    [InlineData("services:\n  - name: a", "TZN1507 tazan.yaml:2: the service declares nothing but its name.")]
    [InlineData("services:\n  name: a", "TZN1503 tazan.yaml:2: 'services' is not a list.")]
    [InlineData("service-tags: app", "TZN1503 tazan.yaml:1: 'service-tags' is not a list.")]
    [InlineData("service-tags: [a]\nservice-tags: [b]", "TZN1501 tazan.yaml:2: a key stands twice.")]
    [InlineData("max-tracked:\n  c5.large: many", "TZN1503 tazan.yaml:2: the maximum of c5.large is 'many'.")]
    [InlineData("max-tracked:\n  c5.large: -4", "TZN1503 tazan.yaml:2: the maximum of c5.large is '-4'.")]
    [InlineData("services:\n  - name: a\n    select: [mc-*]", "TZN1504 tazan.yaml:3: 'mc-*' selects nothing.")]
    [InlineData("services:\n  - name: a\n    kind: cache\n  - name: a\n    kind: batch", "TZN1506 tazan.yaml:4: the service 'a' is declared twice.")]
    [InlineData("services:\n  - name: a\n    depends-on: [a]", "TZN1506 tazan.yaml:3: 'a' depends on itself.")]
    [InlineData("services:\n  - name: a\n    kind: cache\n    primary: i-1", "TZN1506 tazan.yaml:4: a service of kind cache has no primary.")]
    [InlineData("services:\n  - name: a\n    kind: single\n    select: [\"id:i-1\", \"id:i-2\"]", "TZN1506 tazan.yaml:3: kind single means one instance, but select names 2.")]
    [InlineData("services:\n  - name: a\n    select: [\"id:i-1\"]\n    primary: i-2", "TZN1506 tazan.yaml:4: the primary i-2 is not among the instances that select names.")]
    [InlineData("services: [a}", "TZN1501 tazan.yaml:1: this is not YAML:")]
    [InlineData("- a", "TZN1503 tazan.yaml:1: the file is not a list of keys.")]
    [InlineData("services: []\n---\nservices: []", "TZN1502 tazan.yaml:3: a second document begins here.")]
    public void A_slip_is_told_with_file_line_and_mend(string text, string message)
    {
        var error = Assert.Throws<UserError>(() => Read(text));

        Assert.StartsWith(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_example_in_the_documentation_can_be_read_and_the_schema_knows_every_key_of_it()
    {
        var root = Root();
        var page = File.ReadAllText(Path.Combine(root, "docs", "tazan-yaml.md"));
        var start = page.IndexOf("```yaml", StringComparison.Ordinal) + 7;
        var settings = Read(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.Equal(2, settings.Services.Length);
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "docs", "tazan.schema.json")));
        var properties = schema.RootElement.GetProperty("properties");
        Assert.Equal(["service-tags", "environment-tags", "services", "max-tracked"], properties.EnumerateObject().Select(static p => p.Name));
        var service = properties.GetProperty("services").GetProperty("items").GetProperty("properties");
        Assert.Equal(["name", "kind", "select", "depends-on", "primary"], service.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(ServiceKinds.Texts, service.GetProperty("kind").GetProperty("enum").EnumerateArray().Select(static k => k.GetString()!));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tazan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
