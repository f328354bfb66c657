using System.CommandLine;
using Tazan.Cli.Output;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan schema [TABLE]</c>: the snapshot's tables, from the declarations that make them.</summary>
internal static class SchemaCommand
{
    internal static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("table") { Description = "One table; without it, all of them.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => "" };
        var markdown = new Option<bool>("--markdown") { Description = "The whole schema as Markdown: docs/snapshot.md is made with it." };
        var command = new Command("schema", "The tables of a snapshot and their columns.") { name, markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
            {
                terminal.Out.Write(SchemaText.Markdown());
                return ExitCode.Fine;
            }

            var asked = parsed.GetValue(name)!;
            if (asked.Length == 0)
            {
                TextTable.Write(terminal.Out, ["table", "what a row is", "filled by"], [.. SnapshotSchema.Tables.Select(static t =>
                    new[] { t.Name, t.Meaning, t.IsFact ? "(fact)" : string.Join(", ", Catalogue.Filling(t.Name).Select(static c => c.Service + " " + Call.Kebab(c.Operation))) })], terminal.IsOutTerminal ? Common.Width(terminal) : int.MaxValue);
                return ExitCode.Fine;
            }

            var table = SnapshotSchema.Find(asked) ?? throw new UserError("TZN1806", "schema", $"there is no table '{PlainText.Clean(asked)}'.", Nearest.Mend(asked, SnapshotSchema.Tables.Select(static t => t.Name)));
            terminal.Out.WriteLine($"{table.Name}: {table.Meaning}");
            terminal.Out.WriteLine($"key: {string.Join(", ", table.Key.Append("account").Append("region"))}");
            terminal.Out.WriteLine();
            TextTable.Write(terminal.Out, ["column", "type", "from", "meaning"], [.. table.Columns.Select(static c =>
                new[] { c.Name, c.Type.ToString().ToLowerInvariant(), c.Path, c.Meaning })], terminal.IsOutTerminal ? Common.Width(terminal) : int.MaxValue);
            return ExitCode.Fine;
        });
        return command;
    }
}
