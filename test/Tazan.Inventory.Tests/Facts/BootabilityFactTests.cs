using Tazan.Inventory.Facts.Boot;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Facts;

public sealed class BootabilityFactTests
{
    [Fact]
    public void A_paravirtual_instance_with_pv_grub_1_03_is_at_risk_and_told_its_successor()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "m3.large"), ("state", "running"), ("virtualization_type", "paravirtual"),
            ("architecture", "x86_64"), ("kernel_id", "aki-44992845"), ("launch_time", "2014-05-01T00:00:00Z"), ("image_id", "ami-old"));

        fleet.Derive(new BootabilityFact());

        var row = Assert.Single(fleet.Rows("select verdict, risk, pv_grub_version, successor_kernel_id, up_since, reason from bootability"));
        Assert.Equal(["at-risk", "pv-grub-outdated", "1.03", "aki-7077ab11", "2014-05-01T00:00:00Z"], row[..5]);
        Assert.Contains("possible, not certain", row[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aki-7077ab11", "x86_64", "boots", "", "1.05")]
    [InlineData("aki-7077ab11", "i386", "will-not-boot", "architecture-mismatch", "1.05")]
    [InlineData("aki-00000000", "x86_64", "at-risk", "pv-unproven", "")]
    [InlineData("", "x86_64", "at-risk", "pv-kernel-missing", "")]
    [InlineData("aki-919dcaf8", "x86_64", "at-risk", "pv-kernel-missing", "1.04")]
    public void A_paravirtual_instance_is_judged_by_its_kernel(string kernel, string architecture, string verdict, string risk, string version)
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "c3.large"), ("state", "stopped"), ("virtualization_type", "paravirtual"),
            ("architecture", architecture), ("kernel_id", kernel.Length == 0 ? null : kernel));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([verdict, risk, version], Assert.Single(fleet.Rows("select verdict, risk, pv_grub_version from bootability")));
    }

    [Fact]
    public void The_newest_hd00_kernel_is_1_04_since_no_newer_was_published()
    {
        var kernels = new[] { "hd0", "hd00" }.Select(static device => PvGrub.FindNewest("ap-northeast-1", "x86_64", device)!).ToArray();

        Assert.Equal(["1.05", "1.04"], kernels.Select(static k => k.Version));
        Assert.All(kernels, static k => Assert.False(k.IsOutdated));
    }

    [Theory]
    [InlineData("paravirtual", "m5.large", "x86_64", null, null, "stopped", "will-not-boot", "virtualization-mismatch")]
    [InlineData("hvm", "m5.large", "x86_64", false, null, "stopped", "will-not-boot", "ena-missing")]
    [InlineData("hvm", "m5.large", "x86_64", true, null, "running", "boots", "")]
    [InlineData("hvm", "m6g.large", "x86_64", true, null, "stopped", "will-not-boot", "architecture-mismatch")]
    [InlineData("hvm", "m6g.large", "arm64", true, "legacy-bios", "running", "at-risk", "boot-mode-mismatch")]
    [InlineData("hvm", "m6g.large", "arm64", true, null, "stopped", "boots", "")]
    [InlineData("hvm", "t2.micro", "x86_64", true, "uefi", "stopped", "at-risk", "boot-mode-mismatch")]
    [InlineData("hvm", "t2.micro", "x86_64", true, "uefi-preferred", "stopped", "boots", "")]
    [InlineData("hvm", "t2.micro", "x86_64", false, null, "running", "boots", "nvme-unproven")]
    [InlineData("hvm", "xx9.large", "x86_64", false, null, "running", "boots", "")]
    public void An_instance_is_judged_against_its_type(
        string virtualization, string type, string architecture, bool? ena, string? bootMode, string state, string verdict, string risk)
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", type), ("state", state), ("virtualization_type", virtualization),
            ("architecture", architecture), ("kernel_id", virtualization == "hvm" ? null : "aki-7077ab11"), ("ena_support", ena), ("boot_mode", bootMode));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([verdict, risk], Assert.Single(fleet.Rows("select verdict, risk from bootability")));
    }

    [Fact]
    public void What_the_account_says_of_a_type_goes_before_the_embedded_table()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance_type", ("instance_type", "t2.micro"), ("hypervisor", "nitro"), ("ena_support", "required"), ("virtualization_types", new[] { "hvm" }))
            .Add("instance", ("instance_id", "i-1"), ("instance_type", "t2.micro"), ("state", "stopped"), ("virtualization_type", "hvm"), ("architecture", "x86_64"), ("ena_support", false));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([["ena-missing"]], fleet.Rows("select risk from bootability"));
    }

    [Fact]
    public void A_template_whose_image_is_gone_is_at_risk_and_one_whose_images_were_not_read_is_unknown()
    {
        using var fleet = new FleetRows();
        fleet.Add("launch_template", ("launch_template_id", "lt-1"), ("default_version_number", 1), ("latest_version_number", 2))
            .Add("launch_template_version", ("launch_template_id", "lt-1"), ("version_number", 1), ("image_id", "ami-here"), ("instance_type", "m5.large"))
            .Add("launch_template_version", ("launch_template_id", "lt-1"), ("version_number", 2), ("image_id", "ami-gone"), ("instance_type", "m5.large"))
            .Add("auto_scaling_group", ("auto_scaling_group_name", "web"), ("launch_template_id", "lt-1"), ("launch_template_version", "$Latest"))
            .Add("image", ("image_id", "ami-here"), ("state", "available"), ("owner_id", "amazon"), ("virtualization_type", "hvm"), ("architecture", "x86_64"), ("ena_support", true))
            .Add("launch_template", ("launch_template_id", "lt-2"), ("default_version_number", 1), ("latest_version_number", 1), ("region", "us-east-1"))
            .Add("launch_template_version", ("launch_template_id", "lt-2"), ("version_number", 1), ("image_id", "ami-far"), ("region", "us-east-1"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal(
            [["lt-1", "at-risk", "image-missing", "ami-gone"], ["lt-2", "unknown", "", "ami-far"]],
            fleet.Rows("select subject_id, verdict, risk, image_id from bootability where subject_type = 'launch_template' order by 1"));
    }

    [Fact]
    public void An_instance_whose_image_is_missing_is_at_risk_only_where_the_list_holds_images_of_others()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "m5.large"), ("image_id", "ami-gone"), ("state", "running"), ("virtualization_type", "hvm"))
            .Add("instance", ("instance_id", "i-2"), ("instance_type", "m5.large"), ("image_id", "ami-gone"), ("state", "running"), ("virtualization_type", "hvm"), ("region", "us-east-1"))
            .Add("image", ("image_id", "ami-public"), ("owner_id", "137112412989"), ("virtualization_type", "hvm"))
            .Add("image", ("image_id", "ami-own"), ("owner_id", FleetRows.Account), ("virtualization_type", "hvm"), ("region", "us-east-1"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([["i-1", "image-missing"], ["i-2", ""]], fleet.Rows("select subject_id, risk from bootability where subject_type = 'instance' order by 1"));
    }

    [Fact]
    public void A_daily_image_that_nothing_was_started_from_is_at_risk_until_something_was()
    {
        using var fleet = new FleetRows();
        void Image(string id, string? launched) => fleet.Add("image", ("image_id", id), ("owner_id", FleetRows.Account), ("state", "available"), ("virtualization_type", "hvm"),
            ("architecture", "x86_64"), ("source_instance_id", "i-1"), ("creation_date", "2026-02-27T03:00:00Z"), ("last_launched_time", launched));
        Image("ami-never", null);
        Image("ami-launched", "2026-03-01T00:00:00Z");
        Image("ami-running", null);
        fleet.Add("image", ("image_id", "ami-young"), ("owner_id", FleetRows.Account), ("virtualization_type", "hvm"), ("source_instance_id", "i-1"), ("creation_date", "2026-03-02T03:00:00Z"))
            .Add("image", ("image_id", "ami-copy"), ("owner_id", FleetRows.Account), ("virtualization_type", "hvm"), ("creation_date", "2026-02-01T03:00:00Z"))
            .Add("image_block_device", ("image_id", "ami-copy"), ("device_name", "/dev/xvda"), ("snapshot_id", "snap-1"))
            .Add("ebs_snapshot", ("snapshot_id", "snap-1"), ("description", "Created by CreateImage(i-1) for ami-copy"))
            .Add("instance", ("instance_id", "i-2"), ("instance_type", "m5.large"), ("image_id", "ami-running"), ("state", "running"), ("virtualization_type", "hvm"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([["ami-copy"], ["ami-never"]], fleet.Rows("select subject_id from bootability where risk = 'never-booted' order by 1"));
    }

    [Fact]
    public void Disabled_images_missing_snapshots_and_foreign_keys_stand_against_a_launch()
    {
        using var fleet = new FleetRows();
        fleet.Read("ec2", "DescribeSnapshots");
        foreach (var (id, state) in new[] { ("ami-off", "disabled"), ("ami-empty", "available"), ("ami-key", "available") })
        {
            fleet.Add("image", ("image_id", id), ("owner_id", FleetRows.Account), ("state", state), ("virtualization_type", "hvm"), ("last_launched_time", "2026-01-01T00:00:00Z"));
        }

        fleet.Add("image_block_device", ("image_id", "ami-empty"), ("snapshot_id", "snap-gone"))
            .Add("image_block_device", ("image_id", "ami-key"), ("snapshot_id", "snap-key"))
            .Add("ebs_snapshot", ("snapshot_id", "snap-key"), ("kms_key_id", "arn:aws:kms:ap-northeast-1:999999999999:key/1"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([["ami-empty", "snapshot-missing"], ["ami-key", "key-unusable"], ["ami-off", "image-disabled"]], fleet.Rows("select subject_id, risk from bootability order by 1"));
    }

    [Fact]
    public void An_instance_with_a_volume_under_a_foreign_key_is_judged_apart_from_its_like()
    {
        using var fleet = new FleetRows();
        foreach (var id in new[] { "i-1", "i-2", "i-3" })
        {
            fleet.Add("instance", ("instance_id", id), ("instance_type", "m5.large"), ("state", "running"), ("virtualization_type", "hvm"), ("ena_support", true), ("launch_time", "2026-01-0" + id[2] + "T00:00:00Z"));
        }

        fleet.Add("volume", ("volume_id", "vol-1"), ("kms_key_id", "arn:aws:kms:ap-northeast-1:999999999999:key/1")).Add("volume_attachment", ("volume_id", "vol-1"), ("instance_id", "i-2"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal(
            [["i-1", "boots", "2026-01-01T00:00:00Z"], ["i-2", "at-risk", "2026-01-02T00:00:00Z"], ["i-3", "boots", "2026-01-03T00:00:00Z"]],
            fleet.Rows("select subject_id, verdict, up_since from bootability order by 1"));
    }

    [Fact]
    public void A_kernel_image_that_was_read_tells_the_version_by_its_name()
    {
        using var fleet = new FleetRows();
        fleet.Add("image", ("image_id", "aki-0a0a0a0a"), ("image_type", "kernel"), ("name", "pv-grub-hd0-V1.01-x86_64.gz"))
            .Add("instance", ("instance_id", "i-1"), ("instance_type", "m3.large"), ("state", "running"), ("virtualization_type", "paravirtual"), ("architecture", "x86_64"), ("kernel_id", "aki-0a0a0a0a"));

        fleet.Derive(new BootabilityFact());

        Assert.Equal([["pv-grub-outdated", "1.01", "aki-7077ab11"]], fleet.Rows("select risk, pv_grub_version, successor_kernel_id from bootability"));
    }

    [Fact]
    public void Terminated_instances_are_not_asked_to_boot()
    {
        using var fleet = new FleetRows();
        fleet.Add("instance", ("instance_id", "i-1"), ("instance_type", "m5.large"), ("state", "terminated"), ("virtualization_type", "hvm"));

        fleet.Derive(new BootabilityFact());

        Assert.Empty(fleet.Rows("select * from bootability"));
    }
}
