using System.CommandLine;
using Tazan.Cli.Output;
using Tazan.Inventory;
using Tazan.Inventory.Compare;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan diff BEFORE AFTER</c>.</summary>
internal static class DiffCommand
{
    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var before = new Argument<string>("before.db") { Description = "The older snapshot." };
        var after = new Argument<string>("after.db") { Description = "The newer snapshot." };
        var output = Common.Output(string.Join(", ", ReportFormats.Names));
        var noColor = Common.NoColor();
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Every change on a line of its own." };
        var command = new Command("diff", "What appeared, went and changed between two snapshots, by service.") { before, after, output, noColor, verbose };
        command.SetAction((parsed, cancellation) =>
        {
            var format = ReportFormats.Parse(parsed.GetValue(output) ?? "table");
            using var older = Snapshot.Open(parsed.GetValue(before)!);
            using var newer = Snapshot.Open(parsed.GetValue(after)!);
            var report = SnapshotDiff.Compare(older, newer, clock.GetUtcNow(), CommandLine.Version, cancellation);
            AtomicFile.Write("-", stream => ReportWriter.Write(report, format, stream, new ReportOptions
            {
                Width = Common.Width(terminal),
                Colours = ReportOptions.WantsColours(parsed.GetValue(noColor), terminal.Variable("NO_COLOR"), terminal.IsOutTerminal),
                Verbose = parsed.GetValue(verbose),
            }), terminal.OpenOut);
            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }
}
