using System.Text;
using Tazan.Inventory.Import;

namespace Tazan.Inventory.Tests.Import;

public sealed class ImporterTests
{
    private const string Account = "123456789012";

    private static readonly string Two = SavedAnswers.Instances(Account, "us-east-1a", "i-1", "i-2");

    private static ImportOptions Options => new() { Output = "", TazanVersion = "" };

    [Fact]
    public void An_answer_becomes_rows_whose_values_have_the_columns_types()
    {
        using var saved = new SavedAnswers().Save("x.json", Two);

        var report = saved.Import();

        Assert.Equal("""123456789012|us-east-1|i-1|running|2026-01-01T18:04:05Z|us-east-1a||["sg-2","sg-1"]|{"Name":"i-1 \"q\"","service":"web"}|1|∅""",
            saved.Row("select account, region, instance_id, state, launch_time, availability_zone, placement_group, security_groups, tags, block_device_count, kernel_id from instance where instance_id = 'i-1'"));
        Assert.Equal("123456789012|us-east-1|i-2|vol-i-2|1", saved.Row("select account, region, instance_id, volume_id, delete_on_termination from block_device where instance_id = 'i-2'"));
        var document = Assert.Single(report.Documents);
        Assert.Equal((DocumentStatus.Read, "DescribeInstances", 2, Account, "owner id", "us-east-1", "zone us-east-1a"),
            (document.Status, document.Operation, document.Items, document.Account, document.AccountFrom, document.Region, document.RegionFrom));
        Assert.Equal("123456789012|us-east-1|read|1|2", saved.Row("select account, region, status, pages, items from call"));
    }

