using System.CommandLine;
using Tazan.Cli.Output;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan completion SHELL</c>: a script that completes verbs and flags.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    internal static Command Create(Terminal terminal, Func<RootCommand> root)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        var command = new Verb("completion", "A completion script for your shell.") { Examples = "eval \"$(tazan completion bash)\"" };
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(shell)!;
            if (Array.IndexOf(Shells, asked) < 0)
            {
                throw new UserError("TZN1807", "completion", $"there is no script for '{PlainText.Clean(asked)}'.", Nearest.Mend(asked, Shells));
            }

            var words = new List<(string Path, string Words)>();
            Walk(root(), "", words);
            terminal.Out.Write(asked switch
            {
                "fish" => Fish(words),
                "powershell" => PowerShell(words),
                "zsh" => "autoload -U +X bashcompinit && bashcompinit\n" + Bash(words),
                _ => Bash(words),
            });
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Walk(Command command, string path, List<(string, string)> words)
    {
        var own = command.Subcommands.Select(static c => c.Name)
            .Concat(command.Options.Select(static o => o.Name).Where(static n => n.StartsWith("--", StringComparison.Ordinal)));
        words.Add((path, string.Join(' ', own)));
        foreach (var sub in command.Subcommands)
        {
            Walk(sub, path + " " + sub.Name, words);
        }
    }

    private static string Bash(List<(string Path, string Words)> words) => $$"""
        _tazan() {
          local current="${COMP_WORDS[COMP_CWORD]}" path="" word i
          for ((i = 1; i < COMP_CWORD; i++)); do
            word="${COMP_WORDS[i]}"
            case "$path $word" in
        {{string.Concat(words.Where(static w => w.Path.Length > 0).Select(static w => $"      '{w.Path}') path='{w.Path}' ;;\n"))}}    esac
          done
          case "$path" in
        {{string.Concat(words.Select(static w => $"    '{w.Path}') COMPREPLY=($(compgen -W '{w.Words}' -- \"$current\")) ;;\n"))}}  esac
          [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
        }
        complete -F _tazan tazan

        """;

    private static string Fish(List<(string Path, string Words)> words) => string.Concat(words.Select(static w =>
    {
        var verbs = w.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var when = verbs.Length == 0 ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + verbs[^1];
        return string.Concat(w.Words.Split(' ').Select(word => word.StartsWith("--", StringComparison.Ordinal)
            ? $"complete -c tazan -n '{when}' -l {word[2..]}\n"
            : $"complete -c tazan -n '{when}' -f -a {word}\n"));
    }));

    private static string PowerShell(List<(string Path, string Words)> words) => $$"""
        Register-ArgumentCompleter -Native -CommandName tazan -ScriptBlock {
          param($word, $ast, $cursor)
          $known = @{
        {{string.Concat(words.Select(static w => $"    '{w.Path}' = '{w.Words}'\n"))}}  }
          $path = ''
          foreach ($part in $ast.CommandElements | Select-Object -Skip 1) {
            if ($known.ContainsKey("$path $part")) { $path = "$path $part" }
          }
          $known[$path] -split ' ' | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }

        """;
}
