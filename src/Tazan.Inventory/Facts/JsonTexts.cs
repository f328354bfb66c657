using System.Text;
using System.Text.Json;

namespace Tazan.Inventory.Facts;

/// <summary>The two JSON shapes that columns hold: an array of texts, and an object of texts.</summary>
public static class JsonTexts
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a list column.</summary>
    public static string Array(IEnumerable<string> values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartArray();
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Reads a list column; null or empty gives no values.</summary>
    public static List<string> ReadArray(ReadOnlySpan<byte> json)
    {
        var values = new List<string>();
        if (json.IsEmpty)
        {
            return values;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                values.Add(reader.GetString()!);
            }
        }

        return values;
    }

    /// <summary>Reads a tags column; null or empty gives none.</summary>
    public static Dictionary<string, string> ReadObject(ReadOnlySpan<byte> json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.IsEmpty)
        {
            return values;
        }

        var reader = new Utf8JsonReader(json);
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                values[name] = reader.GetString()!;
            }
        }

        return values;
    }
}
