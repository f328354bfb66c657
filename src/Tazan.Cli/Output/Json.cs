using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tazan.Cli.Output;

/// <summary>What every JSON format shares. No serialiser by reflection: it would cost start-up, and field order is part of a format.</summary>
internal static class Json
{
    // A writer on a stream keeps all until it is flushed; a report of 100,000 exposures must not be held twice.
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Pretty = new()
    {
        Indented = true,
        NewLine = "\n",
        // Letters stay readable: this goes to files and terminals, never into a page's script.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter OpenPretty(Stream output) => new(output, Pretty);

    public static Utf8JsonWriter OpenCompact(Stream output) => new(output, Compact);

    public static Utf8JsonWriter OpenCompact(System.Buffers.IBufferWriter<byte> output) => new(output, Compact);

    /// <summary>Ends a pretty document: flush and a last line end.</summary>
    public static void Close(Utf8JsonWriter json, Stream output)
    {
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    public static void FlushIfLarge(this Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, Words.Iso(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Pairs as one object; a name that comes twice gets a number, since an object's names are unique.</summary>
    public static void Pairs(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        WritePairs(json, pairs);
        json.WriteEndObject();
    }

    public static void WritePairs(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        HashSet<string>? used = null;
        foreach (var pair in pairs)
        {
            used ??= new HashSet<string>(StringComparer.Ordinal);
            var unique = pair.Key;
            for (var n = 2; !used.Add(unique); n++)
            {
                unique = $"{pair.Key}_{n}";
            }

            json.WriteString(unique, pair.Value);
        }
    }

    public static void Resource(this Utf8JsonWriter json, string name, Resource resource)
    {
        json.WriteStartObject(name);
        json.WriteString("type", resource.Type);
        json.WriteString("id", resource.Id);
        json.WriteString("arn", resource.Arn);
        json.WriteString("account", resource.Account);
        json.WriteString("region", resource.Region);
        json.WriteEndObject();
    }

    public static void BlindSpot(this Utf8JsonWriter json, BlindSpot spot)
    {
        json.WriteString("account", spot.Account);
        json.WriteString("region", spot.Region);
        json.WriteString("service", spot.Service);
        json.WriteString("operation", spot.Operation);
        json.WriteString("reason", spot.Reason);
        json.WriteString("mend", spot.Mend);
    }
}
