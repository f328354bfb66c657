using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tazan.Fleets;

/// <summary>A JSON object being put together, member by member, in the order AWS gives them.</summary>
/// <remarks>Members that are null are left out, as AWS leaves out what is not set; <see cref="Nothing"/> is a written null.</remarks>
internal sealed class Json : IEnumerable<KeyValuePair<string, object>>
{
    public static readonly object Nothing = new();

    /// <summary>An empty list.</summary>
    public static readonly object[] None = [];

    private readonly List<KeyValuePair<string, object>> members = [];

    public void Add(string name, object? value)
    {
        if (value is not null)
        {
            members.Add(new(name, value));
        }
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>A time as the AWS CLI prints it: ISO 8601 with an offset.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case Json json:
                json.WriteTo(writer);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteNumber(writer, number);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(Time(time));
                break;
            case double[] numbers:
                writer.WriteStartArray();
                foreach (var number in numbers)
                {
                    WriteNumber(writer, number);
                }

                writer.WriteEndArray();
                break;
            case IEnumerable<object> items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                if (!ReferenceEquals(value, Nothing))
                {
                    throw new UnreachableException($"no JSON form for {value.GetType()}");
                }

                writer.WriteNullValue();
                break;
        }
    }

    // The CLI prints a double that is whole as 60.0.
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        Span<char> text = stackalloc char[32];
        if (number == Math.Floor(number) && Math.Abs(number) < 1e15)
        {
            _ = number.TryFormat(text, out var length, "0.0", CultureInfo.InvariantCulture);
            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
