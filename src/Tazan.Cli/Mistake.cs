using System.CommandLine;
using System.CommandLine.Parsing;
using Tazan.Cli.Output;

namespace Tazan.Cli;

/// <summary>Shows a wrong command line back, with carets under the word and the nearest right one.</summary>
internal static class Mistake
{
    internal static int Report(string[] args, ParseResult parsed, Terminal terminal)
    {
        var wrong = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : FindFlag(parsed);
        var message = parsed.Errors.Count > 0 ? parsed.Errors[0].Message.TrimEnd('.') : "";
        if (wrong is not null)
        {
            var line = "tazan " + string.Join(' ', args);
            var at = line.IndexOf(wrong, "tazan".Length, StringComparison.Ordinal);
            terminal.Error.WriteLine(PlainText.Clean(line));
            if (at >= 0)
            {
                terminal.Error.WriteLine(new string(' ', at) + new string('^', wrong.Length));
            }

            message = wrong.StartsWith('-') ? $"there is no flag '{PlainText.Clean(wrong)}' here" : $"'{PlainText.Clean(wrong)}' is not expected here";
        }

        var hint = wrong is null ? "" : Nearest.Mend(wrong, Known(parsed.CommandResult.Command, wrong));
        terminal.Error.WriteLine($"tazan: TZN1800 {message}. {hint}".TrimEnd());
        terminal.Error.WriteLine($"Try: tazan {Path(parsed.CommandResult)}--help");
        return ExitCode.Misuse;
    }

    /// <summary>A misspelt flag that an argument would have swallowed: <c>--whyy</c> is no file. Null when there is none.</summary>
    internal static string? FindFlag(ParseResult parsed)
    {
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                return null;
            }

            if (token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal) && token.Value.Length > 2
                && token.Value.AsSpan(2).IndexOfAnyExcept(FlagLetters) < 0)
            {
                return token.Value;
            }
        }

        return null;
    }

    private static readonly System.Buffers.SearchValues<char> FlagLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static IEnumerable<string> Known(Command command, string wrong) => wrong.StartsWith('-')
        ? command.Options.SelectMany(static o => o.Aliases.Append(o.Name)).Where(static name => name.StartsWith("--", StringComparison.Ordinal))
        : command.Subcommands.Select(static c => c.Name);

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? Path(parent) + result.Command.Name + " " : "";
}
