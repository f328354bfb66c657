using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

public sealed unsafe class StructuralScanTests
{
    [Fact]
    public void Every_byte_is_sorted_alike_by_every_width()
    {
        var block = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            block[i] = (byte)i;
        }

        fixed (byte* bytes = block)
        {
            for (var at = 0; at < 256; at += 64)
            {
                var truth = Fields(ScalarClassifier.Classify(bytes + at));
                Assert.Equal(truth, Fields(Vector128Classifier.Classify(bytes + at)));
                if (StructuralScan.Widest >= ScanWidth.Vector256)
                {
                    Assert.Equal(truth, Fields(Vector256Classifier.Classify(bytes + at)));
                }

                if (StructuralScan.Widest >= ScanWidth.Vector512)
                {
                    Assert.Equal(truth, Fields(Vector512Classifier.Classify(bytes + at)));
                }
            }
        }
    }

    [Fact]
    public void Every_width_finds_the_same_places_and_keeps_the_same_state()
    {
        const string Spice = "{}[]:,\"\\\\\\\" \n\tab1é\u0001";
        var random = new Random(7);
        var text = new byte[64 * 40];
        for (var round = 0; round < 300; round++)
        {
            foreach (ref var c in text.AsSpan())
            {
                c = random.Next(20) == 0 ? (byte)random.Next(256) : (byte)Spice[random.Next(round % Spice.Length + 1)];
            }

            var truth = Scan(ScanWidth.Scalar, text, 40);
            for (var width = ScanWidth.Vector128; width <= StructuralScan.Widest; width++)
            {
                Assert.Equal(truth, Scan(width, text, 40));
            }

            // Cut between any two blocks, the places are the same.
            Assert.Equal(truth.Places, Scan(StructuralScan.Widest, text, 1).Places);
        }
    }

    [Fact]
    public void A_prefix_xor_is_the_parity_of_the_bits_so_far()
    {
        var random = new Random(11);
        for (var round = 0; round < 1000; round++)
        {
            var bits = (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1);
            var found = StructuralScan.PrefixXor(bits);
            Assert.Equal(found, StructuralScan.PrefixXorByShifts(bits));
            for (var i = 0; i < 64; i++)
            {
                Assert.Equal(ulong.PopCount(bits << (63 - i)) & 1, (found >> i) & 1);
            }
        }
    }

    private static (ulong, ulong, ulong, ulong, ulong, ulong) Fields(BlockBits bits) =>
        (bits.Quotes, bits.Backslashes, bits.Operators, bits.Spaces, bits.Controls, bits.NonAscii);

    private static (string Places, bool EndsInString, int Stray) Scan(ScanWidth width, byte[] text, int blocksAtATime)
    {
        var scan = new StructuralScan();
        var places = new List<int>();
        var into = new int[text.Length + 64];
        fixed (byte* bytes = text)
        fixed (int* room = into)
        {
            for (var at = 0; at < text.Length; at += 64 * blocksAtATime)
            {
                var count = scan.Scan(width, bytes, at, blocksAtATime, room);
                places.AddRange(into.AsSpan(0, count));
            }
        }

        return (string.Join(' ', places), scan.EndsInString, scan.StrayBackslash);
    }
}
