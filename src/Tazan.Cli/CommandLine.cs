using System.CommandLine;
using System.Reflection;
using Tazan.Cli.Commands;
using Tazan.Inventory.Sqlite;

namespace Tazan.Cli;

/// <summary>The verbs, and what happens around every one of them: flags from variables, errors in one line, exit codes, Ctrl-C.</summary>
public static class CommandLine
{
    /// <summary>The program's version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        using var cancel = new CancellationTokenSource();
        void Interrupted(object? sender, ConsoleCancelEventArgs e)
        {
            // The first Ctrl-C lets the command end in order; the second ends it now. Nothing half-written stands either way.
            e.Cancel = !cancel.IsCancellationRequested;
            if (e.Cancel)
            {
                terminal.Error.WriteLine("tazan: stopping (Ctrl-C again to stop at once)");
                cancel.Cancel();
            }
        }

        Console.CancelKeyPress += Interrupted;
        try
        {
            return await RunAsync(args, terminal, clock, cancel.Token);
        }
        finally
        {
            Console.CancelKeyPress -= Interrupted;
        }
    }

    /// <summary>As above, cancelled by the caller.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            var root = Root(terminal, clock);
            var parsed = root.Parse(args);
            if (parsed.Action is not VerbHelp && (parsed.Errors.Count > 0 || Mistake.FindFlag(parsed) is not null))
            {
                return Mistake.Report(args, parsed, terminal);
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellation);
        }
        catch (UserError e)
        {
            terminal.Error.WriteLine("tazan: " + e.Message);
            return ExitCode.Misuse;
        }
        catch (WorldFailed e)
        {
            terminal.Error.WriteLine("tazan: " + e.Message);
            return ExitCode.WorldFailed;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("tazan: cancelled; nothing half-written was left.");
            return ExitCode.Cancelled;
        }
        catch (SqliteFault e) when (e.IsFile)
        {
            terminal.Error.WriteLine($"tazan: TZN1104 the snapshot cannot be read ({e.Message}). It is damaged or cut off: import again.");
            return ExitCode.Misuse;
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // The reader went away (tazan ... | head): it has what it wanted.
            return ExitCode.Fine;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"tazan: TZN1990 {e.Message} Nothing half-written was left.");
            return ExitCode.WorldFailed;
        }
#pragma warning disable CA1031 // The last door: whatever comes through it is a mistake of ours, and still gets one line and an exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            terminal.Error.WriteLine($"tazan: TZN1999 a mistake in tazan itself: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} Nothing half-written was left. Please report it; TAZAN_DEBUG=1 shows where.");
            if (terminal.Variable("TAZAN_DEBUG") is { Length: > 0 })
            {
                terminal.Error.WriteLine(e);
            }

            return ExitCode.WorldFailed;
        }
    }

    // EPIPE, as the runtime passes it on.
    private const int BrokenPipe = 32;

    internal static RootCommand Root(Terminal terminal, TimeProvider clock)
    {
        var root = new RootCommand("""
            Tazan: other people's cloud outages, held against your own EC2 fleet.

              tazan demo                                    the whole thing on a made-up fleet of 2,000 instances
              tazan import saved-json/ -o fleet.db          from saved `aws ... describe-*` output
              tazan check fleet.db                          which published outages would take you down
              tazan lesson show conntrack-exhaustion        the post-mortem behind an answer
              tazan show i-0a1b2c3d4e5f67890 fleet.db       all that is known of one resource

            Exit codes: 0 fine, 1 exposures at or above --fail-on, 2 misuse, 3 the world failed (or a part of the
            input was broken), 4 refused by a guard, 130 cancelled. Every flag can be set by a variable:
            --fail-on by TAZAN_FAIL_ON, and so on.
            """);
        root.Subcommands.Add(ImportCommand.Create(terminal, clock));
        root.Subcommands.Add(CheckCommand.Create(terminal, clock));
        root.Subcommands.Add(ShowCommand.Create(terminal, clock));
        root.Subcommands.Add(SqlCommand.Create(terminal));
        root.Subcommands.Add(DiffCommand.Create(terminal, clock));
        root.Subcommands.Add(LessonCommand.Create(terminal, clock));
        root.Subcommands.Add(DemoCommand.Create(terminal, clock));
        root.Subcommands.Add(FleetCommand.Create(terminal, clock));
        root.Subcommands.Add(SchemaCommand.Create(terminal));
        root.Subcommands.Add(CompletionCommand.Create(terminal, () => Root(terminal, clock)));
        root.Subcommands.Add(VersionCommand.Create(terminal));
        Variables.Apply(root, terminal);
        VerbHelp.Apply(root);
        return root;
    }
}
