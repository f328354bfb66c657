namespace Tazan.Tests;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_first_numbers_of_a_seed_never_change()
    {
        // The published outputs of SplitMix64 for the seed 1234567.
        var stream = new RandomStream(1234567);

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL], Enumerable.Range(0, 5).Select(_ => stream.NextUInt64()));
    }

    [Fact]
    public void A_stream_for_a_purpose_depends_on_seed_and_purpose_alone()
    {
        var stream = new RandomStream(42);
        var before = stream.For("faults").NextUInt64();
        stream.NextUInt64();

        Assert.Equal(before, stream.For("faults").NextUInt64());
        Assert.NotEqual(before, stream.For("arrivals").NextUInt64());
        Assert.NotEqual(before, new RandomStream(43).For("faults").NextUInt64());
    }

    [Fact]
    public void Whole_numbers_below_a_bound_are_all_drawn_about_equally_often()
    {
        var stream = new RandomStream(5);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[stream.NextInt(7)]++;
        }

        Assert.All(counts, static c => Assert.InRange(c, 9_500, 10_500));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt(0));
    }

    [Fact]
    public void Real_numbers_lie_from_zero_to_below_one()
    {
        var stream = new RandomStream(9);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => stream.NextDouble()).ToArray();

        Assert.All(drawn, static d => Assert.InRange(d, 0, 0.9999999999999999));
        Assert.InRange(drawn.Average(), 0.49, 0.51);
    }
}
