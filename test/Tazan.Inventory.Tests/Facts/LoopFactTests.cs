using Tazan.Inventory.Facts.Runaway;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class LoopFactTests
{
    private const string Prefix = "arn:aws:lambda:ap-northeast-1:123456789012:function:";
    private const string Queue = "arn:aws:sqs:ap-northeast-1:123456789012:orders";

    [Fact]
    public void A_function_whose_policy_lets_its_own_role_invoke_it_can_call_itself()
    {
        using var fleet = new FleetRows();
        Function(fleet, "report", policy: """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/report"},"Action":"lambda:InvokeFunction"}]}""");
        Function(fleet, "other", policy: """{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"lambda:InvokeFunction","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:ap-northeast-1:123456789012:rule/nightly"}}}]}""");
        fleet.Add("function_concurrency", ("function_name", "report"), ("reserved", 5));

        fleet.Derive(new LoopFact());

        Assert.Equal([["report", "self", "1", "1", "5"]], fleet.Rows("select function_name, path, hops, detected, reserved_concurrency from loop"));
    }

    [Fact]
    public void A_queue_that_feeds_the_function_it_is_the_destination_of_is_a_loop_the_provider_stops_unless_told_not_to()
    {
        using var fleet = new FleetRows();
        Function(fleet, "worker");
        fleet.Add("event_source_mapping", ("uuid", "u1"), ("event_source_arn", Queue), ("function_arn", Prefix + "worker:live"), ("state", "Enabled"))
            .Add("function_event_invoke", ("function_arn", Prefix + "worker:$LATEST"), ("on_failure", Queue));
        fleet.Derive(new LoopFact());
        var stopped = fleet.Rows("select path, hops, detected, recursive_loop from loop");
        fleet.Database.Execute("delete from loop");
        fleet.Add("function_recursion", ("function_name", "worker"), ("recursive_loop", "Allow"));

        fleet.Derive(new LoopFact());

        Assert.Equal([["function worker -> queue orders -> function worker", "2", "1", ""]], stopped);
        Assert.Equal([["0", "Allow"]], fleet.Rows("select detected, recursive_loop from loop"));
    }

    [Fact]
    public void A_disabled_mapping_and_a_disabled_rule_close_no_loop()
    {
        using var fleet = new FleetRows();
        Function(fleet, "worker");
        fleet.Add("event_source_mapping", ("uuid", "u1"), ("event_source_arn", Queue), ("function_arn", Prefix + "worker"), ("state", "Disabled"))
            .Add("function_event_invoke", ("function_arn", Prefix + "worker"), ("on_failure", Queue));

        fleet.Derive(new LoopFact());

        Assert.Empty(fleet.Rows("select * from loop"));
    }

    [Fact]
    public void A_dead_letter_queue_can_close_the_loop_through_a_redrive_and_a_topic()
    {
        using var fleet = new FleetRows();
        const string topic = "arn:aws:sns:ap-northeast-1:123456789012:failed";
        Function(fleet, "worker", deadLetter: topic);
        fleet.Add("topic_subscription", ("topic_arn", topic), ("protocol", "sqs"), ("endpoint", Queue), ("subscription_arn", "s"))
            .Add("queue", ("queue_arn", Queue), ("redrive_policy", $$"""{"deadLetterTargetArn":"{{Queue}}-dead","maxReceiveCount":3}"""))
            .Add("event_source_mapping", ("uuid", "u1"), ("event_source_arn", Queue + "-dead"), ("function_arn", Prefix + "worker"));

        fleet.Derive(new LoopFact());

        Assert.Equal([["4", "1"]], fleet.Rows("select hops, detected from loop"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""","detail":{"eventName":["PutObject"]}""", true)]
    [InlineData(""","detail":{"requestParameters":{"bucketName":["uploads"]}}""", false)]
    [InlineData(""","detail":{"requestParameters":{"bucketName":["trail-logs"]}}""", true)]
    [InlineData(""","detail":{"eventName":["DeleteObject"]}""", false)]
    public void A_rule_on_recorded_S3_calls_loops_through_the_bucket_the_trail_itself_writes_to(string detail, bool loops)
    {
        using var fleet = new FleetRows();
        Function(fleet, "thumb");
        fleet.Add("trail", ("trail_arn", "arn:aws:cloudtrail:ap-northeast-1:123456789012:trail/all"), ("s3_bucket_name", "trail-logs"), ("is_multi_region", true), ("has_custom_event_selectors", true))
            .Add("event_rule", ("arn", "arn:aws:events:ap-northeast-1:123456789012:rule/s3"), ("name", "s3"), ("state", "ENABLED"),
                ("event_pattern", $$"""{"source":["aws.s3"],"detail-type":["AWS API Call via CloudTrail"]{{detail}}}"""))
            .Add("event_rule_target", ("rule", "s3"), ("target_arn", Prefix + "thumb"));

        fleet.Derive(new LoopFact());

        var rows = fleet.Rows("select path, detected from loop");
        Assert.Equal(loops ? [["function thumb -> trail all -> bucket trail-logs -> rule s3 -> function thumb", "0"]] : [], rows);
    }

    [Fact]
    public void Shortest_cycles_agree_with_brute_force_on_random_small_graphs()
    {
        var state = 2018UL;
        int Next(int below)
        {
            state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
            return (int)((state >> 33) % (ulong)below);
        }

        var cycles = 0;
        for (var round = 0; round < 500; round++)
        {
            var nodes = 1 + Next(8);
            var arrows = Enumerable.Range(0, Next(nodes * 2 + 1)).Select(_ => (From: Next(nodes), To: Next(nodes))).Distinct().ToList();
            var graph = new TriggerGraph();
            for (var node = 0; node < nodes; node++)
            {
                graph.Node("n" + node);
            }

            arrows.ForEach(arrow => graph.Connect("n" + arrow.From, "n" + arrow.To));
            for (var start = 0; start < nodes; start++)
            {
                var shortest = ShortestByWalking(arrows, nodes, start);
                var cycle = graph.FindShortestCycle(start);

                Assert.Equal(shortest, cycle?.Count - 1);
                if (cycle is not null)
                {
                    cycles++;
                    Assert.Equal((start, start), (cycle[0], cycle[^1]));
                    Assert.All(cycle.Zip(cycle.Skip(1)), hop => Assert.Contains((hop.First, hop.Second), arrows));
                }
            }
        }

        Assert.True(cycles > 500);
    }

    // All walks of one length more each time, as sets of where they can stand.
    private static int? ShortestByWalking(List<(int From, int To)> arrows, int nodes, int start)
    {
        var standing = new HashSet<int> { start };
        for (var length = 1; length <= nodes; length++)
        {
            standing = [.. arrows.Where(a => standing.Contains(a.From)).Select(static a => a.To)];
            if (standing.Contains(start))
            {
                return length;
            }
        }

        return null;
    }

    private static void Function(FleetRows fleet, string name, string? policy = null, string? deadLetter = null)
    {
        fleet.Add("function", ("function_name", name), ("function_arn", Prefix + name), ("role", "arn:aws:iam::123456789012:role/" + name), ("dead_letter_target", deadLetter));
        if (policy is not null)
        {
            fleet.Add("function_policy", ("function_name", name), ("policy", policy));
        }
    }
}
