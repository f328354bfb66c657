using System.Security.Cryptography;
using System.Text.Json;

namespace Tazan.Fleets.Tests;

public sealed class FleetGeneratorTests(FleetFiles files) : IClassFixture<FleetFiles>
{
    [Fact]
    public void The_same_seed_and_time_give_the_same_bytes()
    {
        Assert.Equal(Digest("demo", 7, FleetFiles.Now), Digest("demo", 7, FleetFiles.Now));
        Assert.NotEqual(Digest("small", 7, FleetFiles.Now), Digest("small", 8, FleetFiles.Now));
        Assert.NotEqual(Digest("small", 7, FleetFiles.Now), Digest("small", 7, FleetFiles.Now.AddHours(1)));
    }

    [Fact]
    public void A_time_zone_changes_nothing_but_the_way_it_is_written() =>
        Assert.Equal(Digest("small", 7, FleetFiles.Now), Digest("small", 7, FleetFiles.Now.ToOffset(TimeSpan.FromHours(9))));

    [Fact]
    public void The_demo_has_two_thousand_instances_of_which_171_are_memcached_of_game_A()
    {
        Assert.Equal(2000, files.EveryInstance.Count());
        Assert.Equal(171, files.Of("game-a-memcached").Count());
        Assert.Equal(600, files.Of("game-a-app").Count());
        Assert.Equal(2000, files.EveryInstance.Select(static i => i.GetProperty("InstanceId").GetString()).Distinct().Count());
        Assert.Equal(2000, files.EveryInstance.Select(static i => i.GetProperty("PrivateIpAddress").GetString()).Distinct().Count());
        Assert.Equal(2, files.Demo.Select(static a => a.Answer.Account).Distinct().Count());
    }

    [Fact]
    public void Every_id_an_instance_names_is_described_but_for_the_image_that_is_gone()
    {
        var subnets = Ids("ec2-describe-subnets", "Subnets", "SubnetId");
        var groups = Ids("ec2-describe-security-groups", "SecurityGroups", "GroupId");
        var volumes = Ids("ec2-describe-volumes", "Volumes", "VolumeId");
        var images = Ids("ec2-describe-images", "Images", "ImageId");
        var interfaces = Ids("ec2-describe-network-interfaces", "NetworkInterfaces", "NetworkInterfaceId");
        var types = Ids("ec2-describe-instance-types", "InstanceTypes", "InstanceType");
        var missing = new HashSet<string>();
        foreach (var i in files.EveryInstance)
        {
            Assert.Contains(i.GetProperty("SubnetId").GetString()!, subnets);
            Assert.Contains(i.GetProperty("InstanceType").GetString()!, types);
            Assert.All(i.GetProperty("SecurityGroups").EnumerateArray(), g => Assert.Contains(g.GetProperty("GroupId").GetString()!, groups));
            Assert.All(i.GetProperty("BlockDeviceMappings").EnumerateArray(), d => Assert.Contains(d.GetProperty("Ebs").GetProperty("VolumeId").GetString()!, volumes));
            Assert.All(i.GetProperty("NetworkInterfaces").EnumerateArray(), n => Assert.Contains(n.GetProperty("NetworkInterfaceId").GetString()!, interfaces));
            if (!images.Contains(i.GetProperty("ImageId").GetString()!))
            {
                missing.Add(FleetFiles.Tag(i, "Service")!);
            }

            if (i.TryGetProperty("KernelId", out var kernel))
            {
                Assert.Contains(kernel.GetString()!, images);
            }
        }

        Assert.Equal(["patch-notes"], missing);
    }

