using System.Collections.Immutable;
using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Json;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Import;

/// <summary>Reads one file: finds its documents, recognises each, and makes rows of it while it streams by.</summary>
/// <remarks>
/// <para>A document is an answer, or an envelope around one: <c>{"status_code": 200, "data": {…}}</c> of SDK recorders,
/// a list of answers, or the published examples of an API (<c>{"examples": {"Op": [{"input", "output"}]}}</c>).</para>
/// <para>Lists that are some call's mark are read item by item; the call is told by the first item. What else stands in
/// the answer and could be wanted is set aside, and looked at when the document ends.</para>
/// </remarks>
internal sealed partial class FileReader : IDisposable
{
    // What an answer holds beside its lists is small; a policy or a console output at most.
    private const int LargestAside = 32 << 20;

    private readonly FileImport file;
    private readonly ReadOnlyMemory<byte> head;
    private readonly JsonWindow window;
    private readonly NameHints hints;
    private readonly PlanWalker walker;
    private readonly CancellationToken cancellation;
    private readonly MemoryStream aside = new();
    private Document? open;

    public FileReader(FileImport file, Stream stream, ReadOnlyMemory<byte> head, ValueWriter values, Func<RowBatch, RowBatch> pass, RowBatch first, CancellationToken cancellation)
    {
        this.file = file;
        this.head = head;
        this.cancellation = cancellation;
        hints = NameHints.Of(file.File.Path);
        window = new JsonWindow(stream, file.File.Path);
        walker = new PlanWalker(file, values, pass, first);
    }

    /// <summary>The batch under way; what is in it when reading ends is the caller's to pass on.</summary>
    public RowBatch Batch => walker.Batch;

    /// <summary>Reads the file to its end, or to where it is broken.</summary>
    public void ReadAll()
    {
        try
        {
            while (window.TryStart())
            {
                cancellation.ThrowIfCancellationRequested();
                ReadTop();
            }

            if (file.Documents.Count == 0)
            {
                var empty = Begin();
                empty.Status = DocumentStatus.Broken;
                empty.Call = hints.Calls.Length == 1 ? hints.Calls[0] : null;
                empty.Note = $"{file.File.Path}:1: the file is empty: the command that should have filled it failed, or is still running. Save it again.";
                open = null;
            }
        }
        catch (JsonFault fault)
        {
            Break(fault);
        }
        catch (InvalidDataException e)
        {
            Break($"the gzip data is damaged or cut off ({e.Message})", isForeign: false, window.Line);
        }
        finally
        {
            file.BytesRead = window.BytesRead;
        }
    }

    public void Dispose()
    {
        window.Dispose();
        aside.Dispose();
    }

    private void ReadTop()
    {
        if (window.Kind == JsonKind.Array)
        {
            window.Enter();
            while (window.NextItem())
            {
                cancellation.ThrowIfCancellationRequested();
                if (window.Kind == JsonKind.Object)
                {
                    ReadObject(inList: true);
                }
                else
                {
                    Unknown("a list of values, not of answers");
                }
            }
        }
        else if (window.Kind == JsonKind.Object)
        {
            ReadObject(inList: false);
        }
        else
        {
            Unknown("a single value, not an answer");
        }
    }

    private Document Begin() => Begin(window.Line);

    private Document Begin(long line)
    {
        var document = new Document { Index = file.Documents.Count, Line = line, Resource = hints.Resource is { } name ? Encoding.UTF8.GetBytes(name) : null };
        file.Documents.Add(document);
        open = document;
        aside.SetLength(0);
        Put("{"u8);
        return document;
    }

    // Documents that are nothing, one after another for the same reason, are told once.
    private void Unknown(string why)
    {
        var last = file.Documents.Count > 0 ? file.Documents[^1] : null;
        if (last is { Status: DocumentStatus.Skipped } && last.Note == why)
        {
            return;
        }

        Begin().Note = why;
        open = null;
    }

