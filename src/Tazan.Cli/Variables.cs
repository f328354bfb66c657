using System.CommandLine;

namespace Tazan.Cli;

/// <summary>Lets <c>TAZAN_FAIL_ON</c> stand for <c>--fail-on</c>, and likewise for every flag; a flag that is given wins.</summary>
internal static class Variables
{
    internal static void Apply(Command command, Terminal terminal)
    {
        foreach (var option in command.Options)
        {
            var name = NameFor(option);
            switch (option)
            {
                case Option<string?> text when terminal.Variable(name) is { Length: > 0 } value:
                    text.DefaultValueFactory = _ => value;
                    break;
                case Option<bool> flag when terminal.Variable(name) is { Length: > 0 } value:
                    flag.DefaultValueFactory = _ => IsTrue(name, value);
                    break;
                case Option<string[]> list when terminal.Variable(name) is { Length: > 0 } value:
                    list.DefaultValueFactory = _ => value.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
                    break;
            }
        }

        foreach (var sub in command.Subcommands)
        {
            Apply(sub, terminal);
        }
    }

    internal static string NameFor(Option option) =>
        "TAZAN_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    private static bool IsTrue(string name, string value) => value.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        _ => throw new UserError("TZN1804", name, $"'{value}' is neither yes nor no.", "Set it to 1 or 0."),
    };
}
