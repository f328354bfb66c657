using Tazan.Lessons.Vocabulary;

namespace Tazan.Lessons.Reading;

/// <summary>Holds a tree against a shape and notes every fault with its line, so that one run shows them all.</summary>
internal sealed class ShapeCheck(string file, List<UserError> faults)
{
    public void See(Node node, Shape shape, string key)
    {
        switch (shape)
        {
            case Shape.Line line:
                SeeLine(node, line, key);
                break;
            case Shape.Choice choice:
                if (SeeKind(node, NodeKind.Text, key, "one word") && !choice.Words.Contains(node.Text))
                {
                    Fault(node, $"there is no {Singular(key)} '{Short(node.Text)}'.", Nearest.Mend(node.Text, choice.Words));
                }

                break;
            case Shape.ListOf list:
                if (SeeKind(node, NodeKind.List, key, "a list"))
                {
                    if (node.Items.Count < list.Fewest)
                    {
                        Fault(node, $"'{key}' needs at least {list.Fewest}, and has {node.Items.Count}.", "");
                    }

                    foreach (var item in node.Items)
                    {
                        See(item, list.Item, key);
                    }
                }

                break;
            case Shape.Map map:
                if (SeeKind(node, NodeKind.Map, key, "keys and values"))
                {
                    SeeMap(node, map, key);
                }

                break;
            case Shape.Rows or Shape.Finds:
                SeeKind(node, NodeKind.Map, key, "keys and values");
                break;
        }
    }

    /// <summary>Sees that the parameters fit the effect or remedy.</summary>
    public List<ParameterValue> SeeParameters(Node? with, Node owner, Word word, string what)
    {
        var values = new List<ParameterValue>();
        if (with is { Kind: not NodeKind.Map, IsNothing: false })
        {
            Fault(with, $"'with' holds the parameters of {what} {word.Name}, as keys and values.", "");
            return values;
        }

        foreach (var (key, value) in with?.Entries ?? [])
        {
            if (word.Find(key.Text) is not { } parameter)
            {
                Fault(key, $"the {what} {word.Name} has no parameter '{key.Text}'.",
                    word.Parameters.IsEmpty ? "It takes none." : Nearest.Mend(key.Text, [.. word.Parameters.Select(static p => p.Name)]));
            }
            else if (values.Exists(v => v.Parameter == parameter))
            {
                Fault(key, $"'{key.Text}' stands here twice.", "Keep one.");
            }
            else if (SeeParameter(value, parameter) is { } read)
            {
                values.Add(read);
            }
        }

        foreach (var parameter in word.Parameters)
        {
            if (parameter.IsRequired && with?.Find(parameter.Name) is null)
            {
                Fault(with ?? owner, $"the {what} {word.Name} needs the parameter '{parameter.Name}'.", $"It is: {parameter.Meaning}.");
            }
        }

        return values;
    }

    private ParameterValue? SeeParameter(Node value, Parameter parameter)
    {
        if (parameter.Kind == ParameterKind.Choices)
        {
            if (!SeeKind(value, NodeKind.List, parameter.Name, "a list"))
            {
                return null;
            }

            foreach (var item in value.Items)
            {
                if (!parameter.Choices.Contains(item.Text))
                {
                    Fault(item, $"'{item.Text}' is not a value of '{parameter.Name}'.", Nearest.Mend(item.Text, parameter.Choices));
                    return null;
                }
            }

            return new ParameterValue { Parameter = parameter, Text = string.Join(", ", value.Items.Select(static i => i.Text)), Words = [.. value.Items.Select(static i => i.Text)] };
        }

        if (!SeeKind(value, NodeKind.Text, parameter.Name, "one value"))
        {
            return null;
        }

        var result = new ParameterValue { Parameter = parameter, Text = value.Text };
        switch (parameter.Kind)
        {
            case ParameterKind.Text when value.Text.Length > 0:
                return result;
            case ParameterKind.Flag when value.Text is "true" or "false":
                return result with { Flag = value.Text == "true" };
            case ParameterKind.Choice when parameter.Choices.Contains(value.Text):
                return result;
            case ParameterKind.Choice:
                Fault(value, $"'{value.Text}' is not a value of '{parameter.Name}'.", Nearest.Mend(value.Text, parameter.Choices));
                return null;
            case ParameterKind.Flag or ParameterKind.Text:
                Fault(value, $"'{parameter.Name}' is {parameter.Kind.ToText()}, not '{value.Text}'.", "");
                return null;
        }

        if (!Quantity.TryParse(value.Text, parameter.Kind, out var quantity, out var mend))
        {
            Fault(value, $"'{parameter.Name}' is a {parameter.Kind.ToText()}, not '{value.Text}'.", mend);
            return null;
        }

        if (quantity.Low < 0 || (parameter.Kind == ParameterKind.Share && quantity.High > 1))
        {
            Fault(value, $"'{parameter.Name}' is out of its range: '{value.Text}'.", parameter.Kind == ParameterKind.Share ? "A share lies between 0 and 1." : "It cannot be negative.");
            return null;
        }

        if (parameter.Kind == ParameterKind.Count && (quantity.Low % 1 != 0 || quantity.High % 1 != 0))
        {
            Fault(value, $"'{parameter.Name}' is a whole number, not '{value.Text}'.", "");
            return null;
        }

        return result with { Quantity = quantity };
    }

    private void SeeLine(Node node, Shape.Line line, string key)
    {
        if (!SeeKind(node, NodeKind.Text, key, "text"))
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(node.Text) || node.IsNothing)
        {
            Fault(node, $"'{key}' is empty.", "");
        }
        else if (!line.Long && node.Text.AsSpan().TrimEnd().Contains('\n'))
        {
            Fault(node, $"'{key}' is one line.", "Fold it with '>-', or shorten it.");
        }
        else if (!line.Accepts(node.Text))
        {
            Fault(node, $"'{key}' is {line.Wanted}, not '{Short(node.Text)}'.", "");
        }
    }

    private void SeeMap(Node node, Shape.Map map, string key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Entries)
        {
            var field = map.Fields.FirstOrDefault(f => f.Name == name.Text);
            if (field is null)
            {
                Fault(name, $"there is no key '{Short(name.Text)}' in {(key.Length == 0 ? "a lesson" : "'" + key + "'")}.", Nearest.Mend(name.Text, [.. map.Fields.Select(static f => f.Name)]));
            }
            else if (!seen.Add(name.Text))
            {
                Fault(name, $"'{name.Text}' stands here twice.", "Keep one.");
            }
            else
            {
                See(value, field.Shape, field.Name);
            }
        }

        foreach (var field in map.Fields)
        {
            if (field.IsRequired && !seen.Contains(field.Name))
            {
                Fault(node, $"'{field.Name}' is missing{(key.Length == 0 ? "" : " in '" + key + "'")}.", field.Meaning);
            }
        }
    }

    private bool SeeKind(Node node, NodeKind kind, string key, string wanted)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        var got = node.Kind switch { NodeKind.Text => node.IsNothing ? "nothing" : "text", NodeKind.List => "a list", _ => "keys and values" };
        Fault(node, $"{(key.Length == 0 ? "a lesson" : "'" + key + "'")} must be {wanted}, not {got}.", "");
        return false;
    }

    internal void Fault(Node node, string what, string mend) => Fault(node.Line, what, mend);

    internal void Fault(int line, string what, string mend) => faults.Add(new UserError("TZN2002", $"{file}:{line}", what, mend));

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..57] + "...";
    }

    private static string Singular(string key) => key switch { "does" => "way a signal behaves", "hits" => "target", _ => key };
}
