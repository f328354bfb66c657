using System.Collections.Frozen;
using System.Collections.Immutable;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Import;

/// <summary>Tells by its members which call a document answers.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal static class Recognition
{
    /// <summary>Members beside the answer that tell an event, as EventBridge or Config deliver it.</summary>
    public static readonly FrozenSet<string> EventMembers =
        new[] { "detail-type", "configurationItem", "invokingEvent", "configurationItemDiff", "configurationItems", "configurationItemCaptureTime", "Records", "awsAccountId", "configurationItemVersion", "eventVersion" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ImmutableArray<Call>> ByMark = Catalogue.Calls
        .SelectMany(static call => call.Marks, static (call, mark) => (call, mark))
        .GroupBy(static pair => pair.mark, static pair => pair.call, StringComparer.Ordinal)
        .ToFrozenDictionary(static g => g.Key, static g => g.ToImmutableArray(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ImmutableArray<Call>>.AlternateLookup<ReadOnlySpan<char>> Marks =
        ByMark.GetAlternateLookup<ReadOnlySpan<char>>();

    // What the answer itself is asked for: these, and no others, are kept until the document's end.
    private static readonly FrozenSet<string> Kept = Catalogue.Calls
        .SelectMany(static call => call.Marks.Concat(call.Needs).Append(call.Parameter).Concat(Plans.Of(call).Answer.Root.Names))
        .Where(static name => name.Length > 0)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a call could want this member of the answer itself.</summary>
    public static bool IsKept(string name) => Kept.Contains(name);

    /// <summary>The calls of whose answers this member is a mark.</summary>
    public static ImmutableArray<Call> Marked(string name) => Marks.TryGetValue(name, out var calls) ? calls : [];

    /// <summary>The calls among the candidates whose items look like this one.</summary>
    public static ImmutableArray<Call> Fit(ImmutableArray<Call> candidates, JsonItem item)
    {
        // An image in the recycle bin looks like an image, but is gone (ListImagesInRecycleBin).
        if (item.TryGet("RecycleBinEnterTime"u8, out _))
        {
            return [];
        }

        var fit = ImmutableArray.CreateBuilder<Call>();
        foreach (var call in candidates)
        {
            if (call.ItemMarks.IsEmpty || HasOne(item, call.ItemMarks))
            {
                fit.Add(call);
            }
        }

        return fit.DrainToImmutable();
    }

    /// <summary>
    /// The call of an answer that has no list to tell it: by the members of the answer itself.
    /// </summary>
    /// <param name="answer">What was kept of the answer.</param>
    /// <param name="hints">Settle what the members leave open.</param>
    /// <param name="why">Why nothing was found.</param>
    public static Call? OfAnswer(JsonItem answer, NameHints hints, out string why)
    {
        why = "";
        var found = new List<Call>();
        var weak = new List<Call>();
        foreach (var member in answer.Members)
        {
            foreach (var call in Marked(member.GetName()))
            {
                if (found.Contains(call) || weak.Contains(call) || !TakesAnswer(call, member.Value))
                {
                    continue;
                }

                // An empty list, or a word that many services use, decides nothing by itself.
                (IsSure(call, answer, member.Value) ? found : weak).Add(call);
            }
        }

        if (Settle(found, hints) is { } sure)
        {
            return sure;
        }

        if (found.Count == 0 && weak.Where(hints.Calls.Contains).ToList() is [var only])
        {
            return only;
        }

        var all = found.Concat(weak).Select(static c => $"{c.Service} {Call.Kebab(c.Operation)}").Distinct().ToList();
        why = all.Count > 0
            ? $"it could answer {string.Join(" or ", all)}{(all.Count == 1 ? ", or another call" : "")}: name the file for its call, such as {Call.Kebab((found.Count > 0 ? found : weak)[0].Operation)}.json"
            : "";
        return null;
    }

    /// <summary>The only one, or the only one that the name fits.</summary>
    public static Call? Settle(IReadOnlyList<Call> fit, NameHints hints)
    {
        if (fit.Count <= 1)
        {
            return fit.Count == 1 ? fit[0] : null;
        }

        var named = fit.Where(hints.Calls.Contains).ToList();
        if (named.Count == 1)
        {
            return named[0];
        }

        // Attributes of a balancer and of a target group look alike; the resource asked about tells them apart.
        var kind = hints.Resource is { } resource ? (resource.Contains(":targetgroup/", StringComparison.Ordinal) ? "target_group" : resource.Contains(":loadbalancer/", StringComparison.Ordinal) ? "load_balancer" : "") : "";
        var asked = kind.Length == 0 ? [] : fit.Where(call => call.AskedAbout == kind).ToList();
        return asked.Count == 1 ? asked[0] : null;
    }

    // Lists that make rows were looked at while they streamed by; what is left here is the answer itself, or an empty list.
    private static bool TakesAnswer(Call call, JsonItem marked)
    {
        if (marked.Kind == JsonKind.Array)
        {
            foreach (var item in marked.Items)
            {
                return !Fit([call], item).IsEmpty;
            }

            return true;
        }

        return call.ItemMarks.IsEmpty || marked.Kind != JsonKind.Object || HasOne(marked, call.ItemMarks);
    }

    private static bool IsSure(Call call, JsonItem answer, JsonItem marked)
    {
        foreach (var need in call.Needs)
        {
            if (!answer.TryGet(System.Text.Encoding.UTF8.GetBytes(need), out _))
            {
                return false;
            }
        }

        if (call.ItemMarks.IsEmpty)
        {
            return call.MarksSuffice;
        }

        if (marked.Kind == JsonKind.Array)
        {
            foreach (var item in marked.Items)
            {
                return true;
            }

            return false;
        }

        return marked.Kind == JsonKind.Object;
    }

    private static bool HasOne(JsonItem item, ImmutableArray<string> names)
    {
        foreach (var member in item.Members)
        {
            foreach (var name in names)
            {
                if (EqualsAscii(member.Name, name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool EqualsAscii(ReadOnlySpan<byte> utf8, string text) => System.Text.Ascii.Equals(utf8, text);
}

/// <summary>The plans of all calls, compiled once. Immutable, thread-safe.</summary>
internal static class Plans
{
    private static readonly FrozenDictionary<Call, CallPlan> ByCall = Compile();

    /// <summary>All maps of all plans, by their number.</summary>
    public static ImmutableArray<MapPlan> Maps { get; } =
        [.. ByCall.Values.SelectMany(static plan => plan.Maps).OrderBy(static map => map.Id)];

    public static CallPlan Of(Call call) => ByCall[call];

    private static FrozenDictionary<Call, CallPlan> Compile()
    {
        var plans = new Dictionary<Call, CallPlan>(ReferenceEqualityComparer.Instance as IEqualityComparer<Call>);
        var next = 0;
        foreach (var call in Catalogue.Calls)
        {
            plans.Add(call, CallPlan.Compile(call, next));
            next += call.Fills.Length;
        }

        return plans.ToFrozenDictionary(ReferenceEqualityComparer.Instance as IEqualityComparer<Call>);
    }
}
