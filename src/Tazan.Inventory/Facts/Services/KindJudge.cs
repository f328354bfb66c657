using Tazan.Inventory.Facts.Network;

namespace Tazan.Inventory.Facts.Services;

/// <summary>What is known of a service when its kind is judged.</summary>
/// <param name="Names">The service's name and what else names it: its group, its target groups, tag values.</param>
/// <param name="Ports">The narrow TCP and UDP ranges that its members' groups let in.</param>
/// <param name="Members">Members that are not terminated.</param>
/// <param name="HasRoles">Whether tags call one member a primary or another a standby.</param>
/// <param name="HasSchedule">Whether a tag gives it a schedule.</param>
/// <param name="IsLoadBalanced">Whether a balancer sends it requests.</param>
/// <param name="IsScaled">Whether an Auto Scaling group keeps it.</param>
internal sealed record KindEvidence(
    IReadOnlyList<string> Names, IReadOnlyList<PortRange> Ports, int Members, bool HasRoles, bool HasSchedule, bool IsLoadBalanced, bool IsScaled);

/// <summary>A kind, why, and how sure, from 0 to 1.</summary>
internal sealed record KindJudgement(ServiceKind Kind, string Reason, double Confidence);

/// <summary>Judges the kind of a service. What its name says counts before what its ports say, and both before how it is kept.</summary>
/// <remarks>Ports are those that the products document as their defaults. The confidences are assumed: they order the evidence, no more.</remarks>
internal static class KindJudge
{
    // A word counts where a name is cut at its separators, digits at the end of a piece taken off.
    private static readonly (ServiceKind Kind, string[] Words)[] ByWord =
    [
        (ServiceKind.Quorum, ["zookeeper", "zk", "etcd", "consul", "kraft", "quorum", "sentinel", "mongo", "mongodb", "mongod", "cockroach", "cockroachdb"]),
        (ServiceKind.Cache, ["memcached", "memcache", "mc", "redis", "valkey", "cache", "caches", "varnish"]),
        (ServiceKind.PrimaryStandby, ["postgres", "postgresql", "pg", "pgsql", "mysql", "mariadb", "oracle", "mssql", "sqlserver", "db", "database", "drbd"]),
        (ServiceKind.Batch, ["batch", "cron", "nightly", "job", "jobs", "etl", "scheduler"]),
        (ServiceKind.Stateless, ["web", "www", "api", "app", "frontend", "front", "nginx", "apache", "proxy", "gateway", "worker", "workers", "rails", "tomcat", "http"]),
    ];

    private static readonly (ServiceKind Kind, int Port, string What)[] ByPort =
    [
        (ServiceKind.Quorum, 2181, "ZooKeeper clients"),
        (ServiceKind.Quorum, 2888, "ZooKeeper peers"),
        (ServiceKind.Quorum, 2379, "etcd clients"),
        (ServiceKind.Quorum, 2380, "etcd peers"),
        (ServiceKind.Quorum, 8300, "Consul servers"),
        (ServiceKind.Quorum, 9093, "Kafka controllers"),
        (ServiceKind.Quorum, 27017, "MongoDB replica sets"),
        (ServiceKind.Quorum, 26379, "Redis Sentinel"),
        (ServiceKind.Cache, 11211, "memcached"),
        (ServiceKind.Cache, 6379, "Redis"),
        (ServiceKind.PrimaryStandby, 5432, "PostgreSQL"),
        (ServiceKind.PrimaryStandby, 3306, "MySQL"),
        (ServiceKind.PrimaryStandby, 1521, "Oracle"),
        (ServiceKind.PrimaryStandby, 1433, "SQL Server"),
    ];

    internal static KindJudgement Judge(KindEvidence evidence)
    {
        var word = FindWord(evidence.Names);
        var batch = word?.Kind == ServiceKind.Batch ? $"its name says '{word.Value.Word}'" : evidence.HasSchedule ? "a tag gives it a schedule" : null;

        // A lone machine is a single point whatever runs on it, but for batch work, which has no requests to lose.
        if (evidence.Members == 1)
        {
            return batch is null ? new KindJudgement(ServiceKind.Single, "one member", 0.9) : new KindJudgement(ServiceKind.Batch, batch, 0.8);
        }

        if (word is { Kind: ServiceKind.Quorum } quorum)
        {
            return Quorum(evidence.Members, $"its name says '{quorum.Word}'", 0.9);
        }

        // "kafka" is a fleet of brokers, of which only the controllers vote.
        if (Says(evidence.Names, "kafka") is true && Says(evidence.Names, "controller", "controllers") is true)
        {
            return Quorum(evidence.Members, "its name says 'kafka' and 'controller'", 0.9);
        }

        if (word is { Kind: ServiceKind.Cache } cache)
        {
            return new KindJudgement(ServiceKind.Cache, $"its name says '{cache.Word}'", 0.9);
        }

        if (evidence.HasRoles)
        {
            return new KindJudgement(ServiceKind.PrimaryStandby, "tags call members primary or standby", 0.9);
        }

        if (word is { Kind: ServiceKind.PrimaryStandby } pair)
        {
            return new KindJudgement(ServiceKind.PrimaryStandby, $"its name says '{pair.Word}' and it has {evidence.Members} members", 0.8);
        }

        if (batch is not null)
        {
            return new KindJudgement(ServiceKind.Batch, batch, 0.8);
        }

        if (evidence.IsLoadBalanced)
        {
            return new KindJudgement(ServiceKind.Stateless, "a load balancer sends it requests", 0.9);
        }

        if (word is { Kind: ServiceKind.Stateless } web)
        {
            return new KindJudgement(ServiceKind.Stateless, $"its name says '{web.Word}'", 0.8);
        }

        foreach (var (kind, port, what) in ByPort)
        {
            if (evidence.Ports.Any(range => range.Contains(port)))
            {
                var reason = FormattableString.Invariant($"its groups let in port {port} ({what})");
                return kind == ServiceKind.Quorum ? Quorum(evidence.Members, reason, 0.8) : new KindJudgement(kind, reason, 0.7);
            }
        }

        return evidence.IsScaled
            ? new KindJudgement(ServiceKind.Stateless, "an Auto Scaling group replaces its members", 0.7)
            : new KindJudgement(ServiceKind.Stateless, "nothing says otherwise", 0.3);
    }

    // A majority of an even number is no smaller than that of the next odd one, so voters come in threes, fives and sevens.
    private static KindJudgement Quorum(int members, string reason, double confidence) => members is 3 or 5 or 7
        ? new KindJudgement(ServiceKind.Quorum, FormattableString.Invariant($"{reason} and it has {members} members"), confidence)
        : new KindJudgement(ServiceKind.Quorum, FormattableString.Invariant($"{reason}, though {members} members are unusual for a quorum"), confidence - 0.3);

    private static (ServiceKind Kind, string Word)? FindWord(IReadOnlyList<string> names)
    {
        foreach (var (kind, words) in ByWord)
        {
            foreach (var name in names)
            {
                foreach (var token in Tokens(name))
                {
                    if (words.Contains(token, StringComparer.Ordinal))
                    {
                        return (kind, token);
                    }
                }
            }
        }

        return null;
    }

    private static bool Says(IReadOnlyList<string> names, params string[] words) => names.Any(name => Tokens(name).Any(token => words.Contains(token, StringComparer.Ordinal)));

    private static IEnumerable<string> Tokens(string name) => name.ToLowerInvariant()
        .Split(['-', '_', '.', ' ', '/', ':', '@'], StringSplitOptions.RemoveEmptyEntries)
        .Select(static token => token.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}
