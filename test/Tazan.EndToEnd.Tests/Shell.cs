using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tazan.EndToEnd.Tests;

/// <summary>The program as a user starts it: another process, by the launcher.</summary>
internal static partial class Shell
{
    internal sealed record Ended(int Code, string Out, string Error);

    /// <summary>The folder that holds the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Recorded answers beside the project, or null where they are not.</summary>
    internal static string? Recorded
    {
        get
        {
            var shared = Environment.GetEnvironmentVariable("TAZAN_SHARED") ?? Path.Combine(Path.GetDirectoryName(Root)!, "shared");
            var folder = Path.Combine(shared, "data", "recorded");
            return Directory.Exists(folder) ? folder : null;
        }
    }

    internal static Ended Tazan(params string[] args) => Run(Path.Combine(Root, "tazan"), args);

    internal static Ended Run(string program, params string[] args)
    {
        using var process = Start(program, args);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Ended(process.ExitCode, text, error.GetAwaiter().GetResult());
    }

    internal static Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    internal static void Interrupt(Process process) => Assert.Equal(0, Kill(process.Id, 2));

    internal static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Tazan.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests run from outside the repository.");
    }
}

/// <summary>The demo's fleet as answers and as a snapshot, made once for all tests.</summary>
public sealed class DemoFleet : IDisposable
{
    private const string Now = "2026-03-02T09:00:00Z";

    public DemoFleet()
    {
        Folder = Directory.CreateTempSubdirectory("tazan-e2e-").FullName;
        Answers = Path.Combine(Folder, "answers");
        Snapshot = Path.Combine(Folder, "fleet.db");
        var write = Shell.Tazan("fleet", "write", "demo", "-o", Answers, "--now", Now);
        Import = Shell.Tazan("import", Answers, "-o", Snapshot, "--collected-at", Now);
        if (write.Code != 0 || Import.Code != 0)
        {
            throw new InvalidOperationException(write.Error + Import.Error);
        }
    }

    public string Folder { get; }

    public string Answers { get; }

    public string Snapshot { get; }

    internal Shell.Ended Import { get; }

    public string File(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
