namespace Tazan.Tests;

public sealed class ServiceKindTests
{
    [Fact]
    public void Every_kind_reads_back_from_its_text()
    {
        var kinds = Enum.GetValues<ServiceKind>();

        Assert.All(kinds, kind =>
        {
            Assert.True(ServiceKinds.TryParse(kind.ToText(), out var back));
            Assert.Equal(kind, back);
        });
        Assert.Equal(6, kinds.Length);
        Assert.False(ServiceKinds.TryParse("Primary-Standby", out _));
    }
}
