using System.Collections.Immutable;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>Functions that can reach themselves, and whether the provider would stop them.</summary>
public sealed class LoopFact : IFact
{
    /// <inheritdoc/>
    public ImmutableArray<string> Tables => ["loop"];

    /// <inheritdoc/>
    public void Derive(FactContext context)
    {
        var functions = new List<Function>();
        using (var rows = context.Query("SELECT account, region, function_name, function_arn, role FROM function ORDER BY function_arn"))
        {
            while (rows.Step())
            {
                functions.Add(new Function(rows.GetString(0), rows.GetString(1), rows.GetString(2), TriggerReader.Bare(rows.GetString(3)), rows.GetString(4)));
            }
        }

        var graph = new TriggerReader(context, functions).Read();
        var recursion = LoadByFunction(context, "SELECT account, region, function_name, recursive_loop FROM function_recursion");
        var reserved = LoadByFunction(context, "SELECT account, region, function_name, reserved FROM function_concurrency WHERE reserved IS NOT NULL");
        using var writer = context.Write("loop");
        foreach (var function in functions)
        {
            if (graph.Find(function.Arn) is not { } node || graph.FindShortestCycle(node) is not { } cycle)
            {
                continue;
            }

            var arns = cycle.ConvertAll(graph.NameOf);
            var hops = arns.Count - 1;
            var path = hops == 1 ? "self" : string.Join(" -> ", arns.Select(Short));
            var setting = recursion.GetValueOrDefault((function.Account, function.Region, function.Name), "");

            // Detection covers Lambda, SQS, S3 and SNS alone, and can be switched off (Lambda Developer Guide, "Recursive loop detection").
            var undetected = arns.Find(static arn => ServiceOf(arn) is not ("lambda" or "sqs" or "s3" or "sns"));
            var detected = undetected is null && setting != "Allow";
            long? limit = reserved.TryGetValue((function.Account, function.Region, function.Name), out var text) ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
            writer.Row(function.Account, function.Region).Add(function.Name).Add(function.Arn).Add(path).Add((long)hops).Add(detected).Add(setting).Add(limit)
                .Add($"{(hops == 1 ? "its resource policy lets itself invoke it" : path)}; "
                    + (detected ? "the provider's loop detection covers every hop and would stop it after about 16 rounds, if its SDK is new enough"
                        : undetected is null ? "loop detection is set to Allow" : $"loop detection does not cover {Short(undetected)}")
                    + (limit is null ? "; no reserved concurrency limits it." : $"; reserved concurrency {limit}.")).End();
        }
    }

    private static Dictionary<(string, string, string), string> LoadByFunction(FactContext context, string sql)
    {
        var values = new Dictionary<(string, string, string), string>();
        using var rows = context.Refine(sql);
        while (rows.Step())
        {
            // The function is named as it was asked about: by name or by ARN.
            var name = TriggerReader.Bare(rows.GetString(2));
            values[(rows.GetString(0), rows.GetString(1), name[(name.LastIndexOf(':') + 1)..])] = rows.GetString(3);
        }

        return values;
    }

    private static string ServiceOf(string arn) => arn.Split(':') is { Length: > 5 } parts ? parts[2] : "";

    // arn:aws:sqs:region:account:name as "queue name".
    private static string Short(string arn)
    {
        var parts = arn.Split(':', 6);
        if (parts.Length < 6)
        {
            return arn;
        }

        return (parts[2], parts[5]) switch
        {
            ("lambda", var rest) => "function " + rest[(rest.LastIndexOf(':') + 1)..],
            ("sqs", var rest) => "queue " + rest,
            ("sns", var rest) => "topic " + rest,
            ("s3", var rest) => "bucket " + rest,
            ("events", var rest) when rest.StartsWith("rule/", StringComparison.Ordinal) => "rule " + rest[5..],
            ("events", var rest) => "bus " + rest[(rest.LastIndexOf('/') + 1)..],
            ("cloudtrail", var rest) => "trail " + rest[(rest.LastIndexOf('/') + 1)..],
            var (service, rest) => service + " " + rest,
        };
    }
}
