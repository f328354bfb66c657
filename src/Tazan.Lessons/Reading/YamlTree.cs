using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tazan.Lessons.Reading;

/// <summary>Reads one YAML document into nodes that know their lines.</summary>
/// <remarks>
/// Anchors, aliases and tags are refused: a lesson needs none, and an alias to itself would have no end. Made on the
/// parser's events, so that every later complaint can name a line.
/// </remarks>
internal static class YamlTree
{
    // A lesson nests seven deep (examples, list, example, fleet, table, row, cell); more is a mistake, not a lesson.
    private const int DeepestNesting = 24;

    /// <exception cref="UserError">The text is not one YAML document.</exception>
    public static Node Read(string text, string file)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.Accept<DocumentStart>(out _))
            {
                throw new UserError("TZN2001", $"{file}:1", "the file is empty.", "Begin with: tazan lesson new NAME");
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, file, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                throw new UserError("TZN2001", $"{file}:{Line(second.Start)}", "a second document begins here.", "Keep one lesson in one file.");
            }

            return root;
        }
        catch (YamlException e)
        {
            throw new UserError("TZN2001", $"{file}:{Line(e.Start)}", $"this is not YAML: {OneLine(e.InnerException?.Message ?? e.Message)}", "Look at the indentation and the quotes there.", e);
        }
        catch (InvalidOperationException e)
        {
            throw Broken(parser, file, e);
        }
    }

    // For some broken flow lists the parser stops without saying why, and refuses to be asked further.
    private static UserError Broken(Parser parser, string file, InvalidOperationException e)
    {
        var line = parser.Current is { } last ? Line(last.End) : 1;
        return new UserError("TZN2001", $"{file}:{line}", "this is not YAML: something opened here is not closed.", "Look at the brackets and the quotes there.", e);
    }

    private static Node ReadNode(Parser parser, string file, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new UserError("TZN2001", $"{file}:{Line(parser.Current!.Start)}", $"nested more than {DeepestNesting} deep.", "A lesson is flatter than that.");
        }

        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            throw new UserError("TZN2001", $"{file}:{Line(anchored.Start)}", "anchors and aliases (& and *) are not read.", "Write the value out.");
        }

        if (parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new UserError("TZN2001", $"{file}:{Line(tagged.Start)}", "tags (! and !!) are not read.", "Leave the tag out; quote the value to make it text.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new Node
            {
                Kind = NodeKind.Text,
                Line = Line(scalar.Start),
                Text = scalar.Value,
                IsPlain = scalar.Style == ScalarStyle.Plain,
                IsBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded,
            };
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var list = new Node { Kind = NodeKind.List, Line = Line(sequence.Start) };
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Items.Add(ReadNode(parser, file, depth + 1));
            }

            return list;
        }

        var start = parser.Consume<MappingStart>();
        var map = new Node { Kind = NodeKind.Map, Line = Line(start.Start) };
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, file, depth + 1);
            if (key.Kind != NodeKind.Text)
            {
                throw new UserError("TZN2001", $"{file}:{key.Line}", "a key must be a word.", "Look for a stray '?', '[' or '{'.");
            }

            map.Entries.Add((key, ReadNode(parser, file, depth + 1)));
        }

        return map;
    }

    private static int Line(in Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);

    private static string OneLine(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
