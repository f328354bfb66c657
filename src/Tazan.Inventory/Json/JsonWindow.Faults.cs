namespace Tazan.Inventory.Json;

public sealed unsafe partial class JsonWindow
{
    private JsonFault? broken;

    private JsonFault Fault(int position, string what) =>
        Break(Foreign() is { } foreign
            ? new JsonFault(name, 1, 0, isTruncated: false, foreign)
            : new JsonFault(name, LineAt(position), OffsetAt(position), isTruncated: false, what));

    private JsonFault Truncated(string inWhat) =>
        Break(new JsonFault(name, LineAt(dataEnd), OffsetAt(dataEnd), isTruncated: true, $"the text ends in the middle of {inWhat}; it is not complete"));

    // From now on every move comes to Supply or to a missing value, and both throw the fault again.
    private JsonFault Break(JsonFault fault)
    {
        cursor = count = 0;
        isBefore = false;
        return broken = fault;
    }

    // At a place of the scan where the grammar wants something else.
    private JsonFault Unexpected(int position, string wanted)
    {
        if (endMarked && position == dataEnd)
        {
            return Truncated(scan.EndsInString ? "a string" : "a document");
        }

        var c = buffer[position];
        var found = c switch
        {
            (byte)'"' => "a string",
            > 0x20 and < 0x7F => $"'{(char)c}'",
            0xEF when buffer.AsSpan(position).StartsWith(ByteOrderMark) => "a byte order mark",
            _ => $"the byte 0x{c:X2}",
        };
        return Fault(position, $"expected {wanted}, found {found}");
    }

    // For a scalar that is none; room reaches to the next place.
    private JsonFault BadScalar(int position, int room)
    {
        var text = buffer.AsSpan(position, room).TrimEnd(" \r\n\t"u8);
        if (endMarked && position + room == dataEnd && text.Length == room && JsonScalar.IsBeginning(text))
        {
            return Truncated("a value");
        }

        var shown = new System.Text.StringBuilder();
        foreach (var c in text[..Math.Min(text.Length, 24)])
        {
            shown.Append(c is > 0x20 and < 0x7F ? (char)c : '?');
        }

        return Fault(position, $"'{shown}{(text.Length > 24 ? "…" : "")}' is no number, true, false or null");
    }

    private JsonFault BadEscape(int position) => Fault(position, "a backslash in a string begins no known escape");

    private JsonFault BadControl(int position) =>
        buffer[position] is (byte)'\n' or (byte)'\r'
            ? Fault(position, "a string does not end on its line; is its closing quote missing?")
            : Fault(position, $"a string holds the control character 0x{buffer[position]:X2}, which must be escaped");

    private JsonFault TooDeep(int position) => Fault(position, $"values are nested more than {DepthLimit} deep");

    private JsonFault TooLarge(int position) =>
        Fault(position, $"one item is larger than {(largestItemBytes % (1 << 20) == 0 ? $"{largestItemBytes >> 20} MiB" : $"{largestItemBytes} bytes")}");

    // What a file that is no JSON from its first byte on seems to be. A fault further on is told as it is.
    private string? Foreign()
    {
        if (bufferOffset != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> head = buffer.AsSpan(0, Math.Min(dataEnd, 256));
        return head switch
        {
            [0x1F, 0x8B, ..] => "this is gzip data, not JSON",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'{' or (byte)'[', 0, ..] => "this is UTF-16 text; JSON is UTF-8",
            [(byte)'P', (byte)'K', 3, 4, ..] => "this is a zip archive, not JSON",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "this is zstd data, not JSON",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "this is bzip2 data, not JSON",
            _ when head.StartsWith("SQLite format 3"u8) => "this is a SQLite database, not JSON",
            [< 0x09 or (> 0x0D and < 0x20), ..] => "this is binary data, not JSON",
            _ => null,
        };
    }
}
