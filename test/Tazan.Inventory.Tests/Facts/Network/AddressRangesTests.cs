using Tazan.Inventory.Facts.Network;

namespace Tazan.Inventory.Tests.Facts.Network;

public sealed class AddressRangesTests
{
    private static AddressRanges V4(params string[] texts) => AddressRanges.Parse(IpFamily.V4, texts);

    [Fact]
    public void Adjoining_blocks_become_one()
    {
        Assert.Equal(["10.0.0.0/23"], V4("10.0.1.0/24", "10.0.0.0/24").ToCidrs());
        Assert.Equal(V4("0.0.0.0/0"), V4("0.0.0.0/1", "128.0.0.0/1"));
    }

    [Fact]
    public void Bits_beyond_the_prefix_are_ignored() => Assert.Equal(["10.1.0.0/16"], V4("10.1.2.3/16").ToCidrs());

    [Theory]
    [InlineData("10.0.0/24")]
    [InlineData("10.0.0.0/33")]
    [InlineData("pl-12345678")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("")]
    public void What_is_no_range_is_not_parsed(string text) => Assert.False(AddressRange.TryParse(text, out _, out _));

    [Fact]
    public void Taking_one_address_out_of_everything_leaves_a_block_for_each_bit()
    {
        var rest = AddressRanges.All(IpFamily.V6).Subtract(AddressRanges.Parse(IpFamily.V6, "2001:db8::1"));

        Assert.Equal(128, rest.ToCidrs().Length);
        Assert.Equal(AddressRanges.Parse(IpFamily.V6, "2001:db8::1"), rest.Complement());
        Assert.Equal(AddressRanges.Parse(IpFamily.V6, [.. rest.ToCidrs()]), rest);
    }

    [Fact]
    public void Addresses_that_cannot_occur_are_swallowed_to_make_fewer_blocks()
    {
        var internet = V4("10.0.0.0/8").Complement();

        Assert.Equal(["0.0.0.0/0"], internet.ToCidrs(V4("10.0.0.0/8")));
        Assert.Equal(["8.8.8.0/24"], V4("8.8.8.0/24").ToCidrs(V4("10.0.0.0/8")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sets_behave_as_plain_sets_of_addresses_do(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var (a, plainA) = Some(random);
            var (b, plainB) = Some(random);

            AssertSame(plainA.Union(plainB), a.Union(b), seed, round);
            AssertSame(plainA.Intersect(plainB), a.Intersect(b), seed, round);
            AssertSame(plainA.Except(plainB), a.Subtract(b), seed, round);
            AssertSame(plainA, AddressRanges.Parse(IpFamily.V4, [.. a.ToCidrs()]), seed, round);
            Assert.Equal(plainA.IsSubsetOf(plainB), a.IsSubsetOf(b));
            Assert.Equal(plainA.Overlaps(plainB), a.Overlaps(b));
            Assert.Equal(a, a.Complement().Complement());

            // The cover with indifferent addresses holds all of the set and none but set and indifferent ones.
            var cover = AddressRanges.Parse(IpFamily.V4, [.. a.ToCidrs(b)]);
            Assert.True(a.IsSubsetOf(cover) && cover.IsSubsetOf(a.Union(b)), $"seed {seed}, round {round}");
            Assert.True(a.ToCidrs(b).Length <= a.ToCidrs().Length);
        }
    }

    // All within 10.0.0.0/26, so that a set of 64 numbers is the slow obvious model.
    private static (AddressRanges, HashSet<int>) Some(Random random)
    {
        var plain = new HashSet<int>();
        var ranges = new List<AddressRange>();
        for (var n = random.Next(5); n > 0; n--)
        {
            var first = random.Next(64);
            var last = random.Next(first, 64);
            ranges.Add(new AddressRange((10u << 24) + (uint)first, (10u << 24) + (uint)last));
            plain.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return (AddressRanges.Of(IpFamily.V4, ranges), plain);
    }

    private static void AssertSame(IEnumerable<int> expected, AddressRanges actual, int seed, int round)
    {
        var addresses = actual.Ranges.SelectMany(static r => Enumerable.Range((int)(r.First - (10u << 24)), (int)(r.Last - r.First) + 1));
        Assert.True(expected.Order().SequenceEqual(addresses), $"seed {seed}, round {round}: {actual}");
    }
}
