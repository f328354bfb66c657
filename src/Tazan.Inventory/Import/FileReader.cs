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
internal sealed class FileReader : IDisposable
{
    // What an answer holds beside its lists is small; a policy or a console output at most.
    private const int LargestAside = 32 << 20;

    private readonly FileImport file;
    private readonly JsonWindow window;
    private readonly NameHints hints;
    private readonly PlanWalker walker;
    private readonly CancellationToken cancellation;
    private readonly MemoryStream aside = new();
    private Document? open;

    public FileReader(FileImport file, Stream stream, ValueWriter values, Func<RowBatch, RowBatch> pass, RowBatch first, CancellationToken cancellation)
    {
        this.file = file;
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
        aside.SetLength(0);
        Put("{"u8);
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

    private string WhyNot(List<string> seen)
    {
        if (seen.Count == 0)
        {
            return "an empty answer";
        }

        if (seen.Exists(Recognition.EventMembers.Contains))
        {
            return "an event or configuration item as EventBridge or Config delivers it, not the answer of a call";
        }

        var members = string.Join(", ", seen.Where(static n => n.Length > 0).Take(4));
        if (hints.IsWrite)
        {
            return $"the answer of {hints.Operation}, a call that changes something (members: {members})";
        }

        if ((hints.Operation.Length == 0 || !hints.Calls.IsEmpty) && seen.Exists(static n => n is "InstanceId" or "VolumeId" or "ReservationId" or "SubnetId" or "GroupId" or "DBInstanceIdentifier" or "ImageId"))
        {
            return "a bare item, not a whole answer (saved with --query, or an answer of a call that changes something): save the whole answer";
        }

        return hints.Operation.Length == 0 ? $"no answer of AWS that Tazan knows (members: {members})"
            : hints.Calls.IsEmpty ? $"Tazan does not use {hints.Operation}"
            : $"the name says {hints.Operation}, but the document has none of its members (members: {members})";
    }

    private void Refuse(Document document)
    {
        var code = document.ErrorCode ?? "HTTP " + document.HttpStatus;
        document.Call ??= hints.Calls.Length == 1 ? hints.Calls[0] : null;
        document.ErrorCode = code;
        if (document.Call is null)
        {
            document.Status = DocumentStatus.Skipped;
            document.Note = $"an error answer ({code}) of {(hints.Operation.Length > 0 ? hints.Operation + ", which Tazan does not use" : "a call that the name does not tell")}";
            return;
        }

        // "There is none" is an answer: the function has no policy, the organisation does not exist.
        if (document.Call.AskedAbout.Length > 0 && (code.Contains("NotFound", StringComparison.Ordinal) || code.StartsWith("NoSuch", StringComparison.Ordinal)))
        {
            document.Status = DocumentStatus.Read;
            document.Note = $"there is none ({code})";
            return;
        }

        document.Status = DocumentStatus.Refused;
        document.Note = $"AWS refused: {code}{(document.ErrorMessage.Length > 0 ? ": " + document.ErrorMessage : "")}";
    }

    private static void ReadError(Document document, JsonItem error)
    {
        document.ErrorCode = error.TryGet("Code"u8, out var code) && code.Kind == JsonKind.String ? code.GetString() : "error";
        document.ErrorMessage = error.TryGet("Message"u8, out var message) && message.Kind == JsonKind.String ? OneLine(message.GetString()) : "";
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 200 ? line[..200] + "…" : line;
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

    // {"DescribeInstances": [{"input": {…}, "output": {…}}, …], …}
    private void ReadExamples(Document outer)
    {
        outer.Note = "";
        var service = NameHints.Words(Path.GetFileName(file.File.Path))[0];
        var imported = 0;
        var others = 0;
        window.Enter();
        while (window.NextMember(out var raw))
        {
            var operation = Encoding.UTF8.GetString(raw);
            var calls = Catalogue.Calls.Where(c => c.Operation == operation).ToList();
            if (window.Kind != JsonKind.Array)
            {
                continue;
            }

            window.Enter();
            while (window.NextItem())
            {
                var call = calls.Count <= 1 ? calls.FirstOrDefault() : calls.Find(c => c.Service == service);
                if (call is null || !ReadExample(call, window.Read()))
                {
                    others++;
                    continue;
                }

                imported++;
            }
        }

        outer.Note = $"published examples: {imported} read, {others} of calls that Tazan does not use";
        open = outer;
    }

    private bool ReadExample(Call call, JsonItem example)
    {
        if (!example.TryGet("output"u8, out var output) || output.Kind != JsonKind.Object)
        {
            return false;
        }

        var line = example.Line;
        var has = false;
        foreach (var member in output.Members)
        {
            has |= call.Marks.Contains(member.GetName());
        }

        if (!has)
        {
            return false;
        }

        var document = Begin(line);
        if (call.Parameter.Length > 0 && example.TryGet("input"u8, out var input)
            && input.TryGet(Encoding.UTF8.GetBytes(call.Parameter), out var asked) && asked.Kind == JsonKind.String)
        {
            document.Resource = Encoding.UTF8.GetBytes(asked.GetString());
        }

        document.Bytes = example.Raw.Length;
        Recognised(document, call);
        FindResource(document, output);
        walker.Answer(output);
        open = null;
        return true;
    }

    private void Break(JsonFault fault) => Break(fault.What, !fault.IsTruncated, fault.Line);

    private void Break(string what, bool isForeign, long line)
    {
        // A README or a licence among the answers is not a broken answer.
        var isNothingYet = file.Documents.All(static d => d.Status == DocumentStatus.Skipped && d.Note.Length == 0 && d.Call is null);
        if (isForeign && isNothingYet && !LooksLikeAnswer())
        {
            var foreign = open ?? Begin(line);
            foreign.Status = DocumentStatus.Skipped;
            foreign.Note = line == 1 && what.StartsWith("this is", StringComparison.Ordinal) ? what : "not JSON";
            open = null;
            return;
        }

        var document = open ?? Begin(line);
        if (document.Call is null)
        {
            document.Call = Recognition.OfAnswer(Answer(), hints, out _) ?? (hints.Calls.Length == 1 ? hints.Calls[0] : null);
        }

        document.Status = DocumentStatus.Broken;
        document.Note = $"{file.File.Path}:{line}: {what}. Save it again; what stood before is in.";
        file.Fault = document.Note;
        open = null;
    }

    private bool LooksLikeAnswer() =>
        open is not null || file.Documents.Count > 0 || hints.Operation.Length > 0
        || file.File.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.File.Path.EndsWith(".json.gz", StringComparison.OrdinalIgnoreCase);

    private JsonItem Answer()
    {
        Put("}"u8);
        return JsonItem.Parse(aside.ToArray(), file.File.Path);
    }

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
