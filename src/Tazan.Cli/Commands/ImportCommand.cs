using System.CommandLine;
using Tazan.Cli.Output;
using Tazan.Inventory.Facts;
using Tazan.Inventory.Import;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan import PATH... -o fleet.db</c>: saved AWS answers into a snapshot.</summary>
internal static class ImportCommand
{
    // Read when it lies in the folder the user stands in, as other tools read theirs.
    private const string SettingsFile = "tazan.yaml";

    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var paths = new Argument<string[]>("path") { Description = "Files or folders of saved answers, .gz too; - reads standard input.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description = "The snapshot to make. Default: fleet.db." };
        var account = new Option<string?>("--account") { Description = "The account of what nothing in the input names." };
        var region = new Option<string?>("--region", "-r") { Description = "The region of what nothing in the input names." };
        var hashTags = new Option<bool>("--hash-tags") { Description = "Keep only hashes of tag values." };
        var settings = new Option<string?>("--config") { Description = "Your services and settings (docs/tazan-yaml.md). Default: tazan.yaml, where there is one." };
        var collectedAt = new Option<string?>("--collected-at") { Description = "When the answers were saved, ISO 8601. Default: the newest answer's or file's own time." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "A line for each file: what it is, how many items, whose, and what told." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say only what is wrong." };
        var noProgress = new Option<bool>("--no-progress") { Description = "No progress line on the terminal." };
        var json = new Option<bool>("--json") { Description = "The report as one JSON document on standard output." };
        var command = new Verb("import", "Make a snapshot from saved `aws ... describe-*` output, SDK recordings or account dumps.")
        {
            Examples = """
                aws ec2 describe-instances > answers/instances.json && tazan import answers -o fleet.db
                tazan import a-dump.json.gz --region eu-west-1 --account 123456789012 -v
                """,
        };
        command.Arguments.Add(paths);
        foreach (var option in new Option[] { output, account, region, hashTags, settings, collectedAt, verbose, quiet, noProgress, json })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var target = parsed.GetValue(output) ?? Common.DefaultSnapshot;
            var isQuiet = parsed.GetValue(quiet);
            var options = new ImportOptions
            {
                Output = target,
                Account = parsed.GetValue(account),
                Region = parsed.GetValue(region),
                HashTags = parsed.GetValue(hashTags),
                Settings = ReadSettings(parsed.GetValue(settings), isQuiet ? null : terminal.Error),
                CollectedAt = parsed.GetValue(collectedAt) is { } at ? FleetCommand.Moment(at, clock) : null,
                TazanVersion = CommandLine.Version,
                StandardInput = parsed.GetValue(paths)!.Contains("-") ? terminal.OpenIn() : null,
            };
            ImportReport report;
            using (var line = new ProgressLine(terminal, clock, wanted: !isQuiet && !parsed.GetValue(noProgress)))
            {
                report = Importer.Import(parsed.GetValue(paths)!, options, clock, new Told(line), cancellation);
            }

            if (parsed.GetValue(json))
            {
                AtomicFile.Write("-", stream => ImportText.WriteJson(stream, report, target), terminal.OpenOut);
            }

            ImportText.Write(terminal.Error, report, target, parsed.GetValue(verbose), isQuiet);
            return Task.FromResult(report.HasBroken ? ExitCode.WorldFailed : ExitCode.Fine);
        });
        return command;
    }

    private static FleetSettings ReadSettings(string? path, TextWriter? talk)
    {
        if (path is null && !File.Exists(SettingsFile))
        {
            return FleetSettings.Default;
        }

        if (path is not null && !File.Exists(path))
        {
            throw new UserError("TZN1850", path, "there is no such file.", "docs/tazan-yaml.md shows one.");
        }

        using var reader = File.OpenText(path ?? SettingsFile);
        var settings = FleetSettingsReader.Read(reader, path ?? SettingsFile);
        talk?.WriteLine($"settings from {path ?? SettingsFile}");
        return settings;
    }

    private sealed class Told(ProgressLine line) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => line.Show(
            value.Stage == "reading" ? $"reading {value.FilesRead} of {value.FilesTotal} files" : value.Stage,
            value.BytesTotal > 0 && value.Stage == "reading" ? (double)value.BytesRead / value.BytesTotal : null);
    }
}
