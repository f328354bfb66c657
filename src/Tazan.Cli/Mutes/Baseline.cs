using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tazan.Cli.Output;

namespace Tazan.Cli.Mutes;

/// <summary>The exposures that a team already knows: <c>--baseline FILE</c> shows only what is new since it was written.</summary>
/// <remarks>A file of format <c>tazan.baseline/1</c>, keys in order, so that two of them can be compared by eye. Immutable.</remarks>
public sealed class Baseline
{
    private const string Format = "tazan.baseline/1";
    private static readonly string[] Members = ["format", "writtenAt", "exposures"];
    private static readonly string[] EntryMembers = ["lesson", "key"];

    private readonly ImmutableHashSet<string> keys;
    private readonly string name;

    private Baseline(string name, DateTimeOffset writtenAt, ImmutableHashSet<string> keys) => (this.name, WrittenAt, this.keys) = (name, writtenAt, keys);

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset WrittenAt { get; }

    /// <summary>How many exposures it knows.</summary>
    public int Count => keys.Count;

    /// <summary>Writes every exposure of a check as known.</summary>
    public static void Write(CheckReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using var json = Json.OpenPretty(output);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.Time("writtenAt", report.CheckedAt);
        json.WriteStartArray("exposures");
        foreach (var exposure in report.Answers.SelectMany(static a => a.Exposures).DistinctBy(static e => e.Key).OrderBy(static e => e.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("lesson", exposure.Lesson);
            json.WriteString("key", exposure.Key);
            json.WriteEndObject();
            json.FlushIfLarge();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Json.Close(json, output);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserError">It is missing or is no baseline; the message has the line.</exception>
    /// <exception cref="WorldFailed">The disk refused.</exception>
    public static Baseline Read(string path) => Parse(UserFile.Read(path, "TZN1811", "Write one first: tazan check --write-baseline FILE"), path);

    /// <summary>Reads a file's bytes; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="UserError">The bytes are no baseline.</exception>
    public static Baseline Parse(ReadOnlySpan<byte> bytes, string name)
    {
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var json = new Utf8JsonReader(bytes);
        try
        {
            return Document(ref json, bytes, name);
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            throw new UserError("TZN1812", $"{name}:{line}", "this is not JSON, or it ends in the middle.", "Write the baseline anew.", e);
        }
        catch (InvalidOperationException e)
        {
            // GetString says so about text that is no UTF-8.
            throw Wrong(json, bytes, name, "text that is not UTF-8.", "Write the baseline anew.", e);
        }
    }

    /// <summary>The check without what is known; <see cref="CheckReport.InBaseline"/> counts it.</summary>
    public CheckReport Apply(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var sieved = Sieve.Without(report, e => keys.Contains(e.Key), $"in the baseline {name} of {Words.Iso(WrittenAt)}", out var taken);
        return sieved with { InBaseline = report.InBaseline + taken };
    }

    private static Baseline Document(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name)
    {
        string? format = null;
        DateTimeOffset? writtenAt = null;
        ImmutableHashSet<string>? keys = null;
        Expect(ref json, bytes, name, JsonTokenType.StartObject, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            switch (Member(ref json, bytes, name, Members))
            {
                case "format":
                    format = Text(ref json, bytes, name);
                    if (format != Format)
                    {
                        throw Wrong(json, bytes, name, $"the format is '{PlainText.Clean(format)}', and this version reads '{Format}'.", "Write the baseline anew.");
                    }

                    break;
                case "writtenAt":
                    var text = Text(ref json, bytes, name);
                    writtenAt = DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                        ? time : throw Wrong(json, bytes, name, $"'{PlainText.Clean(text)}' is no time.", "Write it as 2026-01-31T09:00:00Z.");
                    break;
                default:
                    keys = Exposures(ref json, bytes, name);
                    break;
            }
        }

        // Whatever follows the document is read too: a second one would otherwise be swallowed.
        while (json.Read())
        {
        }

        if (format is null || writtenAt is null || keys is null)
        {
            throw new UserError("TZN1812", name, "this is no baseline: it lacks format, writtenAt or exposures.", "Write one: tazan check --write-baseline FILE");
        }

        return new Baseline(name, writtenAt.Value, keys);
    }

    private static ImmutableHashSet<string> Exposures(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name)
    {
        var keys = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        Expect(ref json, bytes, name, JsonTokenType.StartArray, "a list");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                throw Wrong(json, bytes, name, "an entry is no object.", "Write it as {\"lesson\": …, \"key\": …}.");
            }

            string? key = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var member = Member(ref json, bytes, name, EntryMembers);
                var text = Text(ref json, bytes, name);
                key = member == "key" ? text : key;
            }

            keys.Add(key ?? throw Wrong(json, bytes, name, "an entry has no key.", "Write the baseline anew."));
        }

        return keys.ToImmutable();
    }

    private static string Member(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name, string[] known)
    {
        var member = json.GetString() ?? "";
        return Array.IndexOf(known, member) >= 0 ? member
            : throw Wrong(json, bytes, name, $"a baseline has no '{PlainText.Clean(member)}' here.", Nearest.Mend(member, known));
    }

    private static string Text(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name)
    {
        Expect(ref json, bytes, name, JsonTokenType.String, "a text");
        return json.GetString() ?? "";
    }

    private static void Expect(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name, JsonTokenType type, string what)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw Wrong(json, bytes, name, $"{what} was expected.", "Write the baseline anew.");
        }
    }

    private static UserError Wrong(in Utf8JsonReader json, ReadOnlySpan<byte> bytes, string name, string what, string mend, Exception? cause = null)
    {
        var line = bytes[..(int)Math.Min(json.TokenStartIndex, bytes.Length)].Count((byte)'\n') + 1;
        return cause is null ? new UserError("TZN1812", $"{name}:{line}", what, mend) : new UserError("TZN1812", $"{name}:{line}", what, mend, cause);
    }
}
