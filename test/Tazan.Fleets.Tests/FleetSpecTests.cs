using System.Text;

namespace Tazan.Fleets.Tests;

public sealed class FleetSpecTests
{
    [Theory]
    [InlineData("count: 2", "cuont: 2", "f.yaml:15", "'count'")]
    [InlineData("count: 2", "count: -3", "f.yaml:15", "from 1 to")]
    [InlineData("count: 2", "count: two", "f.yaml:15", "whole number")]
    [InlineData("count: 2", "count: 2.5", "f.yaml:15", "whole number")]
    [InlineData("count: 2", "count: [2]", "f.yaml:15", "a list")]
    [InlineData("m7i.large", "m7i.lagre", "f.yaml:16", "'m7i.large'")]
    [InlineData("zones: [a]", "zones: [d]", "f.yaml:17", "zone of tokyo 'd'")]
    [InlineData("from: anywhere", "from: anywere", "f.yaml:19", "'anywhere'")]
    [InlineData("port: 80,", "port: 90-80,", "f.yaml:19", "90-80")]
    [InlineData("gib: 10", "gib: 0", "f.yaml:21", "from 1 to")]
    [InlineData("snapshots: daily", "snapshots: weekly", "f.yaml:21", "weekly")]
    [InlineData("low: 1", "low: 3", "f.yaml:23", "Swap")]
    [InlineData("starts: 5d", "starts: 5w", "f.yaml:25", "90m, 6h or 14d")]
    [InlineData("system-reboot", "sytem-reboot", "f.yaml:25", "'system-reboot'")]
    [InlineData("services: web", "services: wbe", "f.yaml:25", "'web'")]
    [InlineData("region: ap-northeast-1", "region: ap-norteast-1", "f.yaml:8", "'ap-northeast-1'")]
    [InlineData("account: one", "account: on", "f.yaml:7", "'one'")]
    [InlineData("\"111122223333\"", "\"1111\"", "f.yaml:4", "twelve digits")]
    [InlineData("services:\n", "servces:\n", "f.yaml:13", "'services'")]
    [InlineData("name: base", "architecture: x86_64", "f.yaml:11", "'name'")]
    [InlineData("- name: web", "- name: anywhere", "f.yaml:14", "meaning of its own")]
    [InlineData("zones: [a, c]", "zones: [a, c", "f.yaml:", "not YAML")]
    [InlineData("    count: 2", "    count: 2\n    count: 3", "f.yaml:16", "twice")]
    public void A_mistake_is_told_with_its_file_and_line_and_a_mend(string right, string wrong, string where, string says)
    {
        Assert.Contains(right, Some.Fleet, StringComparison.Ordinal);
        var index = Some.Fleet.IndexOf(right, StringComparison.Ordinal);
        var text = Some.Fleet[..index] + wrong + Some.Fleet[(index + right.Length)..];

        var error = Assert.Throws<UserError>(() => Read(text));

        Assert.StartsWith(where, error.Where, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_is_not_said_has_a_default()
    {
        var spec = Read(Some.Fleet);

        var web = Assert.Single(spec.Services);
        Assert.Equal("open", web.Egress);
        Assert.False(web.IsPublic);
        Assert.Equal("/dev/xvda", web.Root.Device);
        Assert.Equal(["a", "c"], spec.Sites[0].NatZones);
        Assert.Equal(2, spec.InstanceCount);
    }

    [Fact]
    public void A_paravirtual_image_on_a_type_that_cannot_run_it_is_refused()
    {
        var error = Assert.Throws<UserError>(() => Read(Some.Fleet.Replace("root-gib: 8", "virtualization: paravirtual", StringComparison.Ordinal).Replace("type: m7i.large", "type: m7i.large\n    image: base", StringComparison.Ordinal)));

        Assert.Contains("m7i.large cannot run the paravirtual image 'base'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_in_the_documentation_is_a_fleet()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Tazan.slnx")))
        {
            root = root.Parent;
        }

        var page = File.ReadAllText(Path.Combine(root!.FullName, "docs", "fleets.md"));
        var example = page.Split("```yaml\n")[1].Split("```")[0];

        var fleet = FleetGenerator.Generate(Read(example), 1, FleetFiles.Now);

        Assert.Equal(6, fleet.InstanceCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("- a\n- b\n")]
    [InlineData("*nothing")]
    [InlineData("a: &a [*a]")]
    [InlineData("name: x\n---\nname: y\n")]
    [InlineData("\0\u0001\u0002")]
    public void What_is_no_fleet_is_a_user_error(string text) => Assert.Throws<UserError>(() => Read(text));

    [Fact]
    public void Brackets_nested_ten_thousand_deep_are_a_user_error() => Assert.Throws<UserError>(() => Read("name: " + new string('[', 10_000)));

    [Fact]
    public void A_broken_fleet_file_never_gives_anything_but_a_user_error()
    {
        var fleets = new List<string> { Some.Fleet };
        foreach (var name in ReferenceFleets.Names)
        {
            using var reader = ReferenceFleets.Open(name);
            fleets.Add(reader.ReadToEnd());
        }

        var (read, refused) = (0, 0);
        for (var seed = 0UL; seed < 4000; seed++)
        {
            var random = new RandomStream(seed);
            // The small ones more often: their mistakes reach further per byte.
            var text = Mutate(fleets[seed % 8 == 0 ? random.NextInt(fleets.Count) : 0], random);
            try
            {
                var spec = Read(text);
                read++;
                if (spec.InstanceCount < 2000)
                {
                    _ = FleetGenerator.Generate(spec, seed, FleetFiles.Now);
                }
            }
            catch (UserError)
            {
                refused++;
            }
            catch (Exception e) when (e is not UserError)
            {
                Assert.Fail($"seed {seed}: {e}\n{text[..Math.Min(text.Length, 2000)]}");
            }
        }

        Assert.True(read > 100, $"only {read} read");
        Assert.True(refused > 1000, $"only {refused} refused");
    }

    private static string Mutate(string text, RandomStream random)
    {
        string[] pieces = ["[", "]", "{", "}", ":", ": ", "- ", "\n", "  ", "\t", "&a ", "*a", "!!int ", "\"", "'", "|", ">", "#", "-1", "999999999999999999999", "1e309", "~", "null", "\0", "\uFFFD", "é", "%", "---\n", "? ", "<<: ", "0x", ".", "NaN", "true"];
        var builder = new StringBuilder(text);
        for (var n = Math.Max(1, random.NextInt(6) - 2); n > 0; n--)
        {
            var at = random.NextInt(builder.Length);
            switch (random.NextInt(5))
            {
                case 0:
                    builder.Remove(at, Math.Min(1 + random.NextInt(12), builder.Length - at));
                    break;
                case 1:
                    builder[at] = (char)(32 + random.NextInt(96));
                    break;
                case 2:
                    // A line again, somewhere else.
                    var lines = builder.ToString().Split('\n');
                    builder.Insert(at, lines[random.NextInt(lines.Length)] + "\n");
                    break;
                case 3:
                    var other = random.NextInt(builder.Length);
                    builder.Insert(at, builder.ToString(other, Math.Min(20, builder.Length - other)));
                    break;
                default:
                    builder.Insert(at, pieces[random.NextInt(pieces.Length)]);
                    break;
            }

            if (builder.Length == 0)
            {
                builder.Append('x');
            }
        }

        return builder.ToString();
    }

    private static FleetSpec Read(string text) => FleetSpec.Read(new StringReader(text), "f.yaml");
}
