using System.Collections.Immutable;
using System.CommandLine;
using Tazan.Cli.Mutes;
using Tazan.Cli.Output;
using Tazan.Inventory;
using Tazan.Lessons;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan check [fleet.db]</c>: which published outages would take this fleet down.</summary>
internal static class CheckCommand
{
    private sealed record Flags(
        Argument<string> Snapshot, Option<string?> Output, Option<string?> File, Option<string[]> Lesson, Option<string[]> Lessons,
        Option<string?> Severity, Option<string[]> Service, Option<string[]> Tag, Option<bool> Why, Option<bool> Verbose,
        Option<string?> FailOn, Option<string?> Baseline, Option<string?> WriteBaseline, Option<string[]> Mutes,
        Option<string?> Client, Option<string?> Folder, Option<string?> AsffAccount, Option<bool> NoColor, Option<string?> Timeout);

    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var flags = new Flags(
            Common.SnapshotArgument(),
            Common.Output(string.Join(", ", ReportFormats.Names)),
            new("--output-file") { Description = "Write there instead of to standard output, whole or not at all." },
            new("--lesson") { Description = "Only this lesson. Repeatable." },
            Common.Lessons(),
            new("--severity") { Description = "Leave out exposures below: info, low, medium, high, critical." },
            new("--service") { Description = "Only exposures of this service. Repeatable." },
            new("--tag", "-t") { Description = "Only resources with this tag: KEY=VALUE, or KEY for any value. Repeatable." },
            new("--why") { Description = "Say also why a lesson is clear, and what could not be read, with the mend." },
            new("--verbose", "-v") { Description = "Every exposure on a line of its own." },
            new("--fail-on") { Description = "End in 1 at this severity or above, or at unknown; several parted by commas: high,unknown." },
            new("--baseline") { Description = "Leave out what this file knows already." },
            new("--write-baseline") { Description = "Write all exposures found to this file, as known." },
            new("--mutelist", "--mutes") { Description = "Leave out what this file mutes, with reason, owner and date (docs/mutes.md). Repeatable." },
            new("--client") { Description = "Split by the value of this tag, or by account: which clients are affected, which are not." },
            new("--output-dir") { Description = "With --client: one report for each client into this folder, and summary.txt." },
            new("--asff-account") { Description = "For -o asff: the account of findings whose own is unknown." },
            Common.NoColor(),
            new("--timeout") { Description = "Seconds that one lesson's SQL may run. Default: 60." });
        var command = new Verb("check", "Which published outages would take this fleet down: exposed, clear or unknown, with evidence.")
        {
            Examples = """
                tazan check fleet.db --why
                tazan check fleet.db -o sarif --output-file tazan.sarif --fail-on high
                tazan check fleet.db --client customer --output-dir reports -o md
                """,
        };
        command.Arguments.Add(flags.Snapshot);
        foreach (var option in new Option[]
        {
            flags.Output, flags.File, flags.Lesson, flags.Lessons, flags.Severity, flags.Service, flags.Tag, flags.Why, flags.Verbose,
            flags.FailOn, flags.Baseline, flags.WriteBaseline, flags.Mutes, flags.Client, flags.Folder, flags.AsffAccount, flags.NoColor, flags.Timeout,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, flags, terminal, clock, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, Flags flags, Terminal terminal, TimeProvider clock, CancellationToken cancellation)
    {
        // All flags and files the user gave are read before any work: a slip in the last one is told at once.
        var format = ReportFormats.Parse(parsed.GetValue(flags.Output) ?? "table");
        var failOn = parsed.GetValue(flags.FailOn) is { } level ? FailOn.Parse(level) : FailOn.None;
        var baseline = parsed.GetValue(flags.Baseline) is { } known ? Baseline.Read(known) : null;
        var mutes = (parsed.GetValue(flags.Mutes) ?? []).Select(MuteList.Read).ToArray();
        var client = parsed.GetValue(flags.Client) ?? "";
        var folder = parsed.GetValue(flags.Folder);
        if (folder is not null && client.Length == 0)
        {
            throw new UserError("TZN1830", "--output-dir", "stands without --client.", "Say what parts the reports: --client TAG, or --client account.");
        }

        var options = new CheckOptions
        {
            Only = [.. parsed.GetValue(flags.Lesson) ?? []],
            Floor = parsed.GetValue(flags.Severity) is { } floor ? ReadSeverity(floor) : Severity.Info,
            Services = [.. parsed.GetValue(flags.Service) ?? []],
            Tags = [.. (parsed.GetValue(flags.Tag) ?? []).Select(ReadTag)],
            Client = client,
            SqlTimeout = ReadTimeout(parsed.GetValue(flags.Timeout)),
            Version = CommandLine.Version,
        };
        var lessons = LoadLessons(parsed.GetValue(flags.Lessons) ?? [], terminal);
        if (lessons is null)
        {
            return ExitCode.Misuse;
        }

        using var fleet = Common.Open(parsed.GetValue(flags.Snapshot)!, terminal);
        var report = Checker.Check(fleet, lessons.Lessons, options, clock, cancellation);
        if (parsed.GetValue(flags.WriteBaseline) is { } write)
        {
            AtomicFile.Write(write, stream => Baseline.Write(report, stream), terminal.OpenOut);
            terminal.Error.WriteLine($"wrote {report.Answers.Sum(static a => a.Exposures.Length)} exposures to {write}");
        }

        var look = new ReportOptions
        {
            Width = Common.Width(terminal),
            Colours = parsed.GetValue(flags.File) is null && ReportOptions.WantsColours(parsed.GetValue(flags.NoColor), terminal.Variable("NO_COLOR"), terminal.IsOutTerminal),
            Why = parsed.GetValue(flags.Why),
            Verbose = parsed.GetValue(flags.Verbose),
            AsffAccount = parsed.GetValue(flags.AsffAccount) ?? "",
        };
        var warned = new HashSet<string>(StringComparer.Ordinal);
        CheckReport Sieve(CheckReport whole)
        {
            var left = baseline is null ? whole : baseline.Apply(whole);
            foreach (var list in mutes)
            {
                var outcome = list.Apply(left, clock.GetUtcNow(), resource => ResourceTags.Of(fleet, resource));
                foreach (var warning in outcome.Warnings.Where(warned.Add))
                {
                    terminal.Error.WriteLine("tazan: " + warning);
                }

                left = outcome.Report;
            }

            return left;
        }

        if (client.Length > 0)
        {
            var split = ClientSplit.Split(report, static e => e.Client, Clients.Of(fleet, client), Sieve);
            if (split.Clients.IsEmpty)
            {
                throw new UserError("TZN1831", "--client", $"no resource of this fleet carries the tag '{PlainText.Clean(client)}'.", "tazan sql \"select distinct key from tag\" lists the tags; --client account splits by account.");
            }

            if (folder is not null)
            {
                var files = split.WriteFolder(folder, format, look with { Colours = false });
                terminal.Error.WriteLine($"wrote {files.Length} files to {folder}");
            }

            terminal.Out.Write(split.Summary);
            terminal.Out.Flush();
            return failOn.Fails(Sieve(report)) ? ExitCode.Exposed : ExitCode.Fine;
        }

        var shown = Sieve(report);
        AtomicFile.Write(parsed.GetValue(flags.File) ?? "-", stream => ReportWriter.Write(shown, format, stream, look), terminal.OpenOut);
        return failOn.Fails(shown) ? ExitCode.Exposed : ExitCode.Fine;
    }

    /// <summary>Loads the lessons; every fault is printed, and null returned, when there is any.</summary>
    internal static LessonBook? LoadLessons(string[] folders, Terminal terminal)
    {
        var book = LessonBook.Load(folders);
        foreach (var fault in book.Faults)
        {
            terminal.Error.WriteLine("tazan: " + fault.Message);
        }

        return book.Faults.IsEmpty ? book : null;
    }

    private static Severity ReadSeverity(string text) => Enum.TryParse<Severity>(text, ignoreCase: true, out var severity) && !char.IsAsciiDigit(text[0])
        ? severity
        : throw new UserError("TZN1832", "--severity", $"'{PlainText.Clean(text)}' is no severity.", Nearest.Mend(text, Enum.GetNames<Severity>().Select(static n => n.ToLowerInvariant())));

    private static KeyValuePair<string, string> ReadTag(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var (key, value) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
        return key.Length > 0 ? new(key, value) : throw new UserError("TZN1833", "--tag", $"'{PlainText.Clean(text)}' has no key.", "Write KEY=VALUE.");
    }

    private static TimeSpan ReadTimeout(string? text) => text is null ? TimeSpan.FromSeconds(60)
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds)
        : throw new UserError("TZN1834", "--timeout", $"'{PlainText.Clean(text)}' is no number of seconds.", "Give one above 0, at most 86400.");
}
