using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Lambda functions with everything that decides whether one can set itself off again.</summary>
internal static class Functions
{
    public static void Save(World world, Site site)
    {
        var mine = world.Spec.Functions.Where(f => f.Site == site.Spec).ToArray();
        site.Save("lambda-list-functions", "Functions", [.. mine.Select(f => Describe(world, site, f))], pageSize: 50);
        site.Save("lambda-list-event-source-mappings", "EventSourceMappings", [.. mine.Where(static f => f.Queue is not null).Select(f => new Json
        {
            { "UUID", world.Ids.Uuid("mapping") }, { "BatchSize", 10 }, { "MaximumBatchingWindowInSeconds", 0 }, { "EventSourceArn", site.Arn("sqs", f.Queue!) }, { "FunctionArn", Arn(site, f) },
            { "LastModified", world.Now - TimeSpan.FromDays(90) }, { "State", "Enabled" }, { "StateTransitionReason", "USER_INITIATED" }, { "FunctionResponseTypes", Json.None },
            { "EventSourceMappingArn", site.Arn("lambda", "event-source-mapping:" + world.Ids.Uuid("mapping arn")) },
        })], pageSize: 100);
        foreach (var f in mine)
        {
            SaveOne(world, site, f);
        }

        world.One(site.Account, site.Region, "lambda-get-account-settings", new Json
        {
            // Lambda's default quotas (Lambda quotas page): 1,000 concurrent executions, 75 GB of code.
            { "AccountLimit", new Json { { "TotalCodeSize", 80530636800L }, { "CodeSizeUnzipped", 262144000L }, { "CodeSizeZipped", 52428800L }, { "ConcurrentExecutions", 1000 }, { "UnreservedConcurrentExecutions", Math.Max(100, 1000 - mine.Sum(static f => (long)(f.Concurrency ?? 0))) } } },
            { "AccountUsage", new Json { { "TotalCodeSize", mine.Length * 3_500_000L }, { "FunctionCount", (long)mine.Length } } },
        });
    }

    public static string Arn(Site site, FunctionSpec function) => site.Arn("lambda", $"function:{function.Name}");

    // These answers do not name their function, so each is saved under its name.
    private static void SaveOne(World world, Site site, FunctionSpec f)
    {
        var arn = Arn(site, f);
        if (f.InvokesItself)
        {
            var policy = "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"next-batch\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + arn + "\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"" + arn + "\"}}}]}";
            world.One(site.Account, site.Region, "lambda-get-policy", new Json { { "Policy", policy }, { "RevisionId", world.Ids.Uuid("policy revision") } }, f.Name);
        }

        world.One(site.Account, site.Region, "lambda-get-function-recursion-config", new Json { { "RecursiveLoop", f.RecursiveLoop } }, f.Name);
        // The CLI prints nothing at all when no concurrency is reserved; an empty object is the same answer as JSON.
        world.One(site.Account, site.Region, "lambda-get-function-concurrency", new Json { { "ReservedConcurrentExecutions", f.Concurrency } }, f.Name);
        site.Save("lambda-list-function-event-invoke-configs", "FunctionEventInvokeConfigs", !f.InvokesItself ? [] :
        [
            new Json
            {
                { "LastModified", world.Now - TimeSpan.FromDays(31) }, { "FunctionArn", arn + ":$LATEST" }, { "MaximumRetryAttempts", 2 }, { "MaximumEventAgeInSeconds", 21600 },
                { "DestinationConfig", new Json { { "OnSuccess", new Json { { "Destination", arn } } }, { "OnFailure", new Json() } } },
            },
        ], f.Name);
    }

    private static Json Describe(World world, Site site, FunctionSpec f) => new()
    {
        { "FunctionName", f.Name },
        { "FunctionArn", Arn(site, f) },
        { "Runtime", f.Runtime },
        { "Role", $"arn:aws:iam::{site.Account}:role/{f.Name}" },
        { "Handler", "main.handler" },
        { "CodeSize", 3_500_000 },
        { "Description", "" },
        { "Timeout", f.TimeoutSeconds },
        { "MemorySize", f.MemoryMib },
        { "LastModified", (world.Now - TimeSpan.FromDays(31)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000+0000'", CultureInfo.InvariantCulture) },
        { "CodeSha256", world.Ids.Letters("code", 43) + "=" },
        { "Version", "$LATEST" },
        { "TracingConfig", new Json { { "Mode", "PassThrough" } } },
        { "RevisionId", world.Ids.Uuid("revision") },
        { "PackageType", "Zip" },
        { "Architectures", new[] { "x86_64" } },
        { "EphemeralStorage", new Json { { "Size", 512 } } },
        { "SnapStart", new Json { { "ApplyOn", "None" }, { "OptimizationStatus", "Off" } } },
        { "LoggingConfig", new Json { { "LogFormat", "Text" }, { "LogGroup", $"/aws/lambda/{f.Name}" } } },
    };
}
