using System.Collections.Immutable;
using System.Text;
using Tazan.Cli.Mutes;

namespace Tazan.Cli.Output;

/// <summary>One check as one check for each client, and a summary for the company that looks after them.</summary>
/// <remarks>
/// A client's report goes to that client, so it holds nothing about the others: no counts of the whole fleet, no
/// sentence that has them, and only blind spots that can concern it. Mutes and a baseline are therefore applied after
/// the split, to each client's report (the <c>sieve</c>), or their counts would be everybody's.
/// </remarks>
public sealed class ClientSplit
{
    private ClientSplit(ImmutableArray<ClientReport> clients, ClientReport? nobody) => (Clients, Nobody) = (clients, nobody);

    /// <summary>Exposed, then unknown, then clear; each by name.</summary>
    public ImmutableArray<ClientReport> Clients { get; }

    /// <summary>The exposures that belong to no client; null when there are none.</summary>
    public ClientReport? Nobody { get; }

    /// <summary>Splits a check.</summary>
    /// <param name="report">The whole fleet's check.</param>
    /// <param name="clientOf">The client's name of an exposure; empty for none.</param>
    /// <param name="clients">All clients, also those without an exposure. One that only <paramref name="clientOf"/> names is added.</param>
    /// <param name="sieve">Applied to each client's report: mutes, baseline; null for nothing.</param>
    public static ClientSplit Split(CheckReport report, Func<Exposure, string> clientOf, IEnumerable<Client> clients, Func<CheckReport, CheckReport>? sieve = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(clientOf);
        ArgumentNullException.ThrowIfNull(clients);
        var known = new Dictionary<string, Client>(StringComparer.Ordinal);
        foreach (var client in clients)
        {
            known.TryAdd(client.Name, client);
        }

        // One pass over the exposures, however many clients there are.
        var exposures = new Dictionary<(string Client, string Lesson), List<Exposure>>();
        foreach (var exposure in report.Answers.SelectMany(static a => a.Exposures))
        {
            var name = clientOf(exposure);
            known.TryAdd(name, new Client { Name = name });
            if (!exposures.TryGetValue((name, exposure.Lesson), out var list))
            {
                exposures[(name, exposure.Lesson)] = list = [];
            }

            list.Add(exposure with { Client = name });
        }

        var split = known.Values.Select(client =>
        {
            var own = Own(report, client, lesson => exposures.GetValueOrDefault((client.Name, lesson)) ?? []);
            return new ClientReport(client, sieve is null ? own : sieve(own));
        }).OrderByDescending(static c => c.Answer).ThenBy(static c => c.Client.Name, StringComparer.Ordinal).ToList();
        return new ClientSplit([.. split.Where(static c => c.Client.Name.Length > 0)], split.Find(static c => c.Client.Name.Length == 0));
    }

    /// <summary>Which clients are affected, which are unknown and which are not, as plain lines.</summary>
    public string Summary
    {
        get
        {
            var text = new StringBuilder();
            Part(Answer.Exposed, "affected", "are", "is");
            Part(Answer.Unknown, "unknown, since something could not be read", "are", "is");
            Part(Answer.Clear, "not affected", "are", "is");
            if (Nobody is { } nobody && nobody.Report.Answers.Sum(static a => a.Exposures.Length) is var left and > 0)
            {
                text.Append(Words.Count(left, "exposure")).Append(left == 1 ? " belongs" : " belong").Append(" to no client.\n");
            }

            return text.ToString();

            void Part(Answer answer, string what, string many, string one)
            {
                var those = Clients.Where(c => c.Answer == answer).ToList();
                text.Append($"{Words.Number(those.Count)} of {Words.Count(Clients.Length, "client")} {(those.Count == 1 ? one : many)} {what}{(those.Count == 0 ? "." : ":")}\n");
                foreach (var client in those)
                {
                    text.Append("  ").Append(Line(client)).Append('\n');
                }
            }
        }
    }

