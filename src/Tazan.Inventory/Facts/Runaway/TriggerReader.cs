using System.Text.Json;

namespace Tazan.Inventory.Facts.Runaway;

/// <summary>One function, as the loops need it.</summary>
internal sealed record Function(string Account, string Region, string Name, string Arn, string Role);

/// <summary>Builds the graph of triggers from what was read.</summary>
/// <remarks>
/// What a function does by itself is in its code and its role, which are not read. So an arrow out of a function is one
/// of its destinations, its own role allowed to invoke something, or a trail that records its calls.
/// </remarks>
internal sealed class TriggerReader(FactContext context, List<Function> functions)
{
    private readonly TriggerGraph graph = new();
    private readonly Dictionary<(string, string, string), Function> byName = functions
        .GroupBy(static f => (f.Account, f.Region, f.Name)).ToDictionary(static g => g.Key, static g => g.First());

    internal TriggerGraph Read()
    {
        foreach (var function in functions)
        {
            graph.Node(function.Arn);
        }

        ReadPolicies();
        ReadSources();
        ReadDestinations();
        ReadNotifications();
        ReadQueuesAndTopics();
        ReadRules();
        return graph;
    }

    /// <summary>A function's ARN without version or alias: a loop through an alias is a loop.</summary>
    internal static string Bare(string arn)
    {
        if (!arn.Contains(":function:", StringComparison.Ordinal))
        {
            return arn;
        }

        // arn:aws:lambda:region:account:function:name[:qualifier]
        var parts = arn.Split(':');
        return parts.Length > 7 ? string.Join(':', parts.Take(7)) : arn;
    }

    private static string Bucket(string name) => "arn:aws:s3:::" + name;

    private void ReadPolicies()
    {
        var byRole = functions.Where(static f => f.Role.Length > 0).ToLookup(static f => f.Role, StringComparer.Ordinal);
        using var rows = context.Query("SELECT account, region, function_name, policy FROM function_policy");
        while (rows.Step())
        {
            if (Find(rows.GetString(0), rows.GetString(1), rows.GetString(2)) is not { } invoked)
            {
                continue;
            }

            var policy = InvokePolicy.Parse(rows.GetString(3));
            foreach (var invoker in policy.Roles.SelectMany(role => byRole[role]))
            {
                graph.Connect(invoker.Arn, invoked.Arn);
            }

            // Other sources (a bucket, a rule) are only permissions; what they really send is read from themselves.
            foreach (var source in policy.Sources.Where(static s => s.Contains(":function:", StringComparison.Ordinal)))
            {
                graph.Connect(Bare(source), invoked.Arn);
            }
        }
    }

    private void ReadSources()
    {
        using var rows = context.Query("SELECT event_source_arn, function_arn FROM event_source_mapping WHERE state IS NULL OR state NOT IN ('Disabled', 'Disabling', 'Deleting') ORDER BY uuid");
        while (rows.Step())
        {
            if (rows.FindString(0) is { } source)
            {
                graph.Connect(source, Bare(rows.GetString(1)));
            }
        }
    }

    private void ReadDestinations()
    {
        using (var rows = context.Query("SELECT function_arn, on_success, on_failure FROM function_event_invoke ORDER BY function_arn"))
        {
            while (rows.Step())
            {
                for (var column = 1; column <= 2; column++)
                {
                    if (rows.GetString(column) is { Length: > 0 } destination)
                    {
                        graph.Connect(Bare(rows.GetString(0)), Bare(destination));
                    }
                }
            }
        }

        using var letters = context.Query("SELECT function_arn, dead_letter_target FROM function WHERE dead_letter_target <> '' ORDER BY function_arn");
        while (letters.Step())
        {
            graph.Connect(letters.GetString(0), letters.GetString(1));
        }
    }

    private void ReadNotifications()
    {
        using var rows = context.Refine("SELECT name, function_arn FROM bucket_notification ORDER BY name, function_arn");
        while (rows.Step())
        {
            graph.Connect(Bucket(rows.GetString(0)), Bare(rows.GetString(1)));
        }
    }

