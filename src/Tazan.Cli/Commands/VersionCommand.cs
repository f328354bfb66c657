using System.CommandLine;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan version</c>.</summary>
internal static class VersionCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new Command("version", "Say which version this is, of the snapshot's schema and of SQLite.");
        command.SetAction(_ =>
        {
            terminal.Out.WriteLine($"tazan {CommandLine.Version} (snapshot schema {SnapshotSchema.Version}, SQLite {SqliteLibrary.Ensure()})");
            return ExitCode.Fine;
        });
        return command;
    }
}
