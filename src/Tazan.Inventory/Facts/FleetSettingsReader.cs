using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory.Facts.Services;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tazan.Inventory.Facts;

/// <summary>Reads <c>tazan.yaml</c>, strictly: a key that means nothing is a slip, and a slip that is passed over would change answers unseen.</summary>
/// <remarks>Pure but for the reader it is given. The format is described in docs/tazan-yaml.md and docs/tazan.schema.json.</remarks>
public static class FleetSettingsReader
{
    private static readonly string[] TopKeys = ["service-tags", "environment-tags", "services", "max-tracked"];
    private static readonly string[] ServiceKeys = ["name", "kind", "select", "depends-on", "primary"];

    /// <summary>Reads the settings; what the file leaves out keeps its default.</summary>
    /// <param name="reader">The text of the file; empty means all defaults.</param>
    /// <param name="path">Named in errors.</param>
    /// <exception cref="UserError">The file is no YAML, or a key, type or value is wrong; with file and line.</exception>
    public static FleetSettings Read(TextReader reader, string path)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException fault)
        {
            throw new UserError("TZN1501", At(path, fault.Start), fault.Message.Contains("uplicate", StringComparison.Ordinal)
                ? "a key stands twice." : $"this is not YAML: {fault.Message.ReplaceLineEndings(" ")}", "Mend that line.", fault);
        }

        if (stream.Documents.Count == 0)
        {
            return FleetSettings.Default;
        }

        if (stream.Documents.Count > 1)
        {
            throw new UserError("TZN1502", At(path, stream.Documents[1].RootNode.Start), "a second document begins here.", "Keep all settings in one.");
        }

        return new Reading(path).Settings(stream.Documents[0].RootNode);
    }

    private static string At(string path, Mark mark) => string.Create(CultureInfo.InvariantCulture, $"{path}:{Math.Max(1, mark.Line)}");

    private sealed class Reading(string path)
    {
        internal FleetSettings Settings(YamlNode root)
        {
            var settings = FleetSettings.Default;
            if (root is YamlScalarNode { Value: null or "" })
            {
                return settings;
            }

            foreach (var (key, value) in Map(root, "the file", TopKeys))
            {
                settings = key switch
                {
                    "service-tags" => settings with { ServiceTags = Texts(value, key) },
                    "environment-tags" => settings with { EnvironmentTags = Texts(value, key) },
                    "services" => settings with { Services = Services(value) },
                    _ => settings with { MaxTracked = MaxTracked(value) },
                };
            }

            return settings;
        }

        private ImmutableArray<DeclaredService> Services(YamlNode node)
        {
            var services = ImmutableArray.CreateBuilder<DeclaredService>();
            foreach (var item in List(node, "services"))
            {
                var service = Service(item);
                if (services.Any(s => s.Name == service.Name))
                {
                    throw Wrong("TZN1506", item, $"the service '{service.Name}' is declared twice.", "Make one of them.");
                }

                services.Add(service);
            }

            return services.DrainToImmutable();
        }

        private DeclaredService Service(YamlNode node)
        {
            var keys = Map(node, "a service", ServiceKeys);
            if (!keys.TryGetValue("name", out var nameNode))
            {
                throw Wrong("TZN1505", node, "a service has no name.", "Add 'name:'.");
            }

            if (keys.Count == 1)
            {
                throw Wrong("TZN1507", node, "the service declares nothing but its name.", $"Add one of {string.Join(", ", ServiceKeys.Skip(1))}, or leave it out.");
            }

            var name = Text(nameNode, "name");
            var kind = keys.TryGetValue("kind", out var kindNode) ? Kind(kindNode) : (ServiceKind?)null;
            var select = keys.TryGetValue("select", out var selectNode) ? Selectors(selectNode) : [];
            var dependsOn = keys.TryGetValue("depends-on", out var dependsNode) ? Texts(dependsNode, "depends-on") : [];
            var primary = keys.TryGetValue("primary", out var primaryNode) ? Text(primaryNode, "primary") : "";

            if (dependsOn.Contains(name))
            {
                throw Wrong("TZN1506", dependsNode!, $"'{name}' depends on itself.", "Take it out.");
            }

            if (primary.Length > 0 && !primary.StartsWith("i-", StringComparison.Ordinal))
            {
                throw Wrong("TZN1504", primaryNode!, $"'{primary}' is no instance id.", "Give the id of the instance that is the primary now, such as i-0a1b2c3d4e5f67890.");
            }

            if (primary.Length > 0 && kind is { } other && other != ServiceKind.PrimaryStandby)
            {
                throw Wrong("TZN1506", primaryNode!, $"a service of kind {other.ToText()} has no primary.", "Make its kind primary-standby, or take the primary out.");
            }

            var ids = select.Where(static text => text.StartsWith("id:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
            if (kind == ServiceKind.Single && ids.Count > 1)
            {
                throw Wrong("TZN1506", kindNode!, FormattableString.Invariant($"kind single means one instance, but select names {ids.Count}."), "Choose another kind, or name one instance.");
            }

            if (primary.Length > 0 && ids.Count > 0 && ids.Count == select.Length && !ids.Contains("id:" + primary))
            {
                throw Wrong("TZN1506", primaryNode!, $"the primary {primary} is not among the instances that select names.", "Add it to select.");
            }

            return new DeclaredService(name, kind, select, dependsOn, primary);
        }

        private ServiceKind Kind(YamlNode node)
        {
            var text = Text(node, "kind");
            return ServiceKinds.TryParse(text, out var kind)
                ? kind
                : throw Wrong("TZN1504", node, $"'{text}' is no kind of service.", Nearest.Mend(text, ServiceKinds.Texts));
        }

        private ImmutableArray<string> Selectors(YamlNode node)
        {
            foreach (var item in List(node, "select"))
            {
                var text = Text(item, "select");
                if (Selector.Parse(text) is null)
                {
                    throw Wrong("TZN1504", item, $"'{text}' selects nothing.", $"Write {Selector.Forms}.");
                }
            }

            return Texts(node, "select");
        }

        private ImmutableDictionary<string, long> MaxTracked(YamlNode node)
        {
            var limits = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
            foreach (var (type, value) in Map(node, "max-tracked", null))
            {
                var text = Text(value, type);
                limits[type] = long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw Wrong("TZN1503", value, $"the maximum of {type} is '{text}'.", "Give the number of connections, a whole number above 0.");
            }

            return limits.ToImmutable();
        }

        /// <summary>The keys of a mapping, each of them known where <paramref name="known"/> is given.</summary>
        private Dictionary<string, YamlNode> Map(YamlNode node, string what, string[]? known)
        {
            if (node is not YamlMappingNode map)
            {
                throw Wrong("TZN1503", node, $"{what} is not a list of keys.", known is null ? "Write 'TYPE: NUMBER' lines." : $"Write 'KEY: VALUE' lines; the keys are {string.Join(", ", known)}.");
            }

            var keys = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
            foreach (var (keyNode, value) in map.Children)
            {
                var key = Text(keyNode, "a key");
                if (known is not null && !known.Contains(key, StringComparer.Ordinal))
                {
                    throw Wrong("TZN1505", keyNode, $"'{key}' is no key of {what}.", Nearest.Mend(key, known));
                }

                keys[key] = value;
            }

            return keys;
        }

        private IList<YamlNode> List(YamlNode node, string key) =>
            node is YamlSequenceNode list ? list.Children : throw Wrong("TZN1503", node, $"'{key}' is not a list.", "Begin each item with '- '.");

        private ImmutableArray<string> Texts(YamlNode node, string key) => [.. List(node, key).Select(item => Text(item, key))];

        private string Text(YamlNode node, string key) =>
            node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong("TZN1503", node, $"'{key}' has no text.", "Give it one.");

        private UserError Wrong(string code, YamlNode node, string what, string mend) => new(code, At(path, node.Start), what, mend);
    }
}
