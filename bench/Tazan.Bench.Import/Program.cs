using System.Diagnostics;
using System.Globalization;
using Tazan.Bench.Import;
using Tazan.Inventory.Json;

// read FILE [WINDOW]   describe-instances JSON into 14 columns, as the simdjson reference does it
// skip FILE [WINDOW]   grammar only
if (args is not [("read" or "skip") and var verb, var file, ..])
{
    await Console.Error.WriteLineAsync("read FILE [WINDOW_BYTES] | skip FILE [WINDOW_BYTES]");
    return 2;
}

var from = Stopwatch.GetTimestamp();
using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
using var window = new JsonWindow(stream, file, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1 << 20);
var columns = new Columns();
if (verb == "read")
{
    columns.ReadFrom(window);
}
else
{
    while (window.TryStart())
    {
        window.Skip();
    }
}

var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
using var self = Process.GetCurrentProcess();
Console.WriteLine(FormattableString.Invariant(
    $$"""{"how":"tazan-{{verb}}","instances":{{columns.Instances}},"tags":{{columns.Tags}},"check":"{{columns.Check:x}}","seconds":{{seconds:F3}},"cpu_s":{{self.TotalProcessorTime.TotalSeconds:F3}},"mb_s":{{window.BytesRead / seconds / 1e6:F0}},"peak_mb":{{self.PeakWorkingSet64 >> 20}}}"""));
return 0;
