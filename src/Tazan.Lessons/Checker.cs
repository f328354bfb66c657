using System.Collections.Immutable;
using System.Globalization;
using Tazan.Inventory;
using Tazan.Inventory.Sqlite;
using Tazan.Lessons.Checking;
using Tazan.Lessons.Reading;

namespace Tazan.Lessons;

/// <summary>Holds a fleet against lessons: exposed, clear or unknown, with the evidence.</summary>
public static class Checker
{
    // The types people count a fleet by, the largest idea first.
    private static readonly string[] Counted =
        ["instance", "service", "volume", "image", "ebs_snapshot", "auto_scaling_group", "load_balancer", "target_group", "security_group", "network_interface", "db_instance", "function", "bucket"];

    /// <summary>Runs the lessons' SQL and derives from its tables what could not be known.</summary>
    /// <param name="snapshot">Not changed.</param>
    /// <param name="lessons">In any order.</param>
    /// <param name="options">What to look at.</param>
    /// <param name="clock">For the time of the check and the limit on each lesson's SQL.</param>
    /// <param name="cancellation">Stops a running query as well.</param>
    /// <exception cref="UserError">A lesson's SQL is wrong or takes too long, or a named lesson does not exist.</exception>
    public static CheckReport Check(Snapshot snapshot, IEnumerable<Lesson> lessons, CheckOptions options, TimeProvider clock, CancellationToken cancellation) =>
        Check(snapshot.Database, snapshot.Path, snapshot.CollectedAt, lessons, options, clock, cancellation);

    internal static CheckReport Check(
        Database database, string path, DateTimeOffset? collectedAt, IEnumerable<Lesson> lessons, CheckOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var chosen = Choose(lessons, options.Only);

        // Every lesson reads much of the file: mapped, all of it would come to count as this program's memory.
        database.Execute("PRAGMA mmap_size = 0");
        var readings = new Readings(database);
        var selection = new Selection(database, options);
        var populations = new Dictionary<string, long>(StringComparer.Ordinal);
        var answers = new List<LessonAnswer>(chosen.Count);
        foreach (var lesson in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(Ask(database, lesson, readings, selection, populations, options, clock, cancellation));
        }

        return new CheckReport
        {
            Snapshot = path,
            CollectedAt = collectedAt,
            CheckedAt = clock.GetUtcNow(),
            Version = options.Version,
            Counts = Count(database),
            Answers = [.. answers
                .OrderBy(static a => a.Answer switch { Answer.Exposed => 0, Answer.Unknown => 1, _ => 2 })
                .ThenByDescending(static a => a.Answer == Answer.Exposed ? a.Severity : Severity.Info)
                .ThenBy(static a => a.Lesson, StringComparer.Ordinal)],
        };
    }

    private static List<Lesson> Choose(IEnumerable<Lesson> lessons, ImmutableArray<string> only)
    {
        var all = lessons.OrderBy(static l => l.Name, StringComparer.Ordinal).ToList();
        foreach (var name in only)
        {
            if (!all.Exists(l => l.Name == name))
            {
                throw new UserError("TZN2004", name, "there is no such lesson.", Nearest.Mend(name, [.. all.Select(static l => l.Name)]));
            }
        }

        return only.IsEmpty ? all : all.FindAll(l => only.Contains(l.Name));
    }

    private static LessonAnswer Ask(
        Database database, Lesson lesson, Readings readings, Selection selection, Dictionary<string, long> populations, CheckOptions options,
        TimeProvider clock, CancellationToken cancellation)
    {
        if (SqlCheck.Faults(database, lesson).FirstOrDefault() is { } wrong)
        {
            throw wrong;
        }

        var (among, sql) = (lesson.Exposed.Among, lesson.Exposed.Sql);
        var current = among;
        using var limit = new TimedQuery(database, clock, options.SqlTimeout, cancellation);
        try
        {
            // Several lessons look at the same instances: they are counted once.
            if (!populations.TryGetValue(among.Text, out var lookedAt))
            {
                populations[among.Text] = lookedAt = database.Count(among.Text);
            }

            current = sql;
            List<Exposure> exposures;
            using (var rows = database.Prepare(sql.Text))
            {
                exposures = ExposureReader.Read(rows, lesson, cancellation);
            }

            var (kept, left) = selection.Keep(exposures);
            var population = database.TablesRead(among.Text);
            var blind = readings.Missing([.. population.Union(database.TablesRead(sql.Text))], population, lesson.Exposed.Optional);
            return Conclude(lesson, lookedAt, kept, left, blind);
        }
        catch (SqliteFault fault)
        {
            throw limit.Explain(database, lesson, current, fault, options.SqlTimeout);
        }
    }

    private static LessonAnswer Conclude(Lesson lesson, long lookedAt, ImmutableArray<Exposure> kept, int left, ImmutableArray<BlindSpot> blind)
    {
        var answer = !kept.IsEmpty ? Answer.Exposed : blind.IsEmpty ? Answer.Clear : Answer.Unknown;
        var named = kept.Select(static e => e.Remedy).Where(static r => r.Length > 0).Distinct(StringComparer.Ordinal);
        return new LessonAnswer
        {
            Lesson = lesson.Name,
            Title = lesson.Title,
            When = lesson.When,
            Answer = answer,
            Severity = kept.IsEmpty ? lesson.Severity : kept[0].Severity,
            Why = Reasons.Why(lesson, answer, lookedAt, kept, left, blind),
            LookedAt = lookedAt,
            Exposures = kept,
            BlindSpots = blind,
            Source = lesson.FirstAddress,
            Remedies = named.ToImmutableDictionary(static r => r, r => lesson.FindHelp(r)!.What, StringComparer.Ordinal),
        };
    }

    private static ImmutableArray<KeyValuePair<string, long>> Count(Database database)
    {
        var counts = ImmutableArray.CreateBuilder<KeyValuePair<string, long>>();
        foreach (var table in Counted)
        {
            counts.Add(new(table, database.Count(string.Create(CultureInfo.InvariantCulture, $"select count(*) from {table}"))));
        }

        return counts.ToImmutable();
    }
}
