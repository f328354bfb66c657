using System.Text;

namespace Tazan.Inventory.Tests.Json;

/// <summary>Random documents that are always valid: one for each seed.</summary>
internal sealed class SomeJson(int seed)
{
    private static readonly string[] Literals = ["true", "false", "null", "0", "-0", "1e9", "-12.5E-3", "1234567890", "0.1"];
    private static readonly string[] Bits =
    [
        "a", "xyz", "i-0a1b2c3d4e5f67890", " ", "\\\"", "\\\\", "\\/", "\\n", "\\t\\b\\f\\r", "\\u0041", "\\u00e9", "\\uD83D\\uDE00", "é", "日本語", "𝄞", "{", "}", "[", "]", ":", ",", "'", "\u007f",
    ];

    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();

    /// <summary>About <paramref name="size"/> values.</summary>
    public string Document(int size)
    {
        text.Clear();
        Space();
        Value(size, 0);
        Space();
        return text.ToString();
    }

    private void Value(int size, int depth)
    {
        switch (size <= 1 || depth > 20 ? random.Next(2) : 2 + random.Next(2))
        {
            case 0:
                text.Append(Literals[random.Next(Literals.Length)]);
                break;
            case 1:
                String();
                break;
            case 2:
                Many('[', ']', size, depth, named: false);
                break;
            default:
                Many('{', '}', size, depth, named: true);
                break;
        }
    }

    private void Many(char open, char close, int size, int depth, bool named)
    {
        text.Append(open);
        var parts = random.Next(0, Math.Min(size, 8) + 1);
        for (var i = 0; i < parts; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            Space();
            if (named)
            {
                String();
                Space();
                text.Append(':');
                Space();
            }

            Value(size / parts, depth + 1);
            Space();
        }

        if (parts == 0)
        {
            Space();
        }

        text.Append(close);
    }

    private void String()
    {
        text.Append('"');
        for (var left = random.Next(10) == 0 ? random.Next(60) : random.Next(5); left > 0; left--)
        {
            text.Append(Bits[random.Next(Bits.Length)]);
        }

        text.Append('"');
    }

    private void Space()
    {
        for (var left = random.Next(4) == 0 ? random.Next(5) : 0; left > 0; left--)
        {
            text.Append(" \n\t\r"[random.Next(4)]);
        }
    }
}