    [Fact]
    public void Every_id_that_other_resources_name_is_described()
    {
        var snapshots = Ids("ec2-describe-snapshots", "Snapshots", "SnapshotId");
        var instances = files.EveryInstance.Select(static i => i.GetProperty("InstanceId").GetString()!).ToHashSet();
        var groups = Ids("ec2-describe-security-groups", "SecurityGroups", "GroupId");
        var subnets = Ids("ec2-describe-subnets", "Subnets", "SubnetId");
        var targetGroups = Ids("elbv2-describe-target-groups", "TargetGroups", "TargetGroupArn");
        Assert.All(files.All("ec2-describe-volumes", "Volumes").Select(static v => v.GetProperty("SnapshotId").GetString()!).Where(static s => s.Length > 0), s => Assert.Contains(s, snapshots));
        Assert.All(files.All("ec2-describe-images", "Images").SelectMany(static i => i.GetProperty("BlockDeviceMappings").EnumerateArray()), d => Assert.Contains(d.GetProperty("Ebs").GetProperty("SnapshotId").GetString()!, snapshots));
        Assert.All(files.All("ec2-describe-security-group-rules", "SecurityGroupRules").Where(static r => r.TryGetProperty("ReferencedGroupInfo", out _)), r => Assert.Contains(r.GetProperty("ReferencedGroupInfo").GetProperty("GroupId").GetString()!, groups));
        Assert.All(files.All("ec2-describe-network-interfaces", "NetworkInterfaces"), n => Assert.Contains(n.GetProperty("SubnetId").GetString()!, subnets));
        Assert.All(files.All("ec2-describe-route-tables", "RouteTables").SelectMany(static t => t.GetProperty("Associations").EnumerateArray()).Where(static a => a.TryGetProperty("SubnetId", out _)), a => Assert.Contains(a.GetProperty("SubnetId").GetString()!, subnets));
        var scaling = files.All("autoscaling-describe-auto-scaling-groups", "AutoScalingGroups").ToArray();
        Assert.NotEmpty(scaling);
        Assert.All(scaling.SelectMany(static g => g.GetProperty("TargetGroupARNs").EnumerateArray()), a => Assert.Contains(a.GetString()!, targetGroups));
        Assert.All(scaling.SelectMany(static g => g.GetProperty("Instances").EnumerateArray()), i => Assert.Contains(i.GetProperty("InstanceId").GetString()!, instances));
        var health = files.Demo.Where(static a => a.Answer.Call == "elbv2-describe-target-health").ToArray();
        Assert.Equal(targetGroups, health.Select(static a => a.Answer.Resource).ToHashSet());
        Assert.All(health.SelectMany(static a => a.Root.GetProperty("TargetHealthDescriptions").EnumerateArray()), t => Assert.Contains(t.GetProperty("Target").GetProperty("Id").GetString()!, instances));
    }

    [Fact]
    public void Every_reference_fleet_can_be_generated_and_its_paths_are_distinct()
    {
        Assert.Equal(["demo", "five-stories", "small"], ReferenceFleets.Names);
        foreach (var name in ReferenceFleets.Names)
        {
            var fleet = FleetGenerator.Generate(ReferenceFleets.Read(name), 3, FleetFiles.Now);
            Assert.Equal(fleet.Answers.Length, fleet.Answers.Select(static a => a.Path).Distinct().Count());
            Assert.All(fleet.Answers, static a => Assert.Equal(JsonValueKind.Object, FleetFiles.Json(a).ValueKind));
            Assert.True(fleet.InstanceCount > 10);
        }
    }

    [Fact]
    public void A_long_list_is_saved_in_pages_of_which_all_but_the_last_have_a_token()
    {
        var pages = files.Demo.Where(static a => a.Answer.Call == "ec2-describe-volumes" && a.Answer.Region == "ap-northeast-1").ToArray();

        Assert.True(pages.Length > 1);
        Assert.Equal(Enumerable.Range(1, pages.Length), pages.Select(static p => p.Answer.Page));
        Assert.All(pages[..^1], static p => Assert.True(p.Root.TryGetProperty("NextToken", out _)));
        Assert.False(pages[^1].Root.TryGetProperty("NextToken", out _));
        Assert.EndsWith("/ap-northeast-1/ec2-describe-volumes-0001.json", pages[0].Answer.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void More_instances_than_addresses_are_a_user_error()
    {
        var spec = FleetSpec.Read(new StringReader(Some.Fleet.Replace("count: 2", "count: 20000", StringComparison.Ordinal)), "f.yaml");

        var error = Assert.Throws<UserError>(() => FleetGenerator.Generate(spec, 1, FleetFiles.Now));

        Assert.Equal("TZN5011", error.Code);
    }

    [Fact]
    public void The_writer_saves_what_the_answers_say_and_refuses_a_folder_in_use()
    {
        var folder = Path.Combine(Path.GetTempPath(), "tazan-fleet-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8)));
        try
        {
            var fleet = FleetGenerator.Generate(ReferenceFleets.Read("small"), 1, FleetFiles.Now);

            var bytes = FleetWriter.Write(fleet, folder);

            var saved = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
            Assert.Equal(fleet.Answers.Length, saved.Length);
            Assert.Equal(bytes, saved.Sum(static f => new FileInfo(f).Length));
            var text = File.ReadAllText(Path.Combine(folder, "111122223333", "ap-northeast-1", "ec2-describe-vpcs.json"));
            Assert.StartsWith("{\n    \"Vpcs\": [\n        {\n", text, StringComparison.Ordinal);
            Assert.Contains(saved, static f => Path.GetFileName(f).StartsWith("arn%3Aaws%3Aelasticloadbalancing", StringComparison.Ordinal));
            Assert.Equal("TZN5009", Assert.Throws<UserError>(() => FleetWriter.Write(fleet, folder)).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private HashSet<string> Ids(string call, string member, string id) => [.. files.All(call, member).Select(e => e.GetProperty(id).GetString()!)];

    private static string Digest(string name, ulong seed, DateTimeOffset now)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var answer in FleetGenerator.Generate(ReferenceFleets.Read(name), seed, now).Answers)
        {
            using var stream = new MemoryStream();
            answer.WriteTo(stream);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(answer.Path));
            hash.AppendData(stream.ToArray());
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