    private void ReadQueuesAndTopics()
    {
        using (var rows = context.Refine("SELECT queue_arn, redrive_policy FROM queue WHERE redrive_policy <> '' ORDER BY queue_arn"))
        {
            while (rows.Step())
            {
                if (FindDeadLetter(rows.GetString(1)) is { } target)
                {
                    graph.Connect(rows.GetString(0), target);
                }
            }
        }

        using var topics = context.Refine("SELECT topic_arn, endpoint FROM topic_subscription WHERE protocol IN ('lambda', 'sqs') ORDER BY topic_arn, endpoint");
        while (topics.Step())
        {
            graph.Connect(topics.GetString(0), Bare(topics.GetString(1)));
        }
    }

    private void ReadRules()
    {
        var targets = new List<(string Account, string Region, string Rule, string Target)>();
        using (var rows = context.Refine("SELECT account, region, rule, target_arn FROM event_rule_target ORDER BY rule, target_arn"))
        {
            while (rows.Step())
            {
                targets.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
            }
        }

        var trails = new List<(string Account, string Region, string Arn, string Bucket)>();
        using (var rows = context.Refine("SELECT account, CASE is_multi_region WHEN 1 THEN '' ELSE coalesce(home_region, region) END, trail_arn, s3_bucket_name FROM trail WHERE has_custom_event_selectors = 1 AND s3_bucket_name <> '' ORDER BY trail_arn"))
        {
            while (rows.Step())
            {
                trails.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
            }
        }

        // A trail with event selectors of its own can record data events: then the calls a function makes become files in its bucket.
        foreach (var trail in trails)
        {
            graph.Connect(trail.Arn, Bucket(trail.Bucket));
        }

        using var rules = context.Refine("SELECT account, region, arn, name, event_bus_name, event_pattern FROM event_rule WHERE state IS NOT 'DISABLED' ORDER BY arn");
        while (rules.Step())
        {
            var (account, region, arn, name) = (rules.GetString(0), rules.GetString(1), rules.GetString(2), rules.GetString(3));
            var invoked = targets.Where(t => t.Account == account && t.Region == region && (t.Rule == name || t.Rule == arn)).Select(static t => Bare(t.Target)).ToList();
            foreach (var target in invoked)
            {
                graph.Connect(arn, target);
            }

            if (EventPattern.TryParse(rules.GetString(5)) is not { } pattern)
            {
                continue;
            }

            if (pattern.TakesInvocationResult)
            {
                var bus = rules.GetString(4) is { Length: > 0 } named ? named : "default";
                graph.Connect(bus.StartsWith("arn:", StringComparison.Ordinal) ? bus : $"arn:aws:events:{region}:{account}:event-bus/{bus}", arn);
            }

            if (pattern.TakesObjectCreated)
            {
                foreach (var bucket in pattern.Buckets)
                {
                    graph.Connect(Bucket(bucket), arn);
                }
            }

            foreach (var trail in trails.Where(t => pattern.TakesRecordedPut && pattern.TakesBucket(t.Bucket) && t.Account == account && (t.Region.Length == 0 || t.Region == region)))
            {
                graph.Connect(Bucket(trail.Bucket), arn);
                foreach (var function in invoked.Where(static t => t.Contains(":function:", StringComparison.Ordinal)))
                {
                    graph.Connect(function, trail.Arn);
                }
            }
        }
    }

    // A policy is asked for by the function's name or by its ARN.
    private Function? Find(string account, string region, string asked)
    {
        var name = Bare(asked);
        return byName.GetValueOrDefault((account, region, name[(name.LastIndexOf(':') + 1)..]));
    }

    private static string? FindDeadLetter(string redrivePolicy)
    {
        try
        {
            using var document = JsonDocument.Parse(redrivePolicy);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("deadLetterTargetArn", out var arn)
                && arn.ValueKind == JsonValueKind.String ? arn.GetString() : null;
        }
        catch (JsonException)
        {
            // Not a redrive policy: the queue leads nowhere.
            return null;
        }
    }
}
