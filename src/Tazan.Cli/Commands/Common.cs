using System.CommandLine;
using Tazan.Inventory;

namespace Tazan.Cli.Commands;

/// <summary>Flags and arguments that several verbs share, so that they read the same everywhere.</summary>
internal static class Common
{
    /// <summary>The snapshot that a verb reads when none is named.</summary>
    internal const string DefaultSnapshot = "fleet.db";

    internal static Argument<string> SnapshotArgument() => new("fleet.db")
    {
        Description = "The snapshot; TAZAN_SNAPSHOT, else fleet.db in this folder.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = static _ => "",
    };

    internal static Option<string?> Output(string formats) => new("--output", "-o") { Description = "Format: " + formats + "." };

    internal static Option<bool> NoColor() => new("--no-color") { Description = "Plain text; NO_COLOR does the same." };

    internal static Option<string[]> Lessons() => new("--lessons")
    {
        Description = "A folder (or file) with your own lessons, beside the built-in ones. Repeatable.",
    };

    internal static Snapshot Open(string path, Terminal terminal) =>
        Snapshot.Open(path.Length > 0 ? path : terminal.Variable("TAZAN_SNAPSHOT") is { Length: > 0 } named ? named : DefaultSnapshot);

    internal static int Width(Terminal terminal) => terminal.Width > 0 ? terminal.Width : Tazan.Cli.Output.ReportOptions.DefaultWidth;
}