    private void ReadObject(bool inList)
    {
        var start = window.Offset;
        var document = Begin();
        var seen = new List<string>();
        ReadMembers(document, seen, depth: 0);
        Finish(document, seen);
        document.Bytes = window.Offset - start;
        open = null;
        var count = file.Documents.Count;
        if (inList && count > 1 && document.Status == DocumentStatus.Skipped
            && file.Documents[count - 2] is { Status: DocumentStatus.Skipped } before && before.Note == document.Note)
        {
            file.Documents.RemoveAt(count - 1);
        }
    }

    private void ReadMembers(Document document, List<string> seen, int depth)
    {
        window.Enter();
        while (window.NextMember(out var raw))
        {
            var name = raw.Length <= 128 ? Encoding.UTF8.GetString(raw) : "";
            if (seen.Count < 12)
            {
                seen.Add(name);
            }

            switch (name)
            {
                case "ResponseMetadata" when window.Kind == JsonKind.Object:
                    ReadMetadata(document, window.Read());
                    continue;
                case "status_code" when depth == 0:
                    if (window.Read().TryGetInt64(out var code))
                    {
                        document.HttpStatus = code;
                    }

                    continue;
                case "data" when depth == 0 && window.Kind == JsonKind.Object:
                    ReadMembers(document, seen, depth + 1);
                    continue;
                case "examples" when depth == 0 && window.Kind == JsonKind.Object && seen.Contains("version"):
                    ReadExamples(document);
                    continue;
                case "Error" when window.Kind == JsonKind.Object:
                    ReadError(document, window.Read());
                    continue;
            }

            if (window.Kind == JsonKind.Array && Streams(document, name) is { Length: > 0 } candidates)
            {
                ReadList(document, name, candidates);
            }
            else if (Recognition.IsKept(name))
            {
                Keep(name, window.Read());
            }
        }
    }

    // The calls for which this list is to be read item by item.
    private static ImmutableArray<Call> Streams(Document document, string name)
    {
        if (document.Call is { } known)
        {
            return Child(known, name) is null ? [] : [known];
        }

        var marked = Recognition.Marked(name);
        return marked.All(call => Child(call, name) is not null) ? marked : [];
    }

    private static PlanLevel? Child(Call call, string name)
    {
        foreach (var child in Plans.Of(call).Answer.Children)
        {
            if (child.Path == name && child.Into == StepInto.Each)
            {
                return child.Level;
            }
        }

        return null;
    }

