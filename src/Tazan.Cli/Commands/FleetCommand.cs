using System.CommandLine;
using System.Globalization;
using Tazan.Cli.Output;
using Tazan.Fleets;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan fleet list|write</c>: made-up fleets, described in small files, as the JSON that AWS would answer.</summary>
internal static class FleetCommand
{
    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var command = new Command("fleet", "Made-up fleets to try things on: list them, or write one as describe-* JSON.");
        var list = new Command("list", "The fleets that come with the program.");
        list.SetAction(_ =>
        {
            foreach (var name in ReferenceFleets.Names)
            {
                terminal.Out.WriteLine(name);
            }

            return ExitCode.Fine;
        });
        command.Subcommands.Add(list);

        var which = new Argument<string>("fleet") { Description = "A name from tazan fleet list, or a YAML file of your own (docs/fleets.md)." };
        var folder = new Option<string?>("--output", "-o") { Description = "The folder to write; it must be empty or not there yet." };
        var seed = new Option<string?>("--seed") { Description = "Another seed gives other ids. Default: 1." };
        var now = new Option<string?>("--now") { Description = "The moment the fleet is seen at, ISO 8601. Default: now." };
        var write = new Verb("write", "Write a fleet as describe-* JSON.") { Examples = "tazan fleet write small -o small-json && tazan import small-json -o small.db" };
        write.Arguments.Add(which);
        write.Options.Add(folder);
        write.Options.Add(seed);
        write.Options.Add(now);
        write.SetAction(parsed =>
        {
            var target = parsed.GetValue(folder) ?? throw new UserError("TZN1840", "--output", "is missing.", "Say where to write: -o FOLDER");
            var written = Write(parsed.GetValue(which)!, target, Seed(parsed.GetValue(seed)), Moment(parsed.GetValue(now), clock));
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrote {written / 1048576.0:0.0} MiB to {target}"));
            return ExitCode.Fine;
        });
        command.Subcommands.Add(write);
        return command;
    }

    /// <summary>Writes a fleet by name or from a file.</summary>
    /// <returns>Bytes written.</returns>
    internal static long Write(string which, string folder, ulong seed, DateTimeOffset now)
    {
        var spec = ReferenceFleets.Names.Contains(which) ? ReferenceFleets.Read(which) : FromFile(which);
        return FleetWriter.Write(FleetGenerator.Generate(spec, seed, now), folder);
    }

    private static FleetSpec FromFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserError("TZN1842", path, "there is no such fleet, and no such file.", Nearest.Mend(path, ReferenceFleets.Names));
        }

        using var reader = File.OpenText(path);
        return FleetSpec.Read(reader, path);
    }

    internal static ulong Seed(string? text) => text is null ? 1
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
        : throw new UserError("TZN1843", "--seed", $"'{PlainText.Clean(text)}' is not a whole number.", "Give one from 0 to 18446744073709551615.");

    internal static DateTimeOffset Moment(string? text, TimeProvider clock) => text is null ? clock.GetUtcNow()
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment
        : throw new UserError("TZN1844", "--now", $"'{PlainText.Clean(text)}' is not a time.", "Write it as 2026-03-02T09:00:00Z.");
}
