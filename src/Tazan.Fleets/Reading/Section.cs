using System.Globalization;

namespace Tazan.Fleets;

/// <summary>A mapping of a fleet file, read strictly: each key is known, each value is of its kind and in its range.</summary>
/// <remarks>All mistakes are <see cref="UserError"/>s that name the file, the line and the mend.</remarks>
internal sealed class Section
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly string path;
    private readonly string what;

    /// <summary><paramref name="what"/> is what the mapping describes, for messages: <c>a service</c>.</summary>
    public Section(Node node, string what, string path, params ReadOnlySpan<string> keys)
    {
        this.path = path;
        this.what = what;
        Line = node.Line;
        if (node.Members is null)
        {
            throw new UserError("TZN5004", At(node), $"{what} is {node.Shape}, not a mapping.", $"Write its keys: {string.Join(", ", keys.ToArray())}.");
        }

        var known = keys.ToArray();
        foreach (var (key, value) in node.Members)
        {
            if (!known.Contains(key.Text!, StringComparer.Ordinal))
            {
                throw new UserError("TZN5002", At(key), $"{what} has no key '{key.Text}'.", Nearest.Mend(key.Text!, known, "See docs/fleets.md."));
            }

            if (!value.IsNothing)
            {
                values[key.Text!] = value;
            }
        }
    }

    public int Line { get; }

    public bool Has(string key) => values.ContainsKey(key);

    public UserError Wrong(string key, string message, string mend) =>
        new("TZN5005", At(values.GetValueOrDefault(key)), message, mend);

    public string Text(string key) => FindText(key)
        ?? throw new UserError("TZN5003", $"{path}:{Line}", $"{what} has no '{key}'.", $"Add '{key}:'.");

    public string? FindText(string key) => values.TryGetValue(key, out var node) ? Scalar(key, node) : null;

    public string Text(string key, string fallback) => FindText(key) ?? fallback;

    /// <summary>A name that becomes part of ids, paths and DNS names: letters, digits, hyphens, dots and underscores.</summary>
    public string Name(string key)
    {
        var name = Text(key);
        return name.Length is > 0 and <= 100 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name.Any(char.IsAsciiLetterOrDigit) ? name
            : throw new UserError("TZN5004", At(values[key]), $"'{key}' of {what} is '{name}', which cannot name a resource.", "Use up to 100 letters, digits, hyphens, dots or underscores.");
    }

    public string OneOf(string key, string? fallback, params ReadOnlySpan<string> right)
    {
        var text = fallback is null ? Text(key) : Text(key, fallback);
        return right.Contains(text) ? text
            : throw new UserError("TZN5006", At(values.GetValueOrDefault(key)), $"'{key}' of {what} is '{text}'.", Nearest.Mend(text, right.ToArray()));
    }

    /// <summary>A word that must be one of those already described.</summary>
    public string Reference(string key, string kind, IEnumerable<string> known) => Checked(Text(key), values[key], kind, known);

    /// <summary>One word or a list of words, each one of those already described.</summary>
    public string[] References(string key, string kind, IEnumerable<string> known)
    {
        var right = known as ICollection<string> ?? [.. known];
        return [.. TextNodes(key).Select(n => Checked(n.Text!, n, kind, right))];
    }

    public string[] Texts(string key) => [.. TextNodes(key).Select(static n => n.Text!)];

    public int Int(string key, int fallback, int min, int max) =>
        values.TryGetValue(key, out var node) ? (int)Number(key, node, min, max, whole: true) : fallback;

    public int Int(string key, int min, int max) => Has(key) ? Int(key, 0, min, max)
        : throw new UserError("TZN5003", $"{path}:{Line}", $"{what} has no '{key}'.", $"Add '{key}:' with a whole number.");

    public long Long(string key, long fallback, long min, long max) =>
        values.TryGetValue(key, out var node) ? (long)Number(key, node, min, max, whole: true) : fallback;

    public double Double(string key, double fallback, double min, double max) =>
        values.TryGetValue(key, out var node) ? Number(key, node, min, max, whole: false) : fallback;

    public bool Flag(string key, bool fallback) => FindText(key) switch
    {
        null => fallback,
        "true" or "yes" => true,
        "false" or "no" => false,
        var other => throw new UserError("TZN5004", At(values[key]), $"'{key}' of {what} is '{other}'.", "Write true or false."),
    };

    /// <summary>A length of time: a number with d, h, m or s.</summary>
    public TimeSpan Span(string key, TimeSpan fallback)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return fallback;
        }

        var text = Scalar(key, node);
        // Fifty years: longer than AWS is old, and far from what a date can hold.
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= 50 * 366 * 86400.0)
        {
            var seconds = text[^1] switch { 'd' => 86400.0, 'h' => 3600, 'm' => 60, 's' => 1, _ => double.NaN } * number;
            if (seconds <= 50 * 366 * 86400.0)
            {
                return TimeSpan.FromSeconds(Math.Round(seconds));
            }
        }

        throw new UserError("TZN5004", At(node), $"'{key}' of {what} is '{text}'.", "Write a length of time such as 90m, 6h or 14d, up to 50 years.");
    }

    public Node? Find(string key) => values.GetValueOrDefault(key);

    /// <summary>The mappings of a list; none when the key is absent.</summary>
    public IEnumerable<Node> List(string key)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return [];
        }

        return node.Items ?? throw new UserError("TZN5004", At(node), $"'{key}' of {what} is {node.Shape}, not a list.", "Begin each member with '- '.");
    }

    /// <summary>Any words to any words, such as tags.</summary>
    public KeyValuePair<string, string>[] Map(string key)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node.Members is null)
        {
            throw new UserError("TZN5004", At(node), $"'{key}' of {what} is {node.Shape}, not a mapping.", "Write 'name: value' pairs.");
        }

        return [.. node.Members.Select(m => new KeyValuePair<string, string>(m.Key.Text!, m.Value.Text
            ?? throw new UserError("TZN5004", At(m.Value), $"'{m.Key.Text}' in '{key}' of {what} is {m.Value.Shape}.", "Write one value.")))];
    }

    public string At(Node? node) => $"{path}:{node?.Line ?? Line}";

    private List<Node> TextNodes(string key)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return [];
        }

        foreach (var item in node.Items ?? [node])
        {
            _ = Scalar(key, item);
        }

        return node.Items ?? [node];
    }

    private string Checked(string text, Node node, string kind, IEnumerable<string> known) =>
        known.Contains(text, StringComparer.Ordinal) ? text
            : throw new UserError("TZN5006", At(node), $"there is no {kind} '{text}'.", Nearest.Mend(text, known, known.Any() ? "See docs/fleets.md." : "There is none yet; describe one first."));

    private string Scalar(string key, Node node) => node.Text is { Length: > 0 } text ? text
        : throw new UserError("TZN5004", At(node), $"'{key}' of {what} is {(node.Text is null ? node.Shape : "empty")}.", "Write one value.");

    private double Number(string key, Node node, double min, double max, bool whole)
    {
        var text = Scalar(key, node).Replace("_", "", StringComparison.Ordinal);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number) || (whole && number != Math.Floor(number)))
        {
            throw new UserError("TZN5004", At(node), $"'{key}' of {what} is '{node.Text}'.", whole ? "Write a whole number." : "Write a number.");
        }

        return number >= min && number <= max ? number
            : throw new UserError("TZN5005", At(node), $"'{key}' of {what} is {node.Text}.", string.Create(CultureInfo.InvariantCulture, $"Write a number from {min} to {max}."));
    }
}
