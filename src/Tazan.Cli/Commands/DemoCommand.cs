using System.CommandLine;
using System.Globalization;
using Tazan.Cli.Output;
using Tazan.Cli.Show;
using Tazan.Fleets;
using Tazan.Inventory;
using Tazan.Inventory.Import;
using Tazan.Lessons;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan demo</c>: the main job from end to end on a made-up fleet, with nothing needed and nothing sent anywhere.</summary>
internal static class DemoCommand
{
    // Marks a folder as ours to replace.
    private const string Marker = ".tazan-demo";

    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var folder = new Option<string?>("--output", "-o") { Description = "Where to put the JSON and the snapshot. Default: tazan-demo in the temporary folder." };
        var fleet = new Option<string?>("--fleet") { Description = "Another fleet: a name from tazan fleet list, or a file. Default: demo." };
        var seed = new Option<string?>("--seed") { Description = "Another seed gives other ids. Default: 1." };
        var now = new Option<string?>("--now") { Description = "The moment the fleet is seen at, ISO 8601. Default: now." };
        var noColor = Common.NoColor();
        var command = new Command("demo", "The whole job on a made-up fleet of 2,000 instances: answers written, imported, checked, shown.") { folder, fleet, seed, now, noColor };
        command.SetAction((parsed, cancellation) =>
        {
            var place = parsed.GetValue(folder) ?? Path.Combine(Path.GetTempPath(), "tazan-demo");
            var moment = FleetCommand.Moment(parsed.GetValue(now), clock);
            var answers = Path.Combine(Prepare(place), "aws-json");
            var colours = ReportOptions.WantsColours(parsed.GetValue(noColor), terminal.Variable("NO_COLOR"), terminal.IsOutTerminal);
            return Task.FromResult(Run(place, answers, parsed.GetValue(fleet) ?? "demo", FleetCommand.Seed(parsed.GetValue(seed)), moment, colours, terminal, clock, cancellation));
        });
        return command;
    }

    private static int Run(string place, string answers, string which, ulong seed, DateTimeOffset now, bool colours, Terminal terminal, TimeProvider clock, CancellationToken cancellation)
    {
        var paint = new Paint(colours);
        var database = Path.Combine(place, "fleet.db");
        var started = clock.GetTimestamp();
        var written = FleetCommand.Write(which, answers, seed, now);
        Say($"1. A made-up fleet ({which}) as the JSON that `aws ... describe-*` prints", $"{written / 1048576.0:0.0} MiB in {answers}");

        started = clock.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();
        var report = Importer.Import([answers], new ImportOptions { Output = database, TazanVersion = CommandLine.Version, CollectedAt = now }, clock, null, cancellation);
        Say($"2. tazan import {answers} -o {database}", ImportText.Summary(report));

        started = clock.GetTimestamp();
        var book = LessonBook.Load();
        using var fleet = Snapshot.Open(database);
        var check = Checker.Check(fleet, book.Lessons, new CheckOptions { Version = CommandLine.Version }, clock, cancellation);
        Say($"3. tazan check {database}", $"{book.Lessons.Length} published outages held against the fleet");
        terminal.Out.WriteLine();
        terminal.Out.Flush();
        var options = new ReportOptions { Width = Common.Width(terminal), Colours = colours, Jobs = 1 };
        ReportWriter.Write(check, ReportFormat.Table, terminal.Out, options);

        var worst = check.Answers.SelectMany(static a => a.Exposures).FirstOrDefault(static e => e.Resource.Type == "instance");
        if (worst is not null && ResourceView.Find(fleet, worst.Resource.Id) is { } view)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(paint.Bold($"4. tazan show {worst.Resource.Id} {database}"));
            terminal.Out.WriteLine();
            var exposures = check.Answers.SelectMany(static a => a.Exposures).Where(e => e.Resource.Id == worst.Resource.Id);
            ResourceText.Write(terminal.Out, view with { Related = [] }, [.. exposures], options.Width, paint);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Go on with:");
        terminal.Out.WriteLine($"  tazan check {database} --why");
        terminal.Out.WriteLine("  tazan lesson show conntrack-exhaustion");
        terminal.Out.WriteLine($"  tazan sql \"select service, kind, member_count, zone_count from service order by 3 desc\" {database}");
        terminal.Out.WriteLine("and with your own: README.md, \"On your own fleet\".");
        terminal.Out.Flush();
        return ExitCode.Fine;

        void Say(string what, string result) => terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{paint.Bold(what)}\n   {result} ({clock.GetElapsedTime(started).TotalSeconds:0.0} s)"));
    }

    private static string Prepare(string place)
    {
        if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any() && !File.Exists(Path.Combine(place, Marker)))
        {
            throw new UserError("TZN1845", place, "the folder is not empty and not from an earlier demo.", "Name another: tazan demo -o FOLDER");
        }

        if (Directory.Exists(Path.Combine(place, "aws-json")))
        {
            Directory.Delete(Path.Combine(place, "aws-json"), recursive: true);
        }

        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, Marker), "Made by tazan demo, which replaces it on its next run.\n");
        return place;
    }
}
