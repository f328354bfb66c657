using System.Text;
using Tazan.Inventory.Import;

namespace Tazan.Inventory.Tests.Import;

public sealed class BrokenInputTests
{
    private static readonly string Two = SavedAnswers.Instances("123456789012", "us-east-1a", "i-1", "i-2");

    [Fact]
    public void A_file_cut_off_at_any_byte_is_said_to_be_broken_beside_a_whole_one()
    {
        const string Whole = """{"Volumes": [{"VolumeId": "vol-1", "AvailabilityZone": "us-east-1a"}]}""";
        var text = Encoding.UTF8.GetBytes(SavedAnswers.Instances("123456789012", "us-east-1a", "i-1") + "\n");
        using var saved = new SavedAnswers().Save("describe-volumes.json", Whole);
        for (var length = 0; length < text.Length - 2; length += length < 24 ? 1 : 13)
        {
            saved.Save("dump/describe-instances.json", text[..length]);

            var report = saved.Import();

            Assert.True(report.HasBroken, $"cut at {length}");
            var broken = report.Documents.Single(static d => d.Status == DocumentStatus.Broken);
            Assert.Contains("describe-instances.json:", broken.Note, StringComparison.Ordinal);
            Assert.Equal("1", saved.Row("select count(*) from volume"));
            Assert.Equal("1", saved.Row("select count(*) from blind_spot where operation = 'DescribeInstances' and reason like '%describe-instances.json:%'"));
        }
    }

    [Fact]
    public void What_came_before_the_break_is_kept()
    {
        var page = SavedAnswers.Instances("123456789012", "us-east-1a", "i-1");
        using var saved = new SavedAnswers().Save("x.json", page + "\n" + SavedAnswers.Instances("123456789012", "us-east-1a", "i-2")[..^3]);

        var report = saved.Import();

        Assert.Equal("i-1", saved.Row("select instance_id from instance"));
        Assert.True(report.HasBroken);
        Assert.Equal("blind", saved.Row("select status from call where operation = 'DescribeInstances' and account = '123456789012'"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   \n ", "is empty")]
    [InlineData("{\"Reservations\": [{\"Inst", "x.json:1")]
    [InlineData("{\"Reservations\": [\n\n{]}", "x.json:3")]
    [InlineData("{\"name\": 1}", "no answer of AWS")]
    [InlineData("not json at all", "x.json:1")]
    [InlineData("{}", "an empty answer")]
    public void One_useless_file_is_one_line_with_its_place_and_nothing_is_written(string text, string says)
    {
        using var saved = new SavedAnswers().Save("x.json", text);

        var error = Assert.Throws<UserError>(() => saved.Import());

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("x.json:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(["saved"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(saved.Output)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Damaged_gzip_is_broken_and_hides_no_other_file()
    {
        var packed = SavedAnswers.Gzip(SavedAnswers.Instances("123456789012", "us-east-1a", [.. Enumerable.Range(0, 300).Select(static i => $"i-{i}")]));
        var damaged = packed.ToArray();
        for (var i = 300; i < 340; i++)
        {
            damaged[i] ^= 0x55;
        }

        using var saved = new SavedAnswers().Save("a.json.gz", damaged).Save("b.json.gz", packed[..(packed.Length / 2)]).Save("c.json", Two);

        var report = saved.Import();

        Assert.Equal(2, report.Documents.Count(static d => d.Status == DocumentStatus.Broken));
        Assert.Equal("2", saved.Row("select count(*) from instance where instance_id in ('i-1', 'i-2')"));
    }

    [Fact]
    public void A_path_that_is_not_there_and_flags_that_are_none_are_the_users_to_mend()
    {
        using var saved = new SavedAnswers().Save("x.json", Two);
        var options = new ImportOptions { Output = "", TazanVersion = "" };

        Assert.StartsWith("TZN1201 nowhere", Assert.Throws<UserError>(() => saved.ImportPaths(["nowhere"])).Message, StringComparison.Ordinal);
        Assert.StartsWith("TZN1204", Assert.Throws<UserError>(() => saved.Import(options with { Account = "1234" })).Message, StringComparison.Ordinal);
        Assert.StartsWith("TZN1205", Assert.Throws<UserError>(() => saved.Import(options with { Region = "us-east" })).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(saved.Folder, "empty"));
        Assert.StartsWith("TZN1203", Assert.Throws<UserError>(() => saved.ImportPaths([Path.Combine(saved.Folder, "empty")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_mutation_of_an_answer_gets_more_than_a_report_or_a_line()
    {
        string[] seeds =
        [
            Two,
            """{"status_code": 200, "data": {"Volumes": [{"VolumeId": "vol-1", "CreateTime": {"__class__": "datetime", "year": 2016, "month": 1, "day": 2}, "Tags": [{"Key": "a", "Value": "é\u00e9"}]}], "ResponseMetadata": {"HTTPHeaders": {"date": "Thu, 19 Oct 2017 11:00:00 GMT"}}}}""",
            """{"version": "1.0", "examples": {"DescribeTargetHealth": [{"input": {"TargetGroupArn": "a"}, "output": {"TargetHealthDescriptions": [{"Target": {"Id": "i-1"}}]}}]}}""",
            """[{"LocationConstraint": null}, {"InstanceId": "i-1", "DisableApiTermination": {"Value": true}}, {"Error": {"Code": "AccessDenied"}}]""",
            """{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}""",
        ];
        var random = new Random(20260302);
        byte[] pool = [.. "{}[]\",:\\0e-ntf"u8, 0, 0x1F, 0x8B, 0xC3, 0xFF];
        var (read, refused) = (0, 0);
        using var saved = new SavedAnswers();
        for (var round = 0; round < 150; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(seeds[round % seeds.Length]).ToList();
            for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = pool[random.Next(pool.Length)]; break;
                    case 1: bytes.Insert(at, pool[random.Next(pool.Length)]); break;
                    case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)); break;
                    default: bytes.AddRange(bytes[at..]); break;
                }
            }

            saved.Save("get-bucket-location--b.json", [.. bytes]);
            try
            {
                saved.Import();
                read++;
            }
            catch (UserError)
            {
                refused++;
            }
        }

        Assert.True(read > 20 && refused > 5, $"{read} read, {refused} refused");
    }
}
