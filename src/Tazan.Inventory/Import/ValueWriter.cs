using System.Collections.Immutable;
using System.Buffers.Text;
using System.Security.Cryptography;
using Tazan.Inventory.Json;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Import;

/// <summary>Turns JSON values into cells, by the column's type. One for each file that is read; not thread-safe.</summary>
internal sealed class ValueWriter(bool hashTags)
{
    // A console's last words fill a screen or two; the rest of the 64 KB is boot noise, and may hold secrets. Assumed.
    private const int TailBytes = 4096;

    private byte[] scratch = new byte[1024];
    private (int Name, int Value)[] pairs = new (int, int)[64];

    /// <summary>Writes one value.</summary>
    /// <returns>False if the value is of another kind than the column; a cell was written all the same.</returns>
    public bool Write(RowBatch batch, JsonItem value, CellPlan cell, CellSource source)
    {
        switch (cell.Type)
        {
            case ColumnType.Text: return WriteText(batch, value, cell.Twist);
            case ColumnType.Integer: return WriteInteger(batch, value);
            case ColumnType.Boolean: return WriteBoolean(batch, value);
            case ColumnType.Time: return WriteTime(batch, value);
            case ColumnType.Real: return WriteReal(batch, value);
            case ColumnType.List: return WriteList(batch, value, source);
            case ColumnType.Tags: return WriteTags(batch, value);
            case ColumnType.Json:
                var start = batch.ByteCount;
                AppendPlain(batch, value);
                batch.EndText(start, batch.ByteCount - start);
                return true;
            case ColumnType.Count: return WriteCount(batch, value);
            default: throw new InvalidOperationException($"No column type {cell.Type}.");
        }
    }

    /// <summary>Writes the cell of a value that is missing.</summary>
    public static void WriteMissing(RowBatch batch, CellPlan cell)
    {
        if (cell.Type == ColumnType.Count)
        {
            batch.AddInteger(0);
        }
        else if (cell.Twist == CellTwist.BucketRegion)
        {
            batch.AddText("us-east-1"u8);
        }
        else
        {
            batch.AddNull();
        }
    }

    private bool WriteText(RowBatch batch, JsonItem value, CellTwist twist)
    {
        var kind = value.Kind;
        if (kind <= JsonKind.Array)
        {
            if (kind == JsonKind.Object && TryReadRecordedTime(value, out var ok, batch))
            {
                return ok;
            }

            batch.AddNull();
            return false;
        }

        if (twist != CellTwist.None)
        {
            var text = value.Text(ref scratch);
            batch.AddText(twist == CellTwist.BucketRegion && text.SequenceEqual("EU"u8) ? "eu-west-1"u8 : twist == CellTwist.Tail ? Tail(text) : text);
            return true;
        }

        if (value.HasEscapes)
        {
            batch.AddText(value.Text(ref scratch));
        }
        else
        {
            batch.AddText(value.Raw);
        }

        return true;
    }