    private void ReadList(Document document, string name, ImmutableArray<Call> candidates)
    {
        document.Likely = Recognition.Settle(candidates, hints);
        window.Enter();
        PlanLevel? level = null;
        var isFirst = true;
        var items = 0;
        while (window.NextItem())
        {
            if (isFirst)
            {
                isFirst = false;
                var item = window.Read();
                if (document.Call is null)
                {
                    var fit = Recognition.Fit(candidates, item);
                    if (Recognition.Settle(fit, hints) is { } call)
                    {
                        Recognised(document, call);
                    }
                    else
                    {
                        document.Note = fit.IsEmpty
                            ? $"its '{name}' are not those of {string.Join(" or ", candidates.Select(static c => c.Service + " " + Call.Kebab(c.Operation)))}"
                            : $"it could answer {string.Join(" or ", fit.Select(static c => c.Service + " " + Call.Kebab(c.Operation)))}: name the file for its call, such as {Call.Kebab(fit[0].Operation)}.json";
                    }
                }

                if (document.Call is not null)
                {
                    level = Child(document.Call, name);
                    if (level is not null)
                    {
                        walker.Item(level, item, -1);
                    }
                }
            }
            else if (level is not null)
            {
                walker.Item(level, window.Read(), -1);
                if ((++items & 1023) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }

        document.Likely = document.Call;
        if (isFirst)
        {
            KeepEmptyList(name);
        }
    }

    private void Recognised(Document document, Call call)
    {
        document.Call = call;
        document.Status = DocumentStatus.Read;
        document.Note = "";
        walker.Begin(document, Plans.Of(call));
    }

    private void Finish(Document document, List<string> seen)
    {
        if (document.ErrorCode is not null || document.HttpStatus >= 400)
        {
            Refuse(document);
            return;
        }

        var answer = Answer();
        if (document.Call is null)
        {
            if (seen.Contains("examples") && seen.Contains("version"))
            {
                return;
            }

            if ((Recognition.OfAnswer(answer, hints, out var why) ?? OfNothing(seen)) is { } call)
            {
                Recognised(document, call);
            }
            else
            {
                var isOther = hints.Operation.Length > 0 && hints.Calls.IsEmpty;
                document.Note = isOther ? WhyNot(seen) : why.Length > 0 ? why : document.Note.Length > 0 ? document.Note : WhyNot(seen);
                return;
            }
        }

        FindResource(document, answer);
        walker.Answer(answer);
    }

    // "It was never set" is an empty answer where one resource was asked about: a bucket in us-east-1, one without versions.
    private Call? OfNothing(List<string> seen) =>
        seen.TrueForAll(static n => n is "ResponseMetadata" or "status_code" or "data" or "")
        && hints.Calls is [{ AskedAbout.Length: > 0 } only] && Plans.Of(only).Answer.Maps.Count > 0
            ? only
            : null;

    // Many answers do not say what they were asked about; some do, beside the answer.
    private static void FindResource(Document document, JsonItem answer)
    {
        var call = document.Call!;
        if (document.Resource is null && call.Parameter.Length > 0 && answer.TryGet(Encoding.UTF8.GetBytes(call.Parameter), out var own) && own.Kind == JsonKind.String)
        {
            document.Resource = Encoding.UTF8.GetBytes(own.GetString());
        }

        if (document.Resource is null && call.Fills.Any(static f => f.Columns.Any(static c => c.Path.Contains("@resource", StringComparison.Ordinal))))
        {
            document.Note = $"which {call.AskedAbout.Replace('_', ' ')} it is about is not known: save it as {Call.Kebab(call.Operation)}/NAME.json";
        }
    }

    // The header of the HTTP answer holds the time it was given.
    private static void ReadMetadata(Document document, JsonItem metadata)
    {
        if (metadata.TryGet("HTTPHeaders"u8, out var headers) && headers.TryGet("date"u8, out var date) && date.Kind == JsonKind.String
            && DateTimeOffset.TryParse(date.GetString(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time))
        {
            document.CollectedAt = IsoTime.Format(time);
        }

        if (document.HttpStatus == 0 && metadata.TryGet("HTTPStatusCode"u8, out var status) && status.TryGetInt64(out var code))
        {
            document.HttpStatus = code;
        }
    }

    // What was set aside so far, as one object.
    private JsonItem Answer() => JsonItem.Parse([.. aside.GetBuffer().AsSpan(0, (int)aside.Length), (byte)'}'], file.File.Path);

    private void Keep(string name, JsonItem value)
    {
        if (aside.Length + value.Raw.Length > LargestAside || name.AsSpan().ContainsAny('"', '\\'))
        {
            return;
        }

        PutName(name);
        var isText = value.Kind == JsonKind.String;
        Put(isText ? "\""u8 : default);
        Put(value.Raw);
        Put(isText ? "\""u8 : default);
    }

    private void KeepEmptyList(string name)
    {
        PutName(name);
        Put("[]"u8);
    }

    private void PutName(string name)
    {
        Put(aside.Length > 1 ? ","u8 : default);
        Put("\""u8);
        Put(Encoding.UTF8.GetBytes(name));
        Put("\":"u8);
    }

    private void Put(ReadOnlySpan<byte> bytes) => aside.Write(bytes);
}
