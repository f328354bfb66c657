using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tazan-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_fails_in_the_middle_leaves_nothing_and_keeps_the_old_file()
    {
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, "old");

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, to => Fail(to, new InvalidDataException()), NoStandardOutput));
        Assert.Throws<WorldFailed>(() => AtomicFile.Write(path, to => Fail(to, new IOException("disk full")), NoStandardOutput));
        Assert.Throws<WorldFailed>(() => AtomicFile.Write(Path.Combine(folder, "new.json"), to => Fail(to, new IOException("disk full")), NoStandardOutput));

        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void What_ends_replaces_the_old_file_and_leaves_only_it()
    {
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, "a much longer old text");

        AtomicFile.Write(path, to => ReportWriter.Write(Sample.Nasty(), ReportFormat.Json, to, new ReportOptions()), NoStandardOutput);

        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        Assert.Equal(Render.Text(Sample.Nasty(), ReportFormat.Json), File.ReadAllText(path));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        var (target, link) = (Path.Combine(folder, "target"), Path.Combine(folder, "link"));
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, "target");

        AtomicFile.Write(link, to => to.WriteByte((byte)'x'), NoStandardOutput);

        Assert.Equal("target", new FileInfo(link).LinkTarget);
        Assert.Equal("x", File.ReadAllText(target));
    }

    [Fact]
    public void A_dash_is_standard_output_and_a_device_is_written_straight()
    {
        using var output = new MemoryStream();
        AtomicFile.Write("-", to => to.WriteByte((byte)'x'), () => output);
        Assert.Equal("x"u8.ToArray(), output.ToArray());

        if (!OperatingSystem.IsWindows())
        {
            AtomicFile.Write("/dev/null", to => to.WriteByte((byte)'x'), NoStandardOutput);
            Assert.Equal(0, new FileInfo("/dev/null").Length);
        }
    }

    [Fact]
    public void A_closed_standard_output_is_the_worlds_failure() =>
        Assert.Throws<WorldFailed>(() => AtomicFile.Write("-", to => Fail(to, new IOException("broken pipe")), () => new MemoryStream()));

    [Fact]
    public void A_folder_and_a_missing_folder_are_the_users_to_mend()
    {
        Assert.Throws<UserError>(() => AtomicFile.Write(folder, _ => { }, NoStandardOutput));
        Assert.Throws<UserError>(() => AtomicFile.Write(Path.Combine(folder, "none", "a"), _ => { }, NoStandardOutput));
    }

    private static void Fail(Stream to, Exception with)
    {
        to.Write(new byte[200_000]);
        throw with;
    }

    private static Stream NoStandardOutput() => throw new InvalidOperationException("not asked for");
}
