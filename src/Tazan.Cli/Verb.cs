using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tazan.Cli;

/// <summary>A command whose help ends in examples that run.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>One example a line, as typed.</summary>
    internal string Examples { get; init; } = "";
}

/// <summary>The library's help under the name that people type, with examples at its end.</summary>
internal sealed class VerbHelp(HelpAction inner) : SynchronousCommandLineAction
{
    /// <summary>Puts this help in the place of the library's own, which covers every command.</summary>
    internal static void Apply(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new VerbHelp((HelpAction)option.Action!);
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        try
        {
            inner.Invoke(parseResult);
        }
        finally
        {
            parseResult.InvocationConfiguration.Output = output;
        }

        // The library calls the program by its file's name.
        output.Write(text.ToString().TrimEnd().Replace(RootCommand.ExecutableName, "tazan", StringComparison.Ordinal) + "\n");
        if (parseResult.CommandResult.Command is Verb { Examples.Length: > 0 } verb)
        {
            output.Write("\nExamples:\n");
            foreach (var line in verb.Examples.Split('\n'))
            {
                output.Write("  " + line + "\n");
            }
        }

        return ExitCode.Fine;
    }
}
