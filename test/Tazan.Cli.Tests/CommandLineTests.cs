namespace Tazan.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("chek", "'chek' is not expected here. Did you mean 'check'?")]
    [InlineData("check --whyy", "there is no flag '--whyy' here. Did you mean '--why'?")]
    [InlineData("check nothing-here.db", "TZN1101 nothing-here.db: there is no such snapshot.")]
    [InlineData("check -o tabel", "Did you mean 'table'?")]
    [InlineData("check --fail-on hihg", "TZN1802 --fail-on: 'hihg' is no severity.")]
    [InlineData("check --severity hihg", "TZN1832")]
    [InlineData("check --tag =x", "TZN1833")]
    [InlineData("check --timeout never", "TZN1834")]
    [InlineData("check --output-dir x", "TZN1830")]
    [InlineData("lesson show nothing-like-it", "TZN2004")]
    [InlineData("schema instnace", "Did you mean 'instance'?")]
    [InlineData("completion tcsh", "TZN1807")]
    [InlineData("fleet write smal -o x", "Did you mean 'small'?")]
    [InlineData("show", "TZN1800")]
    public void A_slip_ends_in_2_with_one_line_that_names_the_mend(string line, string told)
    {
        var run = TazanRun.Of(line.Split(' '));

        Assert.Equal(ExitCode.Misuse, run.Code);
        Assert.Contains(told, run.Error);
        Assert.Empty(run.Out);
    }

    [Fact]
    public void Help_of_every_verb_names_the_program_as_people_type_it()
    {
        string[] verbs = ["import", "check", "show", "sql", "diff", "lesson", "demo", "fleet", "schema", "completion", "version"];

        Assert.All(verbs, verb =>
        {
            var run = TazanRun.Of(verb, "--help");
            Assert.Equal(ExitCode.Fine, run.Code);
            Assert.Contains($"tazan {verb}", run.Out);
            Assert.DoesNotContain("Tazan.Cli", run.Out);
        });
        Assert.All(verbs, verb => Assert.Contains($"  {verb}", TazanRun.Of("--help").Out));
    }

    [Fact]
    public void A_flag_can_be_set_by_its_variable_and_the_command_line_wins()
    {
        var byVariable = TazanRun.With(new() { ["TAZAN_FAIL_ON"] = "nonsense" }, "check", "missing.db");
        var byFlag = TazanRun.With(new() { ["TAZAN_FAIL_ON"] = "nonsense" }, "check", "missing.db", "--fail-on", "high");

        Assert.Contains("TZN1802", byVariable.Error);
        Assert.Contains("TZN1101", byFlag.Error);
    }

    [Theory]
    [InlineData("bash", "complete -F _tazan tazan")]
    [InlineData("zsh", "bashcompinit")]
    [InlineData("fish", "complete -c tazan")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public void Completion_knows_every_verb(string shell, string mark)
    {
        var run = TazanRun.Of("completion", shell);

        Assert.Equal(ExitCode.Fine, run.Code);
        Assert.Contains(mark, run.Out);
        Assert.Contains("import", run.Out);
        Assert.Contains("validate", run.Out);
    }
}
