using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tazan.Fleets;

/// <summary>A fleet with ids: every answer that the read-only AWS calls would give about it.</summary>
/// <remarks>Immutable. Made by <see cref="FleetGenerator"/>, turned into files by <see cref="FleetWriter"/>.</remarks>
public sealed class Fleet
{
    internal Fleet(string name, int instances, ImmutableArray<SavedAnswer> answers)
    {
        Name = name;
        InstanceCount = instances;
        Answers = answers;
    }

    public string Name { get; }

    public int InstanceCount { get; }

    /// <summary>In the order of their paths, each path once.</summary>
    public ImmutableArray<SavedAnswer> Answers { get; }
}

/// <summary>One call's answer (or one page of it), as saved from the AWS CLI.</summary>
public sealed class SavedAnswer
{
    // The CLI's indent, and text as it is: only quotes, backslashes and control characters are escaped.
    private static readonly JsonWriterOptions AsTheCliPrints = new()
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Json body;

    internal SavedAnswer(string account, string region, string call, string resource, int page, Json body)
    {
        this.body = body;
        Account = account;
        Region = region;
        Call = call;
        Resource = resource;
        Page = page;
    }

    /// <summary>Twelve digits.</summary>
    public string Account { get; }

    /// <summary>A region, or <c>global</c>.</summary>
    public string Region { get; }

    /// <summary>Service and command, such as <c>ec2-describe-instances</c>.</summary>
    public string Call { get; }

    /// <summary>The resource asked about, where the answer does not name it; else empty.</summary>
    public string Resource { get; }

    /// <summary>From 1; 0 when the answer has one page.</summary>
    public int Page { get; }

    /// <summary>Where it is saved, with forward slashes: <c>123456789012/ap-northeast-1/ec2-describe-instances.json</c>.</summary>
    public string Path
    {
        get
        {
            var page = Page == 0 ? "" : $"-{Page:0000}";
            return Resource.Length == 0 ? $"{Account}/{Region}/{Call}{page}.json"
                : $"{Account}/{Region}/{Call}/{Uri.EscapeDataString(Resource)}{page}.json";
        }
    }

    /// <summary>Writes the JSON text, UTF-8, ending in a newline.</summary>
    /// <exception cref="IOException">The stream cannot take it.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using (var writer = new Utf8JsonWriter(stream, AsTheCliPrints))
        {
            body.WriteTo(writer);
        }

        stream.Write("\n"u8);
    }
}
