using System.CommandLine;
using Tazan.Cli.Output;
using Tazan.Cli.Show;
using Tazan.Inventory;
using Tazan.Lessons;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan show ID [fleet.db]</c>: one resource with all that is known of it.</summary>
internal static class ShowCommand
{
    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var id = new Argument<string>("id") { Description = "An id, name or ARN: i-..., vol-..., a function's name, a service's name." };
        var snapshot = Common.SnapshotArgument();
        var output = Common.Output("table, json");
        var lessons = Common.Lessons();
        var noColor = Common.NoColor();
        var command = new Command("show", "All that a snapshot knows of one resource: its exposures, its facts, what hangs on it.") { id, snapshot, output, lessons, noColor };
        command.SetAction((parsed, cancellation) =>
        {
            var format = parsed.GetValue(output) ?? "table";
            if (format is not ("table" or "json"))
            {
                throw new UserError("TZN1801", "-o", $"show has no output format '{PlainText.Clean(format)}'.", "Did you mean 'table' or 'json'?");
            }

            var book = CheckCommand.LoadLessons(parsed.GetValue(lessons) ?? [], terminal);
            if (book is null)
            {
                return Task.FromResult(ExitCode.Misuse);
            }

            using var fleet = Common.Open(parsed.GetValue(snapshot)!, terminal);
            var asked = parsed.GetValue(id)!;
            var view = ResourceView.Find(fleet, asked);
            if (view is null)
            {
                var alike = ResourceView.Alike(fleet, asked);
                throw new UserError("TZN1835", fleet.Path, $"knows nothing of '{PlainText.Clean(asked)}'.", alike.Count > 0 ? "Near it: " + string.Join(", ", alike) : "tazan sql \"select instance_id from instance limit 9\" lists some.");
            }

            var report = Checker.Check(fleet, book.Lessons, new CheckOptions { Version = CommandLine.Version }, clock, cancellation);
            var exposures = report.Answers.SelectMany(static a => a.Exposures)
                .Where(e => e.Resource.Id == view.Resource.Id || (view.Resource.Type == "instance" && e.Resource.Type == "service" && IsMember(fleet, view.Resource.Id, e.Resource.Id)))
                .ToArray();
            AtomicFile.Write("-", stream =>
            {
                if (format == "json")
                {
                    ResourceJson.Write(stream, view, [.. exposures]);
                    return;
                }

                using var to = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
                var colours = ReportOptions.WantsColours(parsed.GetValue(noColor), terminal.Variable("NO_COLOR"), terminal.IsOutTerminal);
                ResourceText.Write(to, view, [.. exposures], Common.Width(terminal), new Paint(colours));
            }, terminal.OpenOut);
            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }

    private static bool IsMember(Snapshot fleet, string instance, string service)
    {
        using var query = fleet.Database.Prepare("select 1 from service_member where instance_id = ?1 and service = ?2");
        query.Bind(1, instance).Bind(2, service);
        return query.Step();
    }
}