    public static TheoryData<string, string> Shapes => new()
    {
        { "one answer", Two },
        { "with a byte order mark", "\uFEFF" + Two },
        { "pages one after another", SavedAnswers.Instances(Account, "us-east-1a", "i-1") + SavedAnswers.Instances(Account, "us-east-1b", "i-2") },
        { "a list of pages", "[" + SavedAnswers.Instances(Account, "us-east-1a", "i-1") + "," + SavedAnswers.Instances(Account, "us-east-1b", "i-2") + "]" },
        { "as a recorder stores it", """{"status_code": 200, "data": """ + Two[..^1] + """, "ResponseMetadata": {"RequestId": "1"}}}""" },
        { "as a recorder stores it, members the other way", """{"data": """ + Two + """, "status_code": 200}""" },
        { "beside other members", """{"NextToken": null, "Other": [{"Reservations": []}], """ + Two[1..] },
        { "with an escaped name", Two.Replace("\"InstanceId\"", "\"Instance\\u0049d\"", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_answer_is_read_in_whatever_envelope_it_was_saved(string name, string text)
    {
        using var plain = new SavedAnswers().Save("dump", text);
        using var packed = new SavedAnswers().Save("dump.json", SavedAnswers.Gzip(text));
        foreach (var saved in (SavedAnswers[])[plain, packed])
        {
            saved.Import();
            Assert.True(saved.Rows("select instance_id from instance where account = '123456789012' and region = 'us-east-1' order by 1").Select(static r => r[0]).SequenceEqual(["i-1", "i-2"]), name);
        }
    }

    [Fact]
    public void Standard_input_is_a_file_like_any_other()
    {
        using var saved = new SavedAnswers();

        saved.ImportPaths(["-"], Options with { StandardInput = new MemoryStream(SavedAnswers.Gzip(Two)) });

        Assert.Equal("2", saved.Row("select count(*) from instance"));
    }

    [Fact]
    public void Published_examples_are_read_with_the_resource_their_request_names()
    {
        using var saved = new SavedAnswers().Save("elbv2.json", """
            {"version": "1.0", "examples": {
              "CreateRule": [{"input": {}, "output": {"Rules": []}}],
              "DescribeTargetHealth": [{"input": {"TargetGroupArn": "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/a/1"},
                "output": {"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 80}, "TargetHealth": {"State": "healthy"}}]}}]}}
            """);

        saved.Import();

        Assert.Equal("123456789012|us-west-2|arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/a/1|i-1|80|healthy",
            saved.Row("select account, region, target_group_arn, target_id, port, state from target_health"));
    }

    [Fact]
    public void Times_are_read_as_text_with_any_offset_as_seconds_and_as_recorders_store_them()
    {
        using var saved = new SavedAnswers().Save("x.json", """
            {"Volumes": [
              {"VolumeId": "vol-1", "CreateTime": "2016-01-20T23:30:00.123-05:30"},
              {"VolumeId": "vol-2", "CreateTime": 1453289645.75},
              {"VolumeId": "vol-3", "CreateTime": {"__class__": "datetime", "year": 2016, "month": 1, "day": 20, "hour": 1, "minute": 2, "second": 3, "microsecond": 9}},
              {"VolumeId": "vol-4", "CreateTime": "2016-01-20T01:02:03.000+0000"},
              {"VolumeId": "vol-5", "CreateTime": "soon"},
              {"VolumeId": "vol-6", "CreateTime": null}]}
            """);

        var report = saved.Import();

        Assert.Equal(["2016-01-21T05:00:00Z", "2016-01-20T11:34:05Z", "2016-01-20T01:02:03Z", "2016-01-20T01:02:03Z", "soon", "∅"],
            saved.Rows("select create_time from volume order by volume_id").Select(static r => r[0]));
        Assert.Contains(report.Notes, static n => n.Contains("volume.create_time: 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_of_another_kind_are_counted_and_stop_nothing_and_unknown_words_are_kept()
    {
        using var saved = new SavedAnswers().Save("x.json", """
            {"Volumes": [{"VolumeId": {"a": 1}, "Size": "12"}, {"VolumeId": "vol-2", "Size": [], "State": "half-eaten", "Encrypted": "yes", "Attachments": 7, "Tags": "t", "Iops": 5.0},
              17, {"VolumeId": 42, "Encrypted": "true", "Tags": {"b": "2", "a": 1}}]}
            """);

        var report = saved.Import();

        Assert.Equal(["∅|12|∅|∅|∅|∅", "vol-2|∅|half-eaten|∅|∅|5", "42|∅|∅|1|{\"a\":\"1\",\"b\":\"2\"}|∅"],
            saved.Rows("select volume_id, size, state, encrypted, tags, iops from volume order by rowid").Select(static r => string.Join('|', r)));
        Assert.Contains(report.Notes, static n => n.StartsWith("6 values", StringComparison.Ordinal));
    }

    [Fact]
    public void The_end_of_a_console_and_the_names_of_a_functions_variables_are_all_that_is_kept_of_them()
    {
        var console = string.Join("\\r\\n", Enumerable.Range(0, 2000).Select(static i => "line é " + i));
        using var saved = new SavedAnswers()
            .Save("a.json", $$"""{"InstanceId": "i-1", "Timestamp": "2026-01-01T00:00:00Z", "Output": "{{console}}"}""")
            .Save("b.json", """{"Functions": [{"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Environment": {"Variables": {"DB": "secret-1", "KEY": "secret-2"}}}]}""")
            .Save("c.json", """{"InstanceId": "i-1", "UserData": {"Value": "c2VjcmV0LTM="}, "DisableApiTermination": {"Value": true}}""");

        saved.Import();

        var kept = saved.Row("select output from console_output");
        Assert.EndsWith("line é 1999", kept, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(kept), 4000, 4096);
        Assert.Equal("""["DB","KEY"]""", saved.Row("select environment_names from function"));
        Assert.DoesNotContain("secret", saved.Dump(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", saved.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hashed_tags_keep_their_keys_and_equal_values_stay_equal()
    {
        using var saved = new SavedAnswers().Save("x.json", Two);

        saved.Import(Options with { HashTags = true });

        // The first 16 digits of SHA-256 of "web", by sha256sum.
        Assert.Equal("h:4b5e57f6eb2f42b9|2|2", saved.Row("select json_extract(tags, '$.service'), count(*), count(json_extract(tags, '$.Name')) from instance group by 1"));
        Assert.Equal("1", saved.Row("select tags_hashed from snapshot"));
    }

    [Fact]
    public void A_bucket_without_a_location_lies_in_us_east_1_and_EU_is_eu_west_1()
    {
        using var saved = new SavedAnswers()
            .Save("s3-get-bucket-location/one.json", """{"LocationConstraint": null}""")
            .Save("get-bucket-location/two", """{"LocationConstraint": "EU"}""")
            .Save("get-bucket-location--three.json", "{}")
            .Save("get-bucket-location/four.json", """{"LocationConstraint": "ap-south-1"}""");

        saved.Import();

        Assert.Equal(["four ap-south-1", "one us-east-1", "three us-east-1", "two eu-west-1"],
            saved.Rows("select name || ' ' || location from bucket_location order by 1").Select(static r => r[0]));
    }

    [Fact]
    public void What_the_content_leaves_open_is_settled_by_the_files_name()
    {
        using var saved = new SavedAnswers()
            .Save("DescribeVolumes_1.json", """{"Volumes": []}""")
            .Save("elbv2-describe-load-balancer-attributes/arn%3Aaws%3Aelasticloadbalancing%3Aus-east-1%3A123456789012%3Aloadbalancer%2Fapp%2Fdemo%2Fq", """{"Attributes": [{"Key": "idle_timeout.timeout_seconds", "Value": "60"}]}""")
            .Save("get-policy--f.json", """{"Policy": "{}"}""")
            .Save("nothing.json", """{"Snapshots": []}""")
            .Save("either.json", """{"Attributes": [{"Key": "k", "Value": "v"}]}""")
            .Save("get-bucket-policy--b.json", """{"Policy": "{}"}""");

        var report = saved.Import();

        Assert.Equal("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/demo/q|60|us-east-1", saved.Row("select load_balancer_arn, value, region from load_balancer_attribute"));
        Assert.Equal("f|{}", saved.Row("select function_name, policy from function_policy"));
        Assert.Equal("1", saved.Row("select count(*) from call where operation = 'DescribeVolumes' and status = 'read'"));
        string Note(string file) => report.Documents.Single(d => d.Path.EndsWith(file, StringComparison.Ordinal)).Note;
        Assert.Contains("ec2 describe-snapshots", Note("nothing.json"), StringComparison.Ordinal);
        Assert.Contains("describe-load-balancer-attributes or elbv2 describe-target-group-attributes", Note("either.json"), StringComparison.Ordinal);
        Assert.Equal("Tazan does not use get-bucket-policy", Note("get-bucket-policy--b.json"));
    }

    [Fact]
    public void What_is_no_answer_is_skipped_and_says_why()
    {
        using var saved = new SavedAnswers()
            .Save("a.json", Two)
            .Save("event.json", """{"version": "0", "detail-type": "EC2 Instance State-change Notification", "detail": {"instance-id": "i-1"}}""")
            .Save("LICENSE.txt", "Copyright nobody")
            .Save("photo.png", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2])
            .Save("list.json", """[{"InstanceId": "i-1"}, {"InstanceId": "i-2"}]""")
            .Save("create-vpc.json", """{"Vpc": {"VpcId": "vpc-1"}}""")
            .Save("describe-dhcp-options.json", """{"DhcpOptions": []}""")
            .Save("package.json", """{"name": "x", "dependencies": {}}""")
            .Save("number.json", "42");

        var report = saved.Import();

        var notes = report.Documents.Where(static d => d.Status == DocumentStatus.Skipped).ToDictionary(static d => Path.GetFileName(d.Path), static d => d.Note);
        Assert.Equal(8, notes.Count);
        Assert.Contains("EventBridge", notes["event.json"], StringComparison.Ordinal);
        Assert.Equal("not JSON", notes["LICENSE.txt"]);
        Assert.Contains("JSON", notes["photo.png"], StringComparison.Ordinal);
        Assert.Contains("a bare item", notes["list.json"], StringComparison.Ordinal);
        Assert.Contains("a call that changes something", notes["create-vpc.json"], StringComparison.Ordinal);
        Assert.Equal("Tazan does not use describe-dhcp-options", notes["describe-dhcp-options.json"]);
        Assert.Contains("no answer of AWS that Tazan knows", notes["package.json"], StringComparison.Ordinal);
        Assert.Contains("a single value", notes["number.json"], StringComparison.Ordinal);
        Assert.False(report.HasBroken);
    }

    [Fact]
    public void Refused_calls_are_blind_spots_with_the_code_and_none_is_an_answer()
    {
        using var saved = new SavedAnswers()
            .Save("a.json", Two)
            .Save("DescribeVolumes_1.json", """{"status_code": 403, "data": {"Error": {"Code": "UnauthorizedOperation", "Message": "You are not\nauthorized."}}}""")
            .Save("describe-subnets.json", "\nAn error occurred (RequestExpired) when calling the DescribeSubnets operation: Request has expired.\n")
            .Save("lambda-get-policy/f", """{"Error": {"Code": "ResourceNotFoundException", "Message": "none"}}""");

        var report = saved.Import();

        Assert.Equal("AWS refused: UnauthorizedOperation: You are not authorized.|allow: ec2:DescribeVolumes",
            saved.Row("select reason, mend from blind_spot where operation = 'DescribeVolumes' and account = '123456789012'"));
        Assert.Equal("AWS refused: RequestExpired: Request has expired.", saved.Row("select reason from blind_spot where operation = 'DescribeSubnets' and region = 'us-east-1'"));
        Assert.Equal("read", saved.Row("select status from call where operation = 'GetPolicy'"));
        Assert.False(report.HasBroken);
    }

    [Fact]
    public void Calls_that_were_not_saved_are_blind_spots_unless_there_is_nothing_to_ask()
    {
        using var saved = new SavedAnswers().Save("a.json", Two).Save("describe-target-groups.json", """{"TargetGroups": []}""").Save("123456789012/list-hosted-zones.json", """{"HostedZones": []}""");

        var report = saved.Import();

        var blind = saved.Rows("select account || ' ' || region || ' ' || service || ' ' || operation from blind_spot").Select(static r => r[0]).ToHashSet();
        Assert.Contains("123456789012 us-east-1 ec2 DescribeVolumes", blind);
        Assert.Contains("123456789012 us-east-1 elbv2 DescribeListeners", blind);
        Assert.Contains("123456789012 global s3api ListBuckets", blind);
        Assert.DoesNotContain("123456789012 us-east-1 elbv2 DescribeTargetHealth", blind);
        Assert.DoesNotContain("123456789012 global route53 ListResourceRecordSets", blind);
        Assert.DoesNotContain("123456789012 us-east-1 ec2 DescribeInstances", blind);
        Assert.Equal(report.BlindSpots, blind.Count);
        Assert.Equal("save: aws ec2 describe-volumes --region us-east-1 > describe-volumes.json", saved.Row("select mend from blind_spot where operation = 'DescribeVolumes'"));
    }

    [Fact]
    public void A_call_asked_about_some_of_its_resources_only_is_read_and_yet_a_blind_spot()
    {
        static string Arn(string name) => $"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/{name}/1";
        static string Health(string name) => $$"""{"TargetGroupArn": "{{Arn(name)}}", "TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 80}, "TargetHealth": {"State": "healthy"} } ] }""";
        var groups = string.Join(",", new[] { "a", "b", "c" }.Select(static name => $$"""{"TargetGroupArn": "{{Arn(name)}}", "TargetGroupName": "{{name}}"}"""));
        const string Blind = "select reason, mend from blind_spot where operation = 'DescribeTargetHealth' and region = 'us-east-1'";
        using var saved = new SavedAnswers().Save("a.json", Two).Save("describe-target-groups.json", $$"""{"TargetGroups": [{{groups}}] }""")
            .Save("describe-target-health/a.json", Health("a")).Save("again/describe-target-health/a.json", Health("a")).Save("describe-target-health/b.json", Health("b"));

        var report = saved.Import();

        Assert.Equal("read for 2 of 3 target groups|save for each: aws elbv2 describe-target-health --target-group-arn NAME --region us-east-1 > describe-target-health/NAME.json", saved.Row(Blind));
        Assert.Equal("read", saved.Row("select status from call where operation = 'DescribeTargetHealth'"));
        Assert.Equal(report.BlindSpots, saved.Rows("select 1 from blind_spot").Count);

        saved.Save("describe-target-health/c.json", Health("c")).Import();
        Assert.Empty(saved.Rows(Blind));
    }

    [Fact]
    public void Pages_saved_twice_count_once_and_a_later_file_wins_with_all_that_stands_inside()
    {
        string Group(string name, string port) => $$"""
            {"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "{{name}}", "OwnerId": "123456789012",
              "IpPermissions": [{"IpProtocol": "tcp", "FromPort": {{port}}, "ToPort": {{port}}}], "IpPermissionsEgress": []}]}
            """;
        using var saved = new SavedAnswers().Save("1/a.json", Two).Save("2/a.json", Two)
            .Save("1/g.json", Group("old", "22")).Save("2/g.json", Group("new", "443"));

        var report = saved.Import();

        Assert.Equal("2", saved.Row("select count(*) from instance"));
        Assert.Equal("2", saved.Row("select count(*) from block_device"));
        Assert.Equal("new", saved.Row("select group_name from security_group"));
        Assert.Equal("443", saved.Row("select from_port from security_group_permission"));
        Assert.Contains(report.Notes, static n => n.Contains("more than once", StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_row_replaces_a_partial_one_whichever_file_comes_first()
    {
        const string Full = """{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "OwnerId": "123456789012", "AvailabilityZone": "us-east-1a", "RequesterManaged": true}]}""";
        var embedded = Two.Replace("\"SecurityGroups\"", "\"NetworkInterfaces\": [{\"NetworkInterfaceId\": \"eni-1\"}], \"SecurityGroups\"", StringComparison.Ordinal);
        foreach (var (first, second) in (ValueTuple<string, string>[])[(Full, embedded), (embedded, Full)])
        {
            using var saved = new SavedAnswers().Save("1.json", first).Save("2.json", second);

            saved.Import();

            Assert.Equal("eni-1|1", saved.Row("select network_interface_id, requester_managed from network_interface"));
        }
    }

    [Fact]
    public void Two_imports_of_one_folder_are_the_same_to_the_byte_of_their_rows()
    {
        using var saved = new SavedAnswers();
        for (var i = 0; i < 200; i++)
        {
            saved.Save($"{i % 7}/page-{i}.json", SavedAnswers.Instances(i % 3 == 0 ? Account : "210987654321", i % 2 == 0 ? "us-east-1a" : "eu-west-1b", $"i-{i}", $"i-x{i % 50}"));
        }

        saved.Import();
        var first = saved.Dump();
        saved.Import();

        Assert.True(first == saved.Dump());
        Assert.Equal("250", saved.Row("select count(*) from (select distinct instance_id from instance)"));
    }

    [Fact]
    public void Links_that_go_round_are_walked_once()
    {
        using var saved = new SavedAnswers().Save("deep/a.json", Two);
        Directory.CreateSymbolicLink(Path.Combine(saved.Folder, "deep", "round"), saved.Folder);
        File.CreateSymbolicLink(Path.Combine(saved.Folder, "again.json"), Path.Combine(saved.Folder, "deep", "a.json"));

        var report = saved.Import();

        Assert.Equal(1, report.Files);
        Assert.Equal("2", saved.Row("select count(*) from instance"));
    }

    [Fact]
    public void Metrics_in_several_pages_keep_all_their_points_and_the_same_page_twice_counts_once()
    {
        string Page(string time, int value) => $$"""{"MetricDataResults": [{"Id": "m1", "Label": "AWS/EC2 CPUUtilization i-1 Average", "Timestamps": ["{{time}}"], "Values": [{{value}}.5], "StatusCode": "Complete"}]}""";
        using var saved = new SavedAnswers().Save("us-east-1/1.json", Page("2026-01-01T00:00:00Z", 1) + Page("2026-01-02T00:00:00Z", 2)).Save("us-east-1/2.json", Page("2026-01-01T00:00:00Z", 1))
            .Save("us-east-1/get-metric-statistics/i-1.json", """{"Label": "CPUUtilization", "Datapoints": [{"Timestamp": "2026-01-01T00:00:00Z", "Average": 3.5, "Unit": "Percent"}]}""");

        saved.Import();

        Assert.Equal(["[1.5]", "[2.5]"], saved.Rows("select points from metric_series order by points").Select(static r => r[0]));
        Assert.Equal("""i-1|CPUUtilization|[{"Timestamp":"2026-01-01T00:00:00Z","Average":3.5,"Unit":"Percent"}]""", saved.Row("select resource, label, datapoints from metric_statistics"));
    }

    [Fact]
    public void Cancelling_leaves_the_old_snapshot_and_nothing_else()
    {
        using var saved = new SavedAnswers().Save("a.json", Two);
        saved.Import();
        var before = File.ReadAllBytes(saved.Output);

        Assert.ThrowsAny<OperationCanceledException>(() => saved.ImportUntil([saved.Folder], null, new CancellationToken(canceled: true)));

        Assert.Equal(before, File.ReadAllBytes(saved.Output));
        Assert.Equal(["fleet.db", "saved"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(saved.Output)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Progress_tells_bytes_and_files()
    {
        using var saved = new SavedAnswers().Save("a.json", Two).Save("b.json", Two);
        var told = new Told();

        Importer.Import([saved.Folder], Options with { Output = saved.Output, TazanVersion = "1" }, TimeProvider.System, told, TestContext.Current.CancellationToken);

        Assert.Contains("indexing", told.Stages);
        Assert.Equal((2, 2), (told.Last.FilesRead, told.Last.FilesTotal));
        Assert.Equal(told.Last.BytesTotal, told.Last.BytesRead);
    }

    private sealed class Told : IProgress<ImportProgress>
    {
        public List<string> Stages { get; } = [];

        public ImportProgress Last { get; private set; }

        public void Report(ImportProgress value)
        {
            lock (Stages)
            {
                Stages.Add(value.Stage);
                Last = value;
            }
        }
    }
}
