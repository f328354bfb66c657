using Tazan.Inventory.Import;

namespace Tazan.Inventory.Tests.Import;

public sealed class OriginsTests
{
    private static ImportOptions Options => new() { Output = "", TazanVersion = "" };

    [Fact]
    public void Rows_of_one_document_that_name_several_accounts_keep_each_their_own()
    {
        var text = SavedAnswers.Instances("111111111111", "us-east-1a", "i-1")[..^2] + "," + SavedAnswers.Instances("222222222222", "eu-west-1a", "i-2")[18..];
        using var saved = new SavedAnswers().Save("x.json", text);

        var report = saved.Import();

        Assert.Equal(["111111111111|us-east-1|i-1", "222222222222|eu-west-1|i-2"], saved.Rows("select account, region, instance_id from instance order by 1").Select(static r => string.Join('|', r)));
        Assert.Equal(("several", "several"), (report.Documents[0].Account, report.Documents[0].Region));
        Assert.Equal("2", saved.Row("select count(*) from call where operation = 'DescribeInstances' and status = 'read'"));
    }

    [Fact]
    public void A_row_that_says_nothing_belongs_where_what_it_refers_to_does()
    {
        using var saved = new SavedAnswers()
            .Save("1/a.json", SavedAnswers.Instances("111111111111", "us-east-1a", "i-1"))
            .Save("2/b.json", SavedAnswers.Instances("222222222222", "eu-west-1a", "i-2"))
            .Save("x/credits.json", """{"InstanceCreditSpecifications": [{"InstanceId": "i-2", "CpuCredits": "standard"}]}""");

        var report = saved.Import();

        Assert.Equal("222222222222|eu-west-1", saved.Row("select account, region from credit_specification"));
        Assert.Equal("what its rows refer to", report.Documents.Single(static d => d.Operation == "DescribeInstanceCreditSpecifications").AccountFrom);
    }

    [Fact]
    public void Then_the_documents_other_rows_speak_for_it()
    {
        using var saved = new SavedAnswers().Save("x.json", """
            {"Volumes": [{"VolumeId": "vol-1", "AvailabilityZone": "us-west-2b"}, {"VolumeId": "vol-2"}]}
            """);

        saved.Import();

        Assert.Equal("2", saved.Row("select count(*) from volume where region = 'us-west-2'"));
    }

    [Fact]
    public void Then_the_files_beside_it_with_the_caller_among_them()
    {
        using var saved = new SavedAnswers()
            .Save("a/sts.json", """{"UserId": "U", "Account": "111111111111", "Arn": "arn:aws:iam::111111111111:user/u"}""")
            .Save("a/volumes.json", """{"Volumes": [{"VolumeId": "vol-1", "AvailabilityZone": "us-west-2b"}]}""")
            .Save("a/images.json", """{"Images": [{"ImageId": "ami-1", "OwnerId": "999999999999"}]}""")
            .Save("b/sts.json", """{"UserId": "U", "Account": "222222222222", "Arn": "arn:aws:iam::222222222222:user/u"}""")
            .Save("b/images.json", """{"Images": [{"ImageId": "ami-1", "OwnerId": "999999999999"}]}""");

        saved.Import(Options with { Region = "eu-north-1" });

        Assert.Equal("111111111111|us-west-2", saved.Row("select account, region from volume"));
        Assert.Equal(["111111111111|us-west-2", "222222222222|eu-north-1"], saved.Rows("select account, region from image order by 1").Select(static r => string.Join('|', r)));
    }

    [Theory]
    [InlineData("111111111111/eu-west-3/x.json", "111111111111", "eu-west-3")]
    [InlineData("prod-111111111111/us-gov-west-1/deep/x.json", "111111111111", "us-gov-west-1")]
    [InlineData("111111111111_ap-northeast-1_images.json", "111111111111", "ap-northeast-1")]
    [InlineData("team-us-east-1-old/x.json", "unknown", "us-east-1")]
    [InlineData("12345678901/us-east/x.json", "unknown", "unknown")]
    public void Then_the_names_of_folders_and_of_the_file(string path, string account, string region)
    {
        using var saved = new SavedAnswers().Save(path, """{"Images": [{"ImageId": "ami-1", "OwnerId": "amazon"}]}""");

        saved.Import();

        Assert.Equal($"{account}|{region}", saved.Row("select account, region from image"));
    }

    [Fact]
    public void Flags_come_last_and_say_so_where_the_input_contradicts_them()
    {
        using var saved = new SavedAnswers()
            .Save("1/a.json", SavedAnswers.Instances("111111111111", "us-east-1a", "i-1"))
            .Save("2/images.json", """{"Images": [{"ImageId": "ami-1", "OwnerId": "999999999999"}]}""");

        var report = saved.ImportPaths([Path.Combine(saved.Folder, "1", "a.json"), Path.Combine(saved.Folder, "2", "images.json")], Options with { Account = "333333333333", Region = "us-west-1" });

        Assert.Equal("111111111111|us-east-1", saved.Row("select account, region from instance"));
        Assert.Contains(report.Notes, static n => n.StartsWith("--account 333333333333", StringComparison.Ordinal) && n.Contains("111111111111", StringComparison.Ordinal));
        Assert.Contains(report.Notes, static n => n.StartsWith("--region us-west-1", StringComparison.Ordinal));
    }

    [Fact]
    public void The_owner_of_all_images_is_a_guess_only_where_nothing_else_is_known()
    {
        using var saved = new SavedAnswers().Save("x.json", """{"Images": [{"ImageId": "ami-1", "OwnerId": "999999999999"}]}""");

        var report = saved.Import();

        Assert.Equal("999999999999|unknown", saved.Row("select account, region from image"));
        Assert.Equal("the owner of all its items", report.Documents[0].AccountFrom);
    }

    [Fact]
    public void Calls_asked_once_for_an_account_have_the_region_global()
    {
        using var saved = new SavedAnswers().Save("us-east-1/x.json", """{"Buckets": [{"Name": "b", "CreationDate": "2020-01-01T00:00:00Z"}], "Owner": {"ID": "1"}}""");

        saved.Import();

        Assert.Equal("unknown|global", saved.Row("select account, region from bucket"));
    }

    [Theory]
    [InlineData("us-east-1a", "us-east-1")]
    [InlineData("us-west-2-lax-1a", "us-west-2")]
    [InlineData("us-east-1-wl1-bos-wlz-1", "us-east-1")]
    [InlineData("us-gov-east-1b", "us-gov-east-1")]
    [InlineData("ap-southeast-12c", "ap-southeast-12")]
    [InlineData("use1-az1", "")]
    [InlineData("all", "")]
    [InlineData("us-east", "")]
    [InlineData("", "")]
    [InlineData("Multiple", "")]
    public void A_zone_tells_its_region(string zone, string region)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(zone);

        Assert.Equal(region, zone[..Places.RegionLength(bytes)]);
    }
}
