using System.Text;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

public sealed class JsonGrammarTests
{
    public static TheoryData<string> Good { get; } =
    [
        "{}", "[]", " [ ] ", "\t{\r\n}\n", "0", "-0", "12", "-12.50", "1e5", "1E+5", "1.25e-10", "true", "false", "null", "\"\"",
        "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"", "\"\\\\\"", "\"\\\\\\\\\"", "\"\\\\\\\"\"", "\"é𝄞\u2028\"", "\"\u007f\"",
        "[1,2 , 3]", "[[],[[]],{}]", "{\"a\":1}", "{ \"a\" : 1 , \"b\" : [ ] }", "{\"\":{\"\":{}}}", "{\"a\":1,\"a\":2}",
        "[\"{\",\"}\",\"[\",\"]\",\":\",\",\"]", "{\"a\\\"b\":\"c\\\\\"}", "[true,false,null,0,\"\"]", "[0,0.0,0e0]", "\"\\uD800\"", "[ \"a\" , \"b\" ]",
        "[12345678901234567890123456789012345678901234567890.5]", "\"                                                                        \\\"\"",
    ];

    public static TheoryData<string> Bad { get; } =
    [
        "{", "}", "[", "]", ",", ":", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{\"a\" 1}",
        "{\"a\"::1}", "{1:2}", "{a:1}", "{null:1}", "{\"a\":1]", "[1}", "[}", "{]", "{\"a\",1}", "[1:2]", "[\"a\":1]", "01", "-", "-a", "+1", "1.", ".5", "1.e5", "1e", "1e+",
        "0x10", "1_000", "--1", "1-1", "NaN", "Infinity", "-Infinity", "tru", "truee", "True", "nul", "nulll", "fals", "falsey", "t", "[true false]",
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\a\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u\"", "\"\\U0041\"", "\"a\nb\"", "\"a\tb\"", "\"\u0001\"", "\"\0\"", "'a'",
        "\"a\"\\\"  ", "[\"a\"\\\"  ,1]", "[\"a\"\\n,1]", "[\\n]", "\\", "\\\"\"", "[1\\2]", "[1\"a\"]", "[\"a\"1]", "[\"a\"\"b\"]", "[\"a\" \"b\"]", "[1\u00a0]", "[\u000c1]", "[\u001a]", "{\"a\"\u001a1}", "[1\u000c2]",
        "// a\n1", "/* */1", "[1]/", "{}x", "{}]", "[] ,", "1,2", "\0", "\u0001", "[\0]", "{\"a\":1}}", "é", "[é]", "12é", "\"a\" é", "[1,2", "{\"a\":[1,{\"b\":2}", "\ufeff", "[\ufeff]",
    ];

    public static TheoryData<int> Widths { get; } = [.. Enumerable.Range(0, (int)StructuralScan.Widest + 1)];

    [Theory, MemberData(nameof(Good))]
    public void What_the_grammar_allows_is_read(string text)
    {
        foreach (var width in Widths)
        {
            Assert.Equal([Plain.Of(text)], Plain.ReadAll(Encoding.UTF8.GetBytes(text), 64, (ScanWidth)(int)width));
            Assert.Equal(1, Plain.SkipAll(Encoding.UTF8.GetBytes(text), 64));
        }
    }

    [Theory, MemberData(nameof(Bad))]
    public void What_the_grammar_forbids_is_a_fault_read_or_skipped_or_walked(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (text == "\ufeff")
        {
            Assert.Empty(Plain.ReadAll(bytes, 64));
            return;
        }

        foreach (var width in Widths)
        {
            Assert.Throws<JsonFault>(() => Plain.ReadAll(bytes, 64, (ScanWidth)(int)width));
        }

        Assert.Throws<JsonFault>(() => Plain.SkipAll(bytes, 64));
        Assert.Throws<JsonFault>(() => Plain.WalkAll(bytes, 64));
    }

    public static TheoryData<string> BadUtf8 { get; } =
    [
        "80", "BF", "C080", "C1BF", "C3", "C328", "E08080", "EDA080", "E282", "F09D84",
        "F0808080", "F4908080", "F5808080", "FE", "FF", "E282AC80",
    ];

    [Theory, MemberData(nameof(BadUtf8))]
    public void Invalid_utf8_in_a_string_is_a_fault_wherever_it_falls(string hex)
    {
        var bad = Convert.FromHexString(hex);
        for (var pad = 0; pad < 140; pad++)
        {
            byte[] text = [.. "[\""u8, .. Enumerable.Repeat((byte)'x', pad), .. bad, .. "\", 1]"u8];

            var fault = Assert.Throws<JsonFault>(() => Plain.ReadAll(text, 64));

            Assert.InRange(fault.Offset, pad + 2, pad + 2 + bad.Length);
            Assert.False(fault.IsTruncated);
            Assert.Throws<JsonFault>(() => Plain.SkipAll(text, 64));
        }
    }

    [Fact]
    public void A_document_may_be_as_deep_as_the_limit_and_no_deeper()
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var core = open == "[" ? "" : "1";
            byte[] Deep(int depth) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + core + string.Concat(Enumerable.Repeat(close, depth)));

            Assert.Single(Plain.ReadAll(Deep(JsonWindow.DepthLimit), 64));
            Plain.WalkAll(Deep(JsonWindow.DepthLimit), 64);

            Assert.Contains("deep", Assert.Throws<JsonFault>(() => Plain.ReadAll(Deep(JsonWindow.DepthLimit + 1), 64)).Message, StringComparison.Ordinal);
            Assert.Throws<JsonFault>(() => Plain.SkipAll(Deep(JsonWindow.DepthLimit + 1), 64));
            Assert.Throws<JsonFault>(() => Plain.WalkAll(Deep(JsonWindow.DepthLimit + 1), 64));
            Assert.Throws<JsonFault>(() => Plain.SkipAll(Deep(1_000_000), 1 << 16));
        }
    }
}
