using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Tazan.Inventory.Calls;

namespace Tazan.Inventory.Import;

/// <summary>What a file's name and folders say. Content comes first; these settle what content leaves open.</summary>
/// <remarks>
/// Understood: <c>describe-instances.json</c>, <c>DescribeInstances_1.json</c>, <c>ec2-describe-instances.json.gz</c>,
/// <c>prod-us-east-1-describe-instances.json</c>; a folder named for the call with one file for each resource asked
/// about, <c>elbv2-describe-target-health/arn%3Aaws%3A….json</c>; and <c>get-policy--my-function.json</c>.
/// </remarks>
internal sealed class NameHints
{
    private static readonly string[] ReadVerbs = ["describe", "list", "get", "batch", "lookup", "search", "scan", "query", "head"];

    private static readonly string[] WriteVerbs =
    [
        "create", "modify", "delete", "put", "update", "run", "start", "stop", "terminate", "reboot", "attach", "detach", "associate",
        "disassociate", "enable", "disable", "register", "deregister", "tag", "untag", "allocate", "release", "assign", "unassign",
        "authorize", "revoke", "copy", "restore", "reset", "replace", "cancel", "import", "export", "request", "accept", "reject", "add", "remove", "set", "suspend", "resume",
    ];

    private static readonly FrozenDictionary<string, ImmutableArray<Call>> ByFirstWord = Catalogue.Calls
        .GroupBy(static call => Words(call.Operation)[0], StringComparer.Ordinal)
        .ToFrozenDictionary(static g => g.Key, static g => g.ToImmutableArray(), StringComparer.Ordinal);

    private NameHints(ImmutableArray<Call> calls, string operation, bool isWrite, bool isExact, string? resource)
    {
        Calls = calls;
        Operation = operation;
        IsWrite = isWrite;
        IsExact = isExact;
        Resource = resource;
    }

    /// <summary>The catalogue's calls that the name fits: one, several of one name, or none.</summary>
    public ImmutableArray<Call> Calls { get; }

    /// <summary>The operation that the name seems to tell, in words such as <c>describe-vpc-attribute</c>; empty where none.</summary>
    public string Operation { get; }

    /// <summary>Whether that operation changes something.</summary>
    public bool IsWrite { get; }

    /// <summary>Whether the name tells that operation and nothing more than numbers.</summary>
    public bool IsExact { get; }

    /// <summary>The resource that the call was asked about; null where the name tells none.</summary>
    public string? Resource { get; }

    /// <summary>Reads a path.</summary>
    public static NameHints Of(string path)
    {
        if (path == "-")
        {
            return new([], "", false, false, null);
        }

        var parts = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var name = Stem(parts[^1]);
        var dashes = name.IndexOf("--", StringComparison.Ordinal);
        var before = dashes > 0 ? name[..dashes] : name;
        var own = Read(before);
        if (own.Operation.Length > 0)
        {
            return new(own.Calls, own.Operation, own.IsWrite, own.IsExact, dashes > 0 ? Decode(name[(dashes + 2)..]) : null);
        }

        // The file is named for the resource, the folder for the call; nothing deeper than three folders.
        for (var i = parts.Length - 2; i >= 0 && i >= parts.Length - 4; i--)
        {
            var folder = Read(parts[i]);
            if (folder.Operation.Length > 0 && parts[i].Contains('-'))
            {
                return new(folder.Calls, folder.Operation, folder.IsWrite, folder.IsExact, Decode(name));
            }
        }

        return new([], "", false, false, null);
    }

    /// <summary>The words of a name in camel case or with separators: <c>DescribeDBInstances</c> gives describe, db, instances.</summary>
    internal static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var part in text.Split(['-', '_', '.', ' ', '/', '=', '+', '@'], StringSplitOptions.RemoveEmptyEntries))
        {
            words.AddRange(char.IsAsciiLetterUpper(part[0])
                ? Call.Kebab(part).Split('-', StringSplitOptions.RemoveEmptyEntries)
                : [part.ToLowerInvariant()]);
        }

        return words;
    }

    private static (ImmutableArray<Call> Calls, string Operation, bool IsWrite, bool IsExact) Read(string name)
    {
        var words = Words(name);
        (ImmutableArray<Call> Calls, string Operation, bool IsWrite, bool IsExact) best = ([], "", false, false);
        var bestLength = 0;
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var call in ByFirstWord.GetValueOrDefault(words[i], []))
            {
                var operation = Words(call.Operation);
                if (i + operation.Count > words.Count || !operation.SequenceEqual(words.Skip(i).Take(operation.Count)))
                {
                    continue;
                }

                var service = i > 0 ? ServiceBefore(words, i) : "";
                var fits = service.Length == 0 || Matches(service, call.Service);
                if (!fits)
                {
                    continue;
                }

                if (operation.Count > bestLength)
                {
                    bestLength = operation.Count;
                    best = ([call], Call.Kebab(call.Operation), false, IsNumbers(words, i + operation.Count));
                }
                else if (operation.Count == bestLength && Call.Kebab(call.Operation) == best.Operation)
                {
                    best = (best.Calls.Add(call), best.Operation, false, best.IsExact);
                }
            }
        }

        // Another operation of the provider's, which may begin with the words of one of ours.
        for (var i = 0; i < words.Count && (bestLength == 0 || !best.IsExact); i++)
        {
            var isWrite = Array.IndexOf(WriteVerbs, words[i]) >= 0;
            if ((isWrite || Array.IndexOf(ReadVerbs, words[i]) >= 0) && i + 1 < words.Count && bestLength == 0 && !IsNumber(words[i + 1]))
            {
                var rest = words.Skip(i).TakeWhile(static w => !IsNumber(w)).ToList();
                return ([], string.Join('-', rest), isWrite, true);
            }
        }

        return best;
    }

    // "ec2-describe-…", "service-quotas-list-…": the words before the operation, if they name a service of ours.
    private static string ServiceBefore(List<string> words, int at)
    {
        foreach (var service in Services)
        {
            var parts = service.Split('-');
            if (parts.Length <= at && parts.SequenceEqual(words.Skip(at - parts.Length).Take(parts.Length)))
            {
                return service;
            }
        }

        return "";
    }

    private static readonly ImmutableArray<string> Services =
        [.. Catalogue.Calls.Select(static c => c.Service).Append("s3").Append("iam").Append("ecr").Append("secretsmanager").Append("elasticloadbalancing").Append("elasticloadbalancingv2").Distinct().OrderByDescending(static s => s.Length)];

    private static bool Matches(string named, string service) =>
        named == service || (named, service) is ("s3", "s3api") or ("elasticloadbalancing", "elb") or ("elasticloadbalancing", "elbv2") or ("elasticloadbalancingv2", "elbv2");

    private static bool IsNumbers(List<string> words, int from) => words.Skip(from).All(IsNumber);

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    private static string Stem(string file)
    {
        foreach (var ending in (string[])[".gz", ".json", ".txt", ".out"])
        {
            if (file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                file = file[..^ending.Length];
            }
        }

        return file;
    }

    private static string? Decode(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\uFFFD') || Encoding.UTF8.GetByteCount(decoded) > 2048 ? null : decoded;
    }
}
