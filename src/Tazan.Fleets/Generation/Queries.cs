namespace Tazan.Fleets;

/// <summary>Athena workgroups and the queries of last night.</summary>
internal static class Queries
{
    // BatchGetQueryExecution answers up to 50 ids at once (Athena API reference).
    private const int PerCall = 50;

    public static void Save(World world, Site site)
    {
        var mine = world.Spec.Workgroups.Where(w => w.Site == site.Spec).ToArray();
        site.Save("athena-list-work-groups", "WorkGroups", [.. mine.Select(w => new Json
        {
            { "Name", w.Name }, { "State", "ENABLED" }, { "Description", "" }, { "CreationTime", world.Now - TimeSpan.FromDays(400) },
            { "EngineVersion", new Json { { "SelectedEngineVersion", "AUTO" }, { "EffectiveEngineVersion", "Athena engine version 3" } } },
        })]);
        site.Save("athena-list-data-catalogs", "DataCatalogsSummary", [new Json { { "CatalogName", "AwsDataCatalog" }, { "Type", "GLUE" } }]);
        foreach (var w in mine)
        {
            world.One(site.Account, site.Region, "athena-get-work-group", new Json { { "WorkGroup", Describe(world, w) } }, w.Name);
        }

        var page = 0;
        var executions = mine.Select(w => (Workgroup: w, All: Executions(world, w).ToArray())).ToArray();
        foreach (var (w, all) in executions)
        {
            world.One(site.Account, site.Region, "athena-list-query-executions", new Json { { "QueryExecutionIds", all.Select(static e => e.Id).ToArray() } }, w.Name);
        }

        foreach (var chunk in executions.SelectMany(static e => e.All).Chunk(PerCall))
        {
            world.One(site.Account, site.Region, "athena-batch-get-query-execution",
                new Json { { "QueryExecutions", chunk.Select(static e => e.Json).ToArray() }, { "UnprocessedQueryExecutionIds", Json.None } }, page: ++page);
        }
    }

    private static Json Describe(World world, WorkgroupSpec w) => new()
    {
        { "Name", w.Name },
        { "State", "ENABLED" },
        {
            "Configuration", new Json
            {
                { "ResultConfiguration", w.Output is null ? new Json() : new Json { { "OutputLocation", $"s3://{w.Output.Name}/results/" } } },
                { "EnforceWorkGroupConfiguration", true }, { "PublishCloudWatchMetricsEnabled", true }, { "BytesScannedCutoffPerQuery", w.BytesCutoff }, { "RequesterPaysEnabled", false },
                { "EngineVersion", new Json { { "SelectedEngineVersion", "AUTO" }, { "EffectiveEngineVersion", "Athena engine version 3" } } }, { "EnableMinimumEncryptionConfiguration", false },
            }
        },
        { "Description", "" },
        { "CreationTime", world.Now - TimeSpan.FromDays(400) },
    };

    private sealed record Execution(string Id, Json Json);

    private static IEnumerable<Execution> Executions(World world, WorkgroupSpec w)
    {
        if (w.Queries == 0)
        {
            yield break;
        }

        var midnight = new DateTimeOffset(world.Now.UtcTicks - world.Now.UtcTicks % TimeSpan.TicksPerDay, TimeSpan.Zero);
        var location = w.Table is null ? "" : $"s3://{w.Table.Name}/{w.TableName}/";
        // The table's own definition says where its data lie.
        yield return New(world, w, $"CREATE EXTERNAL TABLE IF NOT EXISTS {w.Database}.{w.TableName} (time string, client string, request string, status int, bytes bigint) LOCATION '{location}'",
            "DDL", midnight - TimeSpan.FromDays(20), 0, 900);
        var random = world.Ids.Stream($"queries {w.Name}");
        for (var i = 0; i < w.Queries; i++)
        {
            // From 17:00 UTC (02:00 in Tokyo), as fast as they come.
            var at = midnight - TimeSpan.FromHours(7) + TimeSpan.FromSeconds(20L * i + random.NextInt(10));
            var bytes = (long)(w.BytesPerQuery * (0.97 + 0.06 * random.NextDouble()));
            yield return New(world, w, $"SELECT status, count(*) AS requests, sum(bytes) AS bytes FROM \"{w.Database}\".\"{w.TableName}\" WHERE time LIKE '%:{i % 60:00}:%' GROUP BY status -- reads {location}",
                "DML", at, bytes, 9000 + random.NextInt(9000));
        }
    }

    private static Execution New(World world, WorkgroupSpec w, string query, string type, DateTimeOffset at, long bytes, int milliseconds)
    {
        var id = world.Ids.Uuid("query");
        return new(id, new Json
        {
            { "QueryExecutionId", id },
            { "Query", query },
            { "StatementType", type },
            { "ResultConfiguration", new Json { { "OutputLocation", w.Output is null ? $"s3://aws-athena-query-results-{w.Site.Account.Id}-{w.Site.Region}/{id}.csv" : $"s3://{w.Output.Name}/results/{id}.csv" } } },
            { "ResultReuseConfiguration", new Json { { "ResultReuseByAgeConfiguration", new Json { { "Enabled", false } } } } },
            { "QueryExecutionContext", new Json { { "Database", w.Database }, { "Catalog", "AwsDataCatalog" } } },
            { "Status", new Json { { "State", "SUCCEEDED" }, { "SubmissionDateTime", at }, { "CompletionDateTime", at + TimeSpan.FromMilliseconds(milliseconds) } } },
            {
                "Statistics", new Json
                {
                    { "EngineExecutionTimeInMillis", milliseconds - 200 }, { "DataScannedInBytes", bytes }, { "TotalExecutionTimeInMillis", milliseconds }, { "QueryQueueTimeInMillis", 120 },
                    { "ServicePreProcessingTimeInMillis", 50 }, { "QueryPlanningTimeInMillis", 90 }, { "ServiceProcessingTimeInMillis", 30 },
                    { "ResultReuseInformation", new Json { { "ReusedPreviousResult", false } } },
                }
            },
            { "WorkGroup", w.Name },
            { "EngineVersion", new Json { { "SelectedEngineVersion", "AUTO" }, { "EffectiveEngineVersion", "Athena engine version 3" } } },
            { "SubstatementType", type == "DDL" ? "CREATE_TABLE" : "SELECT" },
        });
    }
}