    private static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> text)
    {
        if (text.Length <= TailBytes)
        {
            return text;
        }

        var start = text.Length - TailBytes;
        while (start < text.Length && (text[start] & 0xC0) == 0x80)
        {
            start++;
        }

        return text[start..];
    }

    private bool WriteInteger(RowBatch batch, JsonItem value)
    {
        if (value.TryGetInt64(out var number) || (value.Kind == JsonKind.String && TryParseWhole(value.Text(ref scratch), out number)))
        {
            batch.AddInteger(number);
            return true;
        }

        // 5.0 and 1e3 are whole numbers too.
        if (value.TryGetDouble(out var real) && Math.Abs(real) < 9e18)
        {
            batch.AddInteger((long)real);
            return real == Math.Truncate(real);
        }

        batch.AddNull();
        return false;
    }

    private static bool TryParseWhole(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;

    private bool WriteReal(RowBatch batch, JsonItem value)
    {
        if (value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            batch.AddReal(number);
            return true;
        }

        if (value.Kind == JsonKind.String)
        {
            var text = value.Text(ref scratch);
            if (Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && double.IsFinite(number))
            {
                batch.AddReal(number);
                return true;
            }
        }

        batch.AddNull();
        return false;
    }

    private static bool WriteBoolean(RowBatch batch, JsonItem value)
    {
        switch (value.Kind)
        {
            case JsonKind.True:
                batch.AddInteger(1);
                return true;
            case JsonKind.False:
                batch.AddInteger(0);
                return true;
            case JsonKind.String when value.TextIs("true"u8) || value.TextIs("True"u8):
                batch.AddInteger(1);
                return true;
            case JsonKind.String when value.TextIs("false"u8) || value.TextIs("False"u8):
                batch.AddInteger(0);
                return true;
            default:
                batch.AddNull();
                return false;
        }
    }

    private bool WriteTime(RowBatch batch, JsonItem value)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                var start = batch.ByteCount;
                var text = value.HasEscapes ? value.Text(ref scratch) : value.Raw;
                if (IsoTime.TryNormalise(text, batch.Room(IsoTime.Length)))
                {
                    batch.EndText(start, IsoTime.Length);
                    return true;
                }

                // What is no time is kept as it stands: better odd than gone.
                batch.AddText(text);
                return false;
            case JsonKind.Number when value.TryGetDouble(out var epoch):
                var place = batch.ByteCount;
                if (IsoTime.TryFromEpoch(epoch, batch.Room(IsoTime.Length)))
                {
                    batch.EndText(place, IsoTime.Length);
                    return true;
                }

                break;
            case JsonKind.Object when TryReadRecordedTime(value, out var ok, batch):
                return ok;
        }

        batch.AddNull();
        return false;
    }

    // {"__class__": "datetime", "year": 2016, "month": 1, ...}: how SDK recorders store a time.
    private static bool TryReadRecordedTime(JsonItem value, out bool ok, RowBatch batch)
    {
        ok = false;
        if (!IsRecordedTime(value))
        {
            return false;
        }

        var start = batch.ByteCount;
        ok = TryRecordedTime(value, batch.Room(IsoTime.Length));
        if (ok)
        {
            batch.EndText(start, IsoTime.Length);
        }
        else
        {
            batch.AddNull();
        }

        return true;
    }

    private static bool IsRecordedTime(JsonItem value) =>
        value.TryGet("__class__"u8, out var type) && type.TextIs("datetime"u8);

    private static bool TryRecordedTime(JsonItem value, Span<byte> into)
    {
        static long Part(JsonItem value, ReadOnlySpan<byte> name) =>
            value.TryGet(name, out var part) && part.TryGetInt64(out var number) ? number : 0;

        return IsoTime.TryFromParts(
            Part(value, "year"u8), Part(value, "month"u8), Part(value, "day"u8),
            Part(value, "hour"u8), Part(value, "minute"u8), Part(value, "second"u8), into);
    }

    private static bool WriteCount(RowBatch batch, JsonItem value)
    {
        long count = 0;
        switch (value.Kind)
        {
            case JsonKind.Array:
                foreach (var item in value.Items)
                {
                    count++;
                }

                break;
            case JsonKind.Object:
                foreach (var member in value.Members)
                {
                    count++;
                }

                break;
            case JsonKind.String:
                count = value.Raw.IsEmpty ? 0 : 1;
                break;
            default:
                count = 1;
                break;
        }

        batch.AddInteger(count);
        return true;
    }

    private static bool WriteList(RowBatch batch, JsonItem value, CellSource source)
    {
        var start = batch.ByteCount;
        var isFirst = true;
        batch.Append((byte)'[');
        var ok = true;
        if (source.Into == StepInto.Map)
        {
            foreach (var member in value.Members)
            {
                Separate(batch, ref isFirst);
                batch.Append((byte)'"');
                batch.Append(member.Name);
                batch.Append((byte)'"');
            }

            ok = value.Kind == JsonKind.Object;
        }
        else if (value.Kind == JsonKind.Array)
        {
            foreach (var item in value.Items)
            {
                ok &= AppendTail(batch, item, source.Tail, 0, ref isFirst);
            }
        }
        else
        {
            // One text where a list should be: still that text.
            ok = AppendTail(batch, value, source.Tail, 0, ref isFirst) && value.Kind == JsonKind.Null;
        }

        batch.Append((byte)']');
        batch.EndText(start, batch.ByteCount - start);
        return ok;
    }

    private static bool AppendTail(RowBatch batch, JsonItem item, ImmutableArray<byte[]> tail, int at, ref bool isFirst)
    {
        if (at < tail.Length)
        {
            return item.Kind == JsonKind.Object
                ? !item.TryGet(tail[at], out var inner) || AppendTail(batch, inner, tail, at + 1, ref isFirst)
                : item.Kind == JsonKind.Null;
        }

        switch (item.Kind)
        {
            case JsonKind.Null:
                return true;
            case JsonKind.Object or JsonKind.Array:
                return false;
            default:
                // Between the quotes stands JSON already, escapes and all.
                Separate(batch, ref isFirst);
                batch.Append((byte)'"');
                batch.Append(item.Raw);
                batch.Append((byte)'"');
                return true;
        }
    }

    private static void Separate(RowBatch batch, ref bool isFirst)
    {
        if (!isFirst)
        {
            batch.Append((byte)',');
        }

        isFirst = false;
    }

    // A list of Key/Value (alarms: Name/Value), or a map; keys in ordinal order, of two equal ones the later.
    private bool WriteTags(RowBatch batch, JsonItem value)
    {
        var count = 0;
        var ok = true;
        var tape = value.Tape;
        if (value.Kind == JsonKind.Array)
        {
            foreach (var tag in value.Items)
            {
                if (FindPart(tag, "Key"u8, "key"u8, "Name"u8, "name"u8, out var name) && name.Kind == JsonKind.String)
                {
                    Put(ref count, name, FindPart(tag, "Value"u8, "value"u8, default, default, out var text) ? text.Index : -1);
                }
                else
                {
                    ok = false;
                }
            }
        }
        else if (value.Kind == JsonKind.Object)
        {
            foreach (var member in value.Members)
            {
                Put(ref count, new JsonItem(tape, member.Value.Index - 1), member.Value.Index);
            }
        }
        else
        {
            batch.AddNull();
            return value.Kind == JsonKind.Null;
        }

        var start = batch.ByteCount;
        batch.Append((byte)'{');
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                batch.Append((byte)',');
            }

            batch.Append((byte)'"');
            batch.Append(new JsonItem(tape, pairs[i].Name).Raw);
            batch.Append("\":\""u8);
            if (pairs[i].Value >= 0)
            {
                var text = new JsonItem(tape, pairs[i].Value);
                if (text.Kind <= JsonKind.Array)
                {
                    ok = false;
                }
                else if (hashTags)
                {
                    AppendHash(batch, text);
                }
                else if (text.Kind != JsonKind.Null)
                {
                    batch.Append(text.Raw);
                }
            }

            batch.Append((byte)'"');
        }

        batch.Append((byte)'}');
        batch.EndText(start, batch.ByteCount - start);
        return ok;
    }

    private static bool FindPart(JsonItem tag, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, out JsonItem part)
    {
        foreach (var member in tag.Members)
        {
            var name = member.Name;
            if (name.SequenceEqual(a) || name.SequenceEqual(b) || (!c.IsEmpty && (name.SequenceEqual(c) || name.SequenceEqual(d))))
            {
                part = member.Value;
                return true;
            }
        }

        part = default;
        return false;
    }

    // Insertion sort: tags are few, and mostly come in some order already.
    private void Put(ref int count, JsonItem name, int value)
    {
        if (count == pairs.Length)
        {
            Array.Resize(ref pairs, pairs.Length * 2);
        }

        var tape = name.Tape;
        var text = name.Raw;
        var at = count;
        while (at > 0)
        {
            var order = new JsonItem(tape, pairs[at - 1].Name).Raw.SequenceCompareTo(text);
            if (order == 0)
            {
                pairs[at - 1] = (name.Index, value);
                return;
            }

            if (order < 0)
            {
                break;
            }

            at--;
        }

        Array.Copy(pairs, at, pairs, at + 1, count - at);
        pairs[at] = (name.Index, value);
        count++;
    }

    // Sixteen hex digits are plenty to tell the values of one fleet apart, and too few to look like anything else.
    private void AppendHash(RowBatch batch, JsonItem text)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(text.Text(ref scratch), digest);
        batch.Append("h:"u8);
        Span<byte> hex = stackalloc byte[16];
        Convert.TryToHexStringLower(digest[..8], hex, out _);
        batch.Append(hex);
    }

    // JSON without the white space between tokens. Times as recorders store them become texts.
    private static void AppendPlain(RowBatch batch, JsonItem value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object when IsRecordedTime(value):
                Span<byte> time = stackalloc byte[IsoTime.Length];
                batch.Append((byte)'"');
                batch.Append(TryRecordedTime(value, time) ? time : default);
                batch.Append((byte)'"');
                break;
            case JsonKind.Object:
                var isFirst = true;
                batch.Append((byte)'{');
                foreach (var member in value.Members)
                {
                    Separate(batch, ref isFirst);
                    batch.Append((byte)'"');
                    batch.Append(member.Name);
                    batch.Append("\":"u8);
                    AppendPlain(batch, member.Value);
                }

                batch.Append((byte)'}');
                break;
            case JsonKind.Array:
                var isFirstItem = true;
                batch.Append((byte)'[');
                foreach (var item in value.Items)
                {
                    Separate(batch, ref isFirstItem);
                    AppendPlain(batch, item);
                }

                batch.Append((byte)']');
                break;
            case JsonKind.String:
                batch.Append((byte)'"');
                batch.Append(value.Raw);
                batch.Append((byte)'"');
                break;
            default:
                batch.Append(value.Raw);
                break;
        }
    }
}