    /// <summary>Writes one file for each client, and <c>summary.txt</c>, into a folder that is made if need be.</summary>
    /// <returns>The files written, summary last. Each is whole; a failure leaves those written before it.</returns>
    /// <exception cref="UserError">The folder's place is taken by a file.</exception>
    /// <exception cref="WorldFailed">The disk refused.</exception>
    public ImmutableArray<string> WriteFolder(string folder, ReportFormat format, ReportOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
        {
            throw new UserError("TZN1804", folder, "this is a file, and one file for each client needs a folder.", "Name a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN1891", $"{folder}: could not be made: {e.Message}", e);
        }

        var written = ImmutableArray.CreateBuilder<string>();
        IReadOnlyList<ClientReport> all = Nobody is { } nobody ? [.. Clients, nobody] : Clients;
        var names = FileNames.For([.. all.Select(static c => c.Client.Name.Length > 0 ? c.Client.Name : "no client")], reserved: "summary");
        for (var i = 0; i < all.Count; i++)
        {
            var report = all[i].Report;
            Put(Path.Combine(folder, $"{names[i]}.{format.Extension()}"), to => ReportWriter.Write(report, format, to, options));
        }

        Put(Path.Combine(folder, "summary.txt"), to => to.Write(Encoding.UTF8.GetBytes(Summary)));
        return written.ToImmutable();

        void Put(string path, Action<Stream> write)
        {
            AtomicFile.Write(path, write, static () => Stream.Null);
            written.Add(path);
        }
    }

    private static string Line(ClientReport client)
    {
        var name = PlainText.Clean(client.Client.Name);
        var exposed = client.Report.Answers.Where(static a => a.Answer == Answer.Exposed).ToList();
        var unknown = client.Report.Answers.Count(static a => a.Answer == Answer.Unknown);
        return client.Answer switch
        {
            Answer.Exposed => $"{name}: {exposed.Max(static a => a.Severity).Name()}, {Words.Count(exposed.Sum(static a => a.Exposures.Length), "exposure")} to "
                + string.Join(", ", exposed.Select(static a => PlainText.Clean(a.Lesson))) + (unknown == 0 ? "" : $"; {Words.Count(unknown, "lesson")} unknown"),
            Answer.Unknown => $"{name}: {Words.Count(unknown, "lesson")} unknown",
            _ => name,
        };
    }

    private static CheckReport Own(CheckReport report, Client client, Func<string, IReadOnlyList<Exposure>> exposuresTo) => report with
    {
        Answers = Sieve.InOrder(report.Answers.Select(a => Own(a, client, exposuresTo(a.Lesson)))),
        Counts = client.Resources > 0 ? [KeyValuePair.Create("resource", client.Resources)] : [],
        Muted = 0,
        InBaseline = 0,
    };

    private static LessonAnswer Own(LessonAnswer answer, Client client, IReadOnlyList<Exposure> exposures)
    {
        ImmutableArray<BlindSpot> spots = client.Accounts.IsEmpty ? answer.BlindSpots
            : [.. answer.BlindSpots.Where(s => s.Account == Identity.Unknown || client.Accounts.Contains(s.Account))];

        // An unknown that names no blind spot is everybody's.
        var isUnread = !spots.IsEmpty || (answer.Answer == Answer.Unknown && answer.BlindSpots.IsEmpty);
        var of = client.Resources > 0 ? $" of {Words.Count(client.Resources, "resource")}" : "";
        return answer with
        {
            Exposures = [.. exposures],
            BlindSpots = spots,
            Answer = exposures.Count > 0 ? Answer.Exposed : isUnread ? Answer.Unknown : Answer.Clear,
            Severity = exposures.Count > 0 ? exposures.Max(static e => e.Severity) : answer.Severity,
            LookedAt = client.Resources,
            Why = exposures.Count > 0 ? $"{Words.CountByType(exposures.Select(static e => e.Resource.Type))}{of} exposed."
                : isUnread ? "Nothing exposed was found, but not everything could be read." : $"None{of} is exposed.",
        };
    }
}
