using System.Globalization;
using System.Text;
using System.Text.Json;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Tests.Json;

/// <summary>A value written out in one way, so that what our reader and System.Text.Json have seen can be compared as text.</summary>
internal static class Plain
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 600 });
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return text.ToString();
    }

    public static List<string> ReadAll(byte[] json, int windowBytes, ScanWidth? width = null, int mostBytesARead = int.MaxValue)
    {
        var all = new List<string>();
        using var window = Open(json, windowBytes, width, mostBytesARead);
        while (window.TryStart())
        {
            var kind = window.Kind;
            var item = window.Read();
            Assert.Equal(kind, item.Kind);
            all.Add(Of(item));
        }

        return all;
    }

    public static int SkipAll(byte[] json, int windowBytes)
    {
        var number = 0;
        using var window = Open(json, windowBytes);
        for (; window.TryStart(); number++)
        {
            window.Skip();
        }

        return number;
    }

    /// <summary>Goes inside everything with the cursor and reads only what has no inside.</summary>
    public static List<string> WalkAll(byte[] json, int windowBytes, ScanWidth? width = null, int mostBytesARead = int.MaxValue)
    {
        var all = new List<string>();
        using var window = Open(json, windowBytes, width, mostBytesARead);
        while (window.TryStart())
        {
            var text = new StringBuilder();
            Walk(window, text);
            all.Add(text.ToString());
        }

        return all;
    }

    public static string Of(JsonItem item)
    {
        var text = new StringBuilder();
        Write(item, text);
        return text.ToString();
    }

    private static JsonWindow Open(byte[] json, int windowBytes, ScanWidth? width = null, int mostBytesARead = int.MaxValue) =>
        new(new Trickle(json, mostBytesARead), "test.json", windowBytes, 1 << 28, width ?? StructuralScan.Widest);

    private static void Walk(JsonWindow window, StringBuilder text)
    {
        switch (window.Kind)
        {
            case JsonKind.Object:
                window.Enter();
                text.Append('{');
                while (window.NextMember(out var name))
                {
                    // The name outlives a look at the value.
                    _ = window.Kind;
                    text.Append(Quoted(Encoding.UTF8.GetString(name))).Append(':');
                    Walk(window, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonKind.Array:
                window.Enter();
                text.Append('[');
                while (window.NextItem())
                {
                    Walk(window, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                Write(window.Read(), text);
                break;
        }
    }

    private static void Write(JsonItem item, StringBuilder text)
    {
        switch (item.Kind)
        {
            case JsonKind.Object:
                text.Append('{');
                foreach (var member in item.Members)
                {
                    text.Append(Quoted(member.GetName())).Append(':');
                    Write(member.Value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                foreach (var part in item.Items)
                {
                    Write(part, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonKind.String:
                text.Append(Quoted(item.GetString()));
                break;
            case JsonKind.Number:
                text.Append(Encoding.UTF8.GetString(item.Raw));
                break;
            default:
                text.Append(item.Kind);
                Assert.Equal(item.Kind.ToString(), Encoding.UTF8.GetString(item.Raw), ignoreCase: true);
                break;
        }
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in element.EnumerateObject())
                {
                    text.Append(Quoted(member.Name)).Append(':');
                    Write(member.Value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var part in element.EnumerateArray())
                {
                    Write(part, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(element.GetRawText() == "\"\\uD800\"" ? Quoted("\ufffd") : Quoted(element.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(element.GetRawText());
                break;
            default:
                text.Append(element.ValueKind);
                break;
        }
    }

    private static string Quoted(string text) => text.Length.ToString(CultureInfo.InvariantCulture) + "'" + text + "'";
}

/// <summary>A stream that gives few bytes at a time, as a pipe does.</summary>
internal sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
}
