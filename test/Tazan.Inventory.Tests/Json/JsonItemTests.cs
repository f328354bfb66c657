using System.Text;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

public sealed class JsonItemTests
{
    [Fact]
    public void A_member_is_found_by_its_text_and_of_duplicates_the_last()
    {
        var item = JsonItem.Parse("{\"a\": 1, \"n\\u0061me\": {\"x\": [1, 2]}, \"a\": \"two\"}"u8.ToArray());

        Assert.True(item.TryGet("a"u8, out var a));
        Assert.True(a.TextIs("two"u8));
        Assert.True(item.TryGet("name"u8, out var named));
        Assert.Equal("{\"x\": [1, 2]}", Encoding.UTF8.GetString(named.Raw));
        Assert.False(item.TryGet("b"u8, out _));
        Assert.False(a.TryGet("b"u8, out _));
    }

    [Fact]
    public void A_container_of_the_other_kind_and_a_scalar_have_nothing_inside()
    {
        foreach (var text in new[] { "1", "\"a\"", "[1]", "[]", "{}" })
        {
            var item = JsonItem.Parse(Encoding.UTF8.GetBytes(text));
            foreach (var member in item.Members)
            {
                Assert.Fail(member.GetName());
            }

            var number = 0;
            foreach (var part in item.Items)
            {
                number++;
                Assert.Equal(JsonKind.Number, part.Kind);
            }

            Assert.Equal(text == "[1]" ? 1 : 0, number);
        }
    }

    [Fact]
    public void Text_resolves_escapes_and_raw_does_not()
    {
        var item = JsonItem.Parse("\"a\\u00e9\\uD83D\\uDE00\\\"\\/\\uD800x\\uDC00\""u8.ToArray());
        byte[] scratch = [];
        var copy = new byte[100];

        Assert.True(item.HasEscapes);
        Assert.Equal("aé😀\"/\ufffdx\ufffd", item.GetString());
        Assert.Equal("aé😀\"/\ufffdx\ufffd", Encoding.UTF8.GetString(item.Text(ref scratch)));
        Assert.Equal("aé😀\"/\ufffdx\ufffd", Encoding.UTF8.GetString(copy, 0, item.CopyText(copy)));
        Assert.Equal("a\\u00e9\\uD83D\\uDE00\\\"\\/\\uD800x\\uDC00", Encoding.UTF8.GetString(item.Raw));
    }

    [Fact]
    public void Numbers_are_read_when_they_fit()
    {
        static (bool, long) Whole(string text)
        {
            var fits = JsonItem.Parse(Encoding.UTF8.GetBytes(text)).TryGetInt64(out var value);
            return (fits, fits ? value : 0);
        }

        Assert.Equal((true, -12L), Whole("-12"));
        Assert.Equal((true, long.MaxValue), Whole("9223372036854775807"));
        Assert.Equal((false, 0L), Whole("9223372036854775808"));
        Assert.Equal((false, 0L), Whole("1.5"));
        Assert.Equal((false, 0L), Whole("\"1\""));
        Assert.True(JsonItem.Parse("-1.5e3"u8.ToArray()).TryGetDouble(out var real));
        Assert.Equal(-1500.0, real);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("1 2", false)]
    [InlineData("{} x", false)]
    [InlineData("[1", true)]
    public void Only_one_whole_document_is_parsed(string text, bool truncated)
    {
        var fault = Assert.Throws<JsonFault>(() => { JsonItem.Parse(Encoding.UTF8.GetBytes(text)); });

        Assert.Equal(truncated, fault.IsTruncated);
    }

    [Fact]
    public void A_parsed_document_survives_the_look_behind_it()
    {
        for (var pad = 0; pad < 200; pad++)
        {
            var item = JsonItem.Parse(Encoding.UTF8.GetBytes(new string('\n', pad) + "{\"a\":\"b\"}" + new string(' ', pad)));
            Assert.True(item.TryGet("a"u8, out var value));
            Assert.True(value.TextIs("b"u8));
            Assert.Equal(pad + 1, value.Line);
        }
    }
}
