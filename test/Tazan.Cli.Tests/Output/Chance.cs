using System.Text;

namespace Tazan.Cli.Tests.Output;

/// <summary>Seeded numbers and nasty text (SplitMix64): the same on every machine and runtime.</summary>
internal sealed class Chance(ulong seed)
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "7", " ", "  ", ",", "\"", "\"\"", "'", "|", "\\", "`", "<b>", "&amp;", "\n", "\r\n", "\r", "\t", "=1+1", "+", "-", "@all", "＝",
        "\x1b[31m", "\x1b]0;owned\a", "\0", "\x7f", "\u009b", "\u202e", "\u200b", "\u2028", "日本語", "がん", "か\u3099", "🙂", "👩‍👩‍👧", "\ud83d", "\ude00", "\uffff",
        "é", "e\u0301", "{", "}", "[", "]]>", "<!--", "%00", "/", "..", ":", ";", "#", "*", "_", "i-0123456789abcdef0",
    ];

    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Below(int end) => (int)(Next() % (ulong)end);

    public string Text(int pieces)
    {
        var text = new StringBuilder();
        for (var n = Below(pieces + 1); n > 0; n--)
        {
            text.Append(Pieces[Below(Pieces.Length)]);
        }

        return text.ToString();
    }
}
