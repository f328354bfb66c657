using Tazan.Cli;

return await CommandLine.RunAsync(args, Terminal.Real(), TimeProvider.System);
