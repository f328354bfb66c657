namespace Tazan.Lessons.Reading;

/// <summary>What a node of the tree is.</summary>
internal enum NodeKind
{
    Text,
    List,
    Map,
}

/// <summary>One node of a YAML document, with the line it starts on.</summary>
internal sealed class Node
{
    public required NodeKind Kind { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The text of a <see cref="NodeKind.Text"/>; empty for others.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the text stands without quotes, so that <c>12</c> may be a number.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether the text is a block (<c>|</c> or <c>&gt;</c>), which begins on the line after its sign.</summary>
    public bool IsBlock { get; init; }

    public List<Node> Items { get; } = [];

    public List<(Node Key, Node Value)> Entries { get; } = [];

    /// <summary>Whether YAML means nothing by it: an empty plain text, <c>~</c> or <c>null</c>.</summary>
    public bool IsNothing => Kind == NodeKind.Text && IsPlain && Text is "" or "~" or "null";

    /// <summary>The value of a key, or null.</summary>
    public Node? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (name.Text == key)
            {
                return value;
            }
        }

        return null;
    }
}
