using System.Text;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

public sealed class JsonWindowTests
{
    private static readonly int[] Windows = [64, 65, 67, 71, 80, 96, 127, 128, 200, 512, 1 << 12, 1 << 16];

    [Fact]
    public void A_random_document_reads_as_System_Text_Json_reads_it_at_every_window_size()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var some = new SomeJson(seed);
            var documents = Enumerable.Range(0, 1 + seed % 3).Select(n => some.Document(1 << (seed % 9))).ToList();
            var expected = documents.Select(Plain.Of).ToList();
            var bytes = Encoding.UTF8.GetBytes(string.Join("\n", documents));
            var window = Windows[seed % Windows.Length];
            var width = (ScanWidth)(seed % ((int)StructuralScan.Widest + 1));
            var most = seed % 5 == 0 ? 1 + seed % 7 : int.MaxValue;

            Assert.True(expected.SequenceEqual(Plain.ReadAll(bytes, window, width, most)), $"seed {seed}, read, window {window}");
            Assert.True(expected.SequenceEqual(Plain.WalkAll(bytes, window, width, most)), $"seed {seed}, walked, window {window}");
            Assert.Equal(expected.Count, Plain.SkipAll(bytes, window));
        }
    }

    [Fact]
    public void Every_token_may_fall_on_every_border_of_the_window()
    {
        const string Document = "{\"a\\\"\\u00e9\": [true, -12.5e3, \"é\\\\日\\uD83D\\uDE00\\n\", null], \"b\": {\"\": \"\"}, \"cde\": false}";
        var expected = Plain.Of(Document);
        for (var pad = 0; pad < 200; pad++)
        {
            var bytes = Encoding.UTF8.GetBytes("[0]" + new string(pad % 2 == 0 ? ' ' : '\n', pad) + Document + new string(' ', pad % 7));

            Assert.Equal(expected, Plain.ReadAll(bytes, 64)[1]);
            Assert.Equal(expected, Plain.WalkAll(bytes, 64)[1]);
            Assert.Equal(2, Plain.SkipAll(bytes, 64));
        }
    }

    [Fact]
    public void A_document_cut_at_any_length_is_truncated_and_never_gives_a_wrong_value()
    {
        var seen = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var text = "[0]" + "{\"x\":" + new SomeJson(1000 + seed).Document(30).TrimEnd() + "}";
            var whole = Encoding.UTF8.GetBytes(text);
            for (var length = 0; length < whole.Length; length++, seen++)
            {
                var cut = whole[..length];
                if (length is 0 or 3)
                {
                    Assert.Equal(length == 0 ? 0 : 1, Plain.ReadAll(cut, 64).Count);
                    continue;
                }

                foreach (var read in new Action[] { () => Plain.ReadAll(cut, 64), () => Plain.WalkAll(cut, 128), () => Plain.SkipAll(cut, 64) })
                {
                    var fault = Assert.Throws<JsonFault>(read);
                    Assert.True(fault.IsTruncated, $"seed {seed}, cut at {length}: {fault.Message}");
                    Assert.Equal(cut.AsSpan().Count((byte)'\n') + 1, fault.Line);
                    Assert.Equal(length, fault.Offset);
                }
            }
        }

        Assert.InRange(seen, 1_000, 1_000_000);
    }

    [Fact]
    public void Random_mutations_give_what_System_Text_Json_gives_or_a_fault()
    {
        var random = new Random(2);
        var sources = Enumerable.Range(0, 50).Select(seed => Encoding.UTF8.GetBytes(new SomeJson(5000 + seed).Document(12))).ToArray();
        const string Spice = "{}[]:,\"\\ \n\0tfn0123456789-+.eEu\u0001\u000c\u001a";
        var (good, bad) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])sources[round % sources.Length].Clone();
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)Spice[random.Next(Spice.Length)];
            }

            string? expected = null;
            try
            {
                using var document = System.Text.Json.JsonDocument.Parse(bytes);
                expected = document.RootElement.GetRawText();
            }
            catch (Exception refused) when (refused is System.Text.Json.JsonException or InvalidOperationException)
            {
                // The second for bytes that are no UTF-8, which it finds only when it makes text of them.
            }

            var window = round % 2 == 0 ? 64 : 1024;
            var width = (ScanWidth)(round % ((int)StructuralScan.Widest + 1));
            string? found = null;
            var read = Record.Exception(() =>
            {
                using var json = new JsonWindow(new MemoryStream(bytes), "fuzz", window, 1 << 20, width);
                if (!json.TryStart())
                {
                    // A document of one digit that has become a space.
                    Assert.True(bytes.AsSpan().Trim(" \n\r\t"u8).IsEmpty);
                    return;
                }

                found = Encoding.UTF8.GetString(json.Read().Raw);
                if (json.TryStart())
                {
                    // A second document is no fault to us, but to System.Text.Json.
                    json.Skip();
                    while (json.TryStart())
                    {
                        json.Skip();
                    }

                    found = null;
                }
            });
            var skipped = Record.Exception(() => Plain.SkipAll(bytes, window));

            Assert.True(read is null or JsonFault, $"round {round}: {read}");
            Assert.True(skipped is null == read is null, $"round {round}: {read?.Message} {skipped?.Message}");
            if (expected is null)
            {
                Assert.True(read is not null || found is null, $"round {round}: read {Encoding.UTF8.GetString(bytes)}");
                bad++;
            }
            else
            {
                var inside = found is { Length: > 1 } && expected.StartsWith('"') && !found.StartsWith('"') ? $"\"{found}\"" : found;
                Assert.True(expected == inside, $"round {round}: {read?.Message} {Encoding.UTF8.GetString(bytes)}");
                good++;
            }
        }

        Assert.InRange(good, 1_000, 19_000);
        Assert.InRange(bad, 1_000, 19_000);
    }

    [Fact]
    public void Random_bytes_never_crash_it()
    {
        var random = new Random(3);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            var thrown = Record.Exception(() => Plain.ReadAll(bytes, 64));
            Assert.True(thrown is null or JsonFault, $"round {round}: {thrown}");
        }
    }

    [Fact]
    public void Documents_follow_one_another_with_marks_and_space_between()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        byte[] text = [.. mark, .. "{\"a\":1}{\"b\":2}[3]\n\n"u8, .. mark, .. " \"four\" 5 true null "u8];

        foreach (var window in Windows)
        {
            Assert.Equal(["{1'a':1,}", "{1'b':2,}", "[3,]", "4'four'", "5", "True", "Null"], Plain.ReadAll(text, window));
        }

        Assert.Equal(["1"], Plain.ReadAll([.. mark, .. "1"u8], 64));
    }

    [Fact]
    public void Nothing_and_white_space_are_a_clean_end()
    {
        Assert.Empty(Plain.ReadAll([], 64));
        Assert.Empty(Plain.ReadAll([0xEF, 0xBB, 0xBF], 64));
        Assert.Empty(Plain.ReadAll(Encoding.UTF8.GetBytes(new string('\n', 1000)), 64));
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0 }, "gzip")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 }, "UTF-16")]
    [InlineData(new byte[] { (byte)'{', 0, (byte)'}', 0 }, "UTF-16")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0 }, "zip")]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "binary")]
    [InlineData(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F' }, "0x7F")]
    [InlineData(new byte[] { (byte)'<', (byte)'a', (byte)'>' }, "'<'")]
    public void A_file_that_is_no_json_is_called_by_its_name(byte[] bytes, string word)
    {
        var fault = Assert.Throws<JsonFault>(() => Plain.ReadAll(bytes, 64));

        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTruncated);
    }

    [Fact]
    public void A_fault_names_its_line_and_offset_whatever_the_window()
    {
        var text = new string('\n', 500) + "{\"a\": [1, 2,\n 3,\n oops]}";

        foreach (var window in Windows)
        {
            var fault = Assert.Throws<JsonFault>(() => Plain.ReadAll(Encoding.UTF8.GetBytes(text), window));
            Assert.Equal((503, text.IndexOf('o'), "test.json"), (fault.Line, fault.Offset, fault.Name));
            Assert.StartsWith("test.json:503: ", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_fault_is_told_and_values_before_it_are_read_whatever_the_window()
    {
        byte[] text = [.. "[1] [2] [3,"u8, .. new byte[] { (byte)'"', 0xFF, (byte)'"' }, .. "] [\\] nonsense"u8];
        foreach (var size in Windows)
        {
            using var window = new JsonWindow(new MemoryStream(text), "x", size);
            for (var i = 1; i <= 2; i++)
            {
                Assert.True(window.TryStart());
                Assert.Equal($"[{i}]", Encoding.UTF8.GetString(window.Read().Raw));
            }

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

            Assert.Equal(12, fault?.Offset);
        }
    }

    [Fact]
    public void The_cursor_tells_line_and_offset_of_values()
    {
        var bytes = "\n{\"a\":\n\n [1,\n{\"b\":2}]}"u8.ToArray();
        foreach (var size in Windows)
        {
            using var window = new JsonWindow(new MemoryStream(bytes), "x", size);
            Assert.True(window.TryStart());
            Assert.Equal((2L, 1L), (window.Line, window.Offset));
            window.Enter();
            Assert.True(window.NextMember(out var name));
            Assert.Equal("a", Encoding.UTF8.GetString(name));
            Assert.Equal((4L, 9L), (window.Line, window.Offset));
            var item = window.Read();
            Assert.Equal(4, item.Line);
            foreach (var part in item.Items)
            {
                Assert.Equal(part.Kind == JsonKind.Object ? 5 : 4, part.Line);
                Assert.Equal(part.Kind == JsonKind.Object ? 13 : 10, part.Offset);
            }

            Assert.Equal(4, item.Line);
            Assert.False(window.NextMember(out _));
            Assert.False(window.TryStart());
        }
    }

    [Fact]
    public void A_value_left_alone_is_passed_over()
    {
        using var window = new JsonWindow(new MemoryStream("{\"a\":[1,{\"b\":[]}],\"c\":2} 3"u8.ToArray()), "x", 64);
        Assert.True(window.TryStart());
        window.Enter();
        Assert.True(window.NextMember(out _));
        Assert.True(window.NextMember(out var name));
        Assert.Equal("c", Encoding.UTF8.GetString(name));
        Assert.False(window.NextMember(out _));
        Assert.True(window.TryStart());
        Assert.False(window.TryStart());
    }

    [Fact]
    public void Moves_that_make_no_sense_are_refused()
    {
        using var window = new JsonWindow(new MemoryStream("[1]"u8.ToArray()), "x", 64);

        Assert.Throws<InvalidOperationException>(() => window.Kind);
        Assert.Throws<InvalidOperationException>(window.Skip);
        Assert.Throws<InvalidOperationException>(() => window.NextItem());
        Assert.True(window.TryStart());
        window.Enter();
        Assert.Throws<InvalidOperationException>(() => window.NextMember(out _));
        Assert.Throws<InvalidOperationException>(() => window.TryStart());
        Assert.True(window.NextItem());
        Assert.Throws<InvalidOperationException>(window.Enter);
    }

    [Fact]
    public void After_a_fault_every_move_throws_it_again()
    {
        using var window = new JsonWindow(new MemoryStream("[1, [2, x], 3]"u8.ToArray()), "x", 64);
        Assert.True(window.TryStart());
        window.Enter();
        Assert.True(window.NextItem());
        Assert.True(window.NextItem());

        var first = Assert.Throws<JsonFault>(window.Skip);

        Assert.Same(first, Assert.Throws<JsonFault>(() => window.NextItem()));
        Assert.Same(first, Assert.Throws<JsonFault>(window.Skip));
        Assert.Same(first, Assert.Throws<JsonFault>(() => window.Kind));
    }

    [Fact]
    public void A_stream_that_fails_passes_its_failure_on()
    {
        using var window = new JsonWindow(new System.IO.Compression.GZipStream(new MemoryStream([1, 2, 3, 4]), System.IO.Compression.CompressionMode.Decompress), "x.gz");

        Assert.Throws<InvalidDataException>(() => window.TryStart());
    }

    [Fact]
    public void A_window_let_go_of_is_refused()
    {
        var window = new JsonWindow(new MemoryStream("[1]"u8.ToArray()), "x");
        Assert.True(window.TryStart());

        window.Dispose();

        Assert.Throws<ObjectDisposedException>(() => window.TryStart());
    }
}
