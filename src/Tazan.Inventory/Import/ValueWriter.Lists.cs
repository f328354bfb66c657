using System.Collections.Immutable;
using System.Security.Cryptography;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Import;

/// <summary>Lists, tags and JSON: cells that are JSON texts themselves, so that strings are copied as they are written, escapes and all.</summary>
internal sealed partial class ValueWriter
{
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
