using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Import;

/// <summary>What is no answer: errors, broken text, and why a document was passed over.</summary>
internal sealed partial class FileReader
{
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

    private void Break(JsonFault fault) => Break(fault.What, !fault.IsTruncated, fault.Line);

    private void Break(string what, bool isForeign, long line)
    {
        // A README or a licence among the answers is not a broken answer.
        var isNothingYet = file.Documents.All(static d => d.Status == DocumentStatus.Skipped && d.Note.Length == 0 && d.Call is null);
        if (isForeign && isNothingYet && ReadCliError(line))
        {
            return;
        }

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
            document.Call = document.Likely ?? Recognition.OfAnswer(Answer(), hints, out _) ?? (hints.Calls.Length == 1 ? hints.Calls[0] : null);
        }

        document.Status = DocumentStatus.Broken;
        document.Note = $"{file.File.Path}:{line}: {what}. Save it again; what stood before is in.";
        open = null;
    }

    // "An error occurred (UnauthorizedOperation) when calling the DescribeVolumes operation: You are not …": what the CLI
    // says on stderr, and what stands in the file of someone who saved both.
    private bool ReadCliError(long line)
    {
        const string Begins = "An error occurred (";
        const string Middle = ") when calling the ";
        const string Ends = " operation";
        var text = Encoding.UTF8.GetString(head.Span);
        var start = text.IndexOf(Begins, StringComparison.Ordinal);
        var middle = start < 0 ? -1 : text.IndexOf(Middle, start, StringComparison.Ordinal);
        var end = middle < 0 ? -1 : text.IndexOf(Ends, middle, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var document = open ?? Begin(line);
        var operation = text[(middle + Middle.Length)..end];
        document.ErrorCode = text[(start + Begins.Length)..middle];
        var colon = text.IndexOf(": ", end, StringComparison.Ordinal);
        document.ErrorMessage = colon < 0 ? "" : OneLine(text[(colon + 2)..]);
        document.Call = Recognition.Settle([.. Catalogue.Calls.Where(c => c.Operation == operation)], hints);
        Refuse(document);
        open = null;
        return true;
    }

    private bool LooksLikeAnswer() =>
        open is not null || file.Documents.Count > 0 || hints.Operation.Length > 0
        || file.File.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.File.Path.EndsWith(".json.gz", StringComparison.OrdinalIgnoreCase);
}
