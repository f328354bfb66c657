using Tazan.Cli.Output;

namespace Tazan.Cli.Tests.Output;

public sealed class ClientSplitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tazan-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Three_of_forty_three_clients_are_affected_and_forty_are_not()
    {
        var split = Split([.. Enumerable.Range(0, 43).Select(i => new Client { Name = $"client-{i:00}", Resources = 50, Accounts = [$"{i:000000000000}"] })]);

        Assert.Contains("3 of 43 clients are affected:\n  client-00: high, 2 exposures to a\n", split.Summary, StringComparison.Ordinal);
        Assert.Contains("0 of 43 clients are unknown, since something could not be read.\n40 of 43 clients are not affected:\n  client-03\n", split.Summary, StringComparison.Ordinal);
        Assert.Null(split.Nobody);
    }

    [Fact]
    public void A_clients_report_holds_nothing_about_the_others()
    {
        var split = Split([]);
        var text = Render.Text(split.Clients.Single(c => c.Client.Name == "client-01").Report, ReportFormat.Json);

        Assert.Contains("i-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("i-0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("client-02", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Looked at 10", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_accounts_blind_spot_leaves_a_client_clear_and_ones_own_does_not()
    {
        var report = Sample.Check(Sample.Answer("a", Answer.Unknown, spots: [Sample.Spot(account: "111111111111")]));
        var split = ClientSplit.Split(report, _ => "", [new Client { Name = "one", Accounts = ["111111111111"] }, new Client { Name = "two", Accounts = ["222222222222"] }, new Client { Name = "three" }]);

        Assert.Equal([("one", Answer.Unknown), ("three", Answer.Unknown), ("two", Answer.Clear)], split.Clients.Select(c => (c.Client.Name, c.Answer)));
    }

    [Fact]
    public void What_belongs_to_no_client_is_told()
    {
        var report = Sample.Check(Sample.Answer("a", Answer.Exposed, exposures: [Sample.Exposure("a")]));
        var split = ClientSplit.Split(report, _ => "", [new Client { Name = "one" }]);

        Assert.Contains("1 exposure belongs to no client.", split.Summary, StringComparison.Ordinal);
        Assert.Equal(Answer.Clear, Assert.Single(split.Clients).Answer);
    }

    [Fact]
    public void Mutes_count_for_the_client_they_concern()
    {
        var clients = Enumerable.Range(0, 3).Select(i => new Client { Name = $"client-0{i}", Accounts = ["123456789012"] });
        var split = ClientSplit.Split(Exposed(), Owner, clients, own => Tazan.Cli.Mutes.Sieve.Without(own, e => e.Resource.Id.StartsWith("i-2", StringComparison.Ordinal), "known", out _));

        Assert.Equal([("client-00", Answer.Exposed), ("client-01", Answer.Exposed), ("client-02", Answer.Clear)], split.Clients.Select(c => (c.Client.Name, c.Answer)));
    }

    [Fact]
    public void Every_client_gets_a_file_of_its_own_whatever_it_is_called()
    {
        string[] names = ["acme", "ACME", "a/b", "a:b", "../../etc/passwd", "..", "", "con", "NUL", "日本 商事", "\ud800", "summary", new string('x', 500), "com1", "é", "e\u0301", "  ", "acme-0123456789abcdef"];
        var clients = names.Where(n => n.Length > 0).Select(n => new Client { Name = n }).ToList();
        var written = ClientSplit.Split(Sample.Check(Sample.Answer("a", Answer.Clear)), _ => "", clients).WriteFolder(folder, ReportFormat.Json, new ReportOptions());

        var files = Directory.GetFiles(folder).Select(Path.GetFileName).ToList();
        Assert.Equal(clients.Count + 1, files.Count);
        Assert.Equal(files.Count, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(written.Order(), Directory.GetFiles(folder).Order());
        Assert.All(files, f => Assert.Matches(@"^[\w-]+\.(json|txt)$", f));
        Assert.Contains("日本-商事-", string.Join(' ', files), StringComparison.Ordinal);
    }

    private static ClientSplit Split(IEnumerable<Client> clients) => ClientSplit.Split(Exposed(), Owner, clients);

    private static CheckReport Exposed() => Sample.Check(Sample.Answer("a", Answer.Exposed,
        exposures: [.. Enumerable.Range(0, 6).Select(i => Sample.Exposure("a", $"i-{i % 3}{i}"))], spots: [Sample.Spot(account: "999999999999")]));

    private static string Owner(Exposure exposure) => $"client-0{exposure.Resource.Id[2]}";
}
