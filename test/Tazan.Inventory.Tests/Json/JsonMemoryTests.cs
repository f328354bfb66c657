using System.Text;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

public sealed class JsonMemoryTests
{
    /// <summary>An array of <paramref name="items"/> copies of one text, made as it is read.</summary>
    private sealed class Endless(byte[] item, long items) : Stream
    {
        private readonly byte[] open = "["u8.ToArray();
        private readonly byte[] between = ","u8.ToArray();
        private readonly byte[] close = "]"u8.ToArray();
        private long part;
        private int at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (part > items * 2)
            {
                return 0;
            }

            var bytes = part == 0 ? open : part == items * 2 ? close : part % 2 == 1 ? item : between;
            var length = Math.Min(count, bytes.Length - at);
            bytes.AsSpan(at, length).CopyTo(buffer.AsSpan(offset));
            at += length;
            if (at == bytes.Length)
            {
                at = 0;
                part++;
            }

            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private static readonly byte[] Item = "{\"InstanceId\": \"i-0a1b2c3d4e5f67890\", \"Tags\": [{\"Key\": \"a\\n\", \"Value\": \"é\"}], \"n\": -12.5, \"b\": [true, null]}"u8.ToArray();

    [Fact]
    public void Reading_an_item_allocates_nothing()
    {
        // A collection on another thread's account can charge this thread the rest of its allocation block; such a run is
        // told by the next one, which must then be clean.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(static _ => AllocatedByReading()));
    }

    private static long AllocatedByReading()
    {
        using var window = new JsonWindow(new Endless(Item, 20_000), "x", 4096);
        Assert.True(window.TryStart());
        window.Enter();
        long before = 0, sum = 0;
        for (var number = 0; window.NextItem(); number++)
        {
            if (number == 1000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (number % 3 == 0)
            {
                window.Skip();
            }
            else
            {
                foreach (var member in window.Read().Members)
                {
                    sum += member.Name.Length + member.Value.Raw.Length;
                }
            }
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(sum > 0);
        return allocated;
    }

    [Fact]
    public void Passing_over_a_large_value_keeps_the_window_small()
    {
        using var window = new JsonWindow(new Endless(Item, 500_000), "x", 1 << 16, largestItemBytes: 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(window.TryStart());

        window.Skip();

        Assert.False(window.TryStart());
        Assert.True(window.BytesRead > 40_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void An_item_larger_than_the_limit_is_a_fault()
    {
        foreach (var (limit, size) in new[] { (1 << 16, 64), (1 << 16, 1 << 12), (1000, 64), (1000, 1 << 16) })
        {
            using var window = new JsonWindow(new Endless(Item, 5_000), "x", size, limit);
            Assert.True(window.TryStart());
            JsonFault? fault = null;
            try
            {
                window.Read();
            }
            catch (JsonFault caught)
            {
                fault = caught;
            }

            Assert.Contains("larger than", fault?.Message, StringComparison.Ordinal);
            Assert.False(fault!.IsTruncated);
        }
    }

    [Fact]
    public void An_item_larger_than_the_window_is_read_and_the_window_shrinks_again()
    {
        var large = Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Range(0, 50_000)) + "]");
        byte[] text = [.. large, .. Enumerable.Repeat("{\"a\": 1} "u8.ToArray(), 400_000).SelectMany(bytes => bytes), .. large];
        using var window = new JsonWindow(new MemoryStream(text), "x", 1024);

        Assert.True(window.TryStart());
        var item = window.Read();
        var next = 0;
        foreach (var part in item.Items)
        {
            Assert.True(part.TryGetInt64(out var value));
            Assert.Equal(next++, value);
        }

        Assert.Equal(50_000, next);
        Assert.True(window.Capacity > large.Length);
        for (var left = 400_000; left > 0; left--)
        {
            Assert.True(window.TryStart());
            Assert.True(window.Read().TryGet("a"u8, out _));
        }

        Assert.Equal(1024, window.Capacity);
        Assert.True(window.TryStart());
        Assert.Equal(large.Length, window.Read().Raw.Length);
        Assert.False(window.TryStart());
    }
}
