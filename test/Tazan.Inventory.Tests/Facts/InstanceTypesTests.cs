using Tazan.Inventory.Facts;

namespace Tazan.Inventory.Tests.Facts;

public sealed class InstanceTypesTests
{
    [Fact]
    public void A_type_is_found_with_what_the_public_data_say_of_it()
    {
        var type = InstanceTypes.Find("c1.medium")!;

        Assert.Equal(2, type.Vcpus);
        Assert.Equal("both", type.Virtualization);
        Assert.Equal(["i386", "x86_64"], type.Architectures);
        Assert.False(type.IsNitro);
        Assert.Null(type.EbsBaselineMbps);
        Assert.Equal(TimeSpan.FromDays(5), type.TcpEstablishedTimeout);
    }

    [Fact]
    public void Newest_types_forget_idle_connections_after_350_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(350), InstanceTypes.Find("m8i.large")!.TcpEstablishedTimeout);

    [Fact]
    public void A_type_that_nobody_describes_is_not_found() => Assert.Null(InstanceTypes.Find("hs1.8xlarge"));

    [Fact]
    public void All_rows_are_read() => Assert.Equal(1373, InstanceTypes.All.Count);
}
