using System.CommandLine;
using Tazan.Cli.Output;
using Tazan.Lessons;

namespace Tazan.Cli.Commands;

/// <summary><c>tazan lesson list|show|validate|new|test</c>.</summary>
internal static class LessonCommand
{
    internal static Command Create(Terminal terminal, TimeProvider clock)
    {
        var command = new Command("lesson", "Published outages as files: list them, read one, write and test your own (docs/lessons.md).");
        command.Subcommands.Add(List(terminal));
        command.Subcommands.Add(Show(terminal));
        command.Subcommands.Add(Validate(terminal));
        command.Subcommands.Add(New(terminal));
        command.Subcommands.Add(Test(terminal, clock));
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var lessons = Common.Lessons();
        var command = new Command("list", "All lessons: the built-in ones and your own.") { lessons };
        command.SetAction(parsed =>
        {
            if (CheckCommand.LoadLessons(parsed.GetValue(lessons) ?? [], terminal) is not { } book)
            {
                return ExitCode.Misuse;
            }

            TextTable.Write(terminal.Out, ["lesson", "when", "severity", "title"], [.. book.Lessons.Select(static l =>
                new[] { l.Name, l.When, l.Severity.ToString().ToLowerInvariant(), PlainText.Clean(l.Title) })], terminal.IsOutTerminal ? Common.Width(terminal) : int.MaxValue);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var name = new Argument<string>("lesson") { Description = "A name from tazan lesson list." };
        var sql = new Option<bool>("--sql") { Description = "Show the SQL that decides who is exposed." };
        var lessons = Common.Lessons();
        var noColor = Common.NoColor();
        var command = new Command("show", "Retell a post-mortem: what happened, who is exposed, what one sees, what helps.") { name, sql, lessons, noColor };
        command.SetAction(parsed =>
        {
            if (CheckCommand.LoadLessons(parsed.GetValue(lessons) ?? [], terminal) is not { } book)
            {
                return ExitCode.Misuse;
            }

            var colours = ReportOptions.WantsColours(parsed.GetValue(noColor), terminal.Variable("NO_COLOR"), terminal.IsOutTerminal);
            terminal.Out.Write(LessonText.Render(book.Get(parsed.GetValue(name)!), Math.Clamp(Common.Width(terminal), 60, 120), colours, parsed.GetValue(sql)));
            terminal.Out.Flush();
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Validate(Terminal terminal)
    {
        var files = new Argument<string[]>("file") { Description = "Lesson files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Read lesson files strictly: keys, effects, SQL; every fault with its line.") { files };
        command.SetAction(parsed =>
        {
            var faults = new List<UserError>();
            foreach (var file in parsed.GetValue(files)!)
            {
                var before = faults.Count;
                LessonBook.Validate(file, faults);
                if (faults.Count == before)
                {
                    terminal.Out.WriteLine($"{file}: fine");
                }
            }

            foreach (var fault in faults)
            {
                terminal.Error.WriteLine("tazan: " + fault.Message);
            }

            return faults.Count == 0 ? ExitCode.Fine : ExitCode.Misuse;
        });
        return command;
    }

    private static Command New(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "Kebab case, such as our-redis-outage." };
        var folder = new Option<string?>("--output", "-o") { Description = "The folder to write NAME.yaml into. Default: this one." };
        var command = new Command("new", "Begin a lesson of your own from a template that already passes.") { name, folder };
        command.SetAction(parsed =>
        {
            var path = Path.Combine(parsed.GetValue(folder) ?? ".", parsed.GetValue(name)! + ".yaml");
            var text = LessonTemplate.Text(parsed.GetValue(name)!);
            if (File.Exists(path))
            {
                throw new UserError("TZN1836", path, "is there already.", "Choose another name, or delete it first.");
            }

            AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), terminal.OpenOut);
            terminal.Error.WriteLine($"wrote {path}; next: tazan lesson test {path}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Test(Terminal terminal, TimeProvider clock)
    {
        var names = new Argument<string[]>("lesson") { Description = "Names or files; without any, all lessons.", Arity = ArgumentArity.ZeroOrMore };
        var lessons = Common.Lessons();
        var command = new Command("test", "Run lessons on their own examples: fleets that must match and fleets that must not.") { names, lessons };
        command.SetAction((parsed, cancellation) =>
        {
            if (CheckCommand.LoadLessons(parsed.GetValue(lessons) ?? [], terminal) is not { } book)
            {
                return Task.FromResult(ExitCode.Misuse);
            }

            var asked = parsed.GetValue(names) ?? [];
            var faults = new List<UserError>();
            var chosen = asked.Length == 0 ? [.. book.Lessons]
                : asked.Select(n => File.Exists(n) ? LessonBook.Validate(n, faults) : book.Get(n)).ToArray();
            foreach (var fault in faults)
            {
                terminal.Error.WriteLine("tazan: " + fault.Message);
            }

            if (faults.Count > 0)
            {
                return Task.FromResult(ExitCode.Misuse);
            }

            var (passed, failed) = (0, 0);
            foreach (var result in chosen.SelectMany(lesson => LessonTrial.Run(lesson!, clock, cancellation)))
            {
                terminal.Out.WriteLine($"{(result.Passed ? "ok  " : "FAIL")} {result.Lesson}: {PlainText.Clean(result.Example)}");
                foreach (var difference in result.Differences)
                {
                    terminal.Out.WriteLine($"     {result.Where}: {PlainText.Clean(difference)}");
                }

                _ = result.Passed ? passed++ : failed++;
            }

            terminal.Out.WriteLine($"{passed} passed, {failed} failed in {chosen.Length} {(chosen.Length == 1 ? "lesson" : "lessons")}");
            return Task.FromResult(failed == 0 && passed > 0 ? ExitCode.Fine : ExitCode.Exposed);
        });
        return command;
    }
}
