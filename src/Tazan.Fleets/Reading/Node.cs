using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tazan.Fleets;

/// <summary>One YAML value with the line it began on: text, a list, or a mapping.</summary>
/// <remarks>Read from the parser's events, not through a deserializer, so that each mistake can be told with its line.</remarks>
internal sealed class Node
{
    // A fleet needs six levels; far more means a mistake or an attack on the stack.
    private const int MaxDepth = 32;

    // Aliases share nodes, so a small file can stand for a huge tree; this many values is more than any fleet needs.
    private const int MaxNodes = 500_000;

    private Node(int line) => Line = line;

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>The text of a scalar; null for lists and mappings.</summary>
    public string? Text { get; private init; }

    /// <summary>False for quoted text, which is never read as nothing.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>The members of a list; null for others.</summary>
    public List<Node>? Items { get; private init; }

    /// <summary>The members of a mapping in order, keys being text; null for others.</summary>
    public List<(Node Key, Node Value)>? Members { get; private init; }

    /// <summary>True for an empty value, <c>~</c> or <c>null</c>.</summary>
    public bool IsNothing => IsPlain && Text is "" or "~" or "null";

    /// <summary>What it is, in words for a message.</summary>
    public string Shape => Items is not null ? "a list" : Members is not null ? "a mapping" : IsNothing ? "empty" : $"'{Text}'";

    /// <summary>Reads the one document of a YAML text.</summary>
    /// <exception cref="UserError">It is not YAML, or nested too deeply, or has no or several documents.</exception>
    public static Node Read(TextReader reader, string path)
    {
        Parser? parser = null;
        try
        {
            parser = new Parser(reader);
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw new UserError("TZN5001", path, "the file is empty.", "Describe a fleet in it; docs/fleets.md has the format.");
            }

            parser.Consume<DocumentStart>();
            var count = 0;
            var root = ReadNode(parser, path, [], 0, ref count);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                throw new UserError("TZN5001", $"{path}:{Start(parser)}", "a second YAML document begins here.", "Keep one fleet per file.");
            }

            return root;
        }
        catch (YamlException e)
        {
            throw new UserError("TZN5001", $"{path}:{Math.Max(1, e.Start.Line)}", $"not YAML: {OneLine(e.Message)}", "Mend the line.", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException
            or IndexOutOfRangeException or NullReferenceException or InvalidCastException)
        {
            // The parser itself fails like this on some malformed escapes and tags; the file is at fault all the same.
            throw new UserError("TZN5001", $"{path}:{(parser is null ? 1 : Start(parser))}", $"not YAML from here on: {OneLine(e.Message)}", "Mend the line or what follows it.", e);
        }
    }

    private static long Start(Parser parser) => parser.Current?.Start.Line ?? 1;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.') + ".";

    private static Node ReadNode(Parser parser, string path, Dictionary<string, Node> anchors, int depth, ref int count)
    {
        var line = (int)Start(parser);
        count++;
        if (depth > MaxDepth || count > MaxNodes)
        {
            throw new UserError("TZN5001", $"{path}:{line}", depth > MaxDepth ? $"nested more than {MaxDepth} deep." : $"more than {MaxNodes} values.", "A fleet has no such thing; look for a stray bracket.");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var known) ? known
                : throw new UserError("TZN5001", $"{path}:{line}", $"'*{alias.Value.Value}' refers to nothing above it.", "Set the anchor (&name) first.");
        }

        Node node;
        string? anchor = null;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            anchor = scalar.Anchor.IsEmpty ? null : scalar.Anchor.Value;
            node = new Node(line) { Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain };
        }
        else if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            anchor = sequence.Anchor.IsEmpty ? null : sequence.Anchor.Value;
            var items = new List<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser, path, anchors, depth + 1, ref count));
            }

            node = new Node(line) { Items = items };
        }
        else
        {
            var start = parser.Consume<MappingStart>();
            anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
            var members = new List<(Node, Node)>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = ReadNode(parser, path, anchors, depth + 1, ref count);
                var value = ReadNode(parser, path, anchors, depth + 1, ref count);
                if (key.Text is null)
                {
                    throw new UserError("TZN5001", $"{path}:{key.Line}", $"a key is {key.Shape}.", "Keys are words.");
                }

                if (!seen.Add(key.Text))
                {
                    throw new UserError("TZN5007", $"{path}:{key.Line}", $"'{key.Text}' stands here twice.", "Keep one of them.");
                }

                members.Add((key, value));
            }

            node = new Node(line) { Members = members };
        }

        if (anchor is not null)
        {
            anchors[anchor] = node;
        }

        return node;
    }
}
