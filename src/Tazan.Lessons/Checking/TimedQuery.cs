using Tazan.Inventory.Sqlite;

namespace Tazan.Lessons.Checking;

/// <summary>Stops the SQL of a lesson that takes too long or is no longer wanted.</summary>
internal sealed class TimedQuery : IDisposable
{
    // SQLITE_INTERRUPT (https://www.sqlite.org/rescode.html).
    private const int Interrupted = 9;

    private readonly ITimer timer;
    private readonly CancellationTokenRegistration registration;
    private readonly CancellationToken cancellation;
    private volatile bool expired;

    public TimedQuery(Database database, TimeProvider clock, TimeSpan limit, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        timer = clock.CreateTimer(_ =>
        {
            expired = true;
            database.Interrupt();
        }, null, limit, Timeout.InfiniteTimeSpan);
        registration = cancellation.Register(database.Interrupt);
    }

    /// <summary>What a fault of the running statement really means.</summary>
    public Exception Explain(Database database, Lesson lesson, LessonSql sql, SqliteFault fault, TimeSpan limit)
    {
        if (fault.Code == Interrupted && cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellation);
        }

        if (fault.Code == Interrupted && expired)
        {
            return new UserError("TZN2007", $"{sql.File}:{sql.FirstLine}",
                $"the SQL of lesson '{lesson.Name}' ran longer than {limit.TotalSeconds:0.###} seconds and was stopped.", "Join on key columns, which have an index, or leave the lesson out.", fault);
        }

        return fault.IsFile
            ? new UserError("TZN1104", database.Path, $"the snapshot cannot be read ({fault.Message}).", "It is damaged or cut off: import again.", fault)
            : SqlCheck.Fault(database, sql, fault);
    }

    public void Dispose()
    {
        registration.Dispose();
        timer.Dispose();
    }
}
