using System.Text;

namespace Tazan.Inventory.Json;

// The buffer:
//
//     0        origin        utf8Checked  scanned          dataEnd      capacity   +128
//     | passed | kept: item so far         | not yet scanned | free       | padding |
//
// Places are found from scanned on, some 32 KiB at a time, so that they and the bytes are still in the fastest cache
// when the walk comes to them. When all bytes are scanned, those from origin on move to 0 and the stream is asked for more.
public sealed unsafe partial class JsonWindow
{
    // A block's read and the end's mark may reach over the data.
    private const int Padding = 128;

    // A quarter of the usual 128 KiB: enough that the scan's start-up does not count.
    private const int ScanBytes = 32 << 10;

    // A larger buffer goes back to the window's size after so many rounds in which half of it would have done.
    private const int RoundsBeforeShrinking = 4;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly Stream source;
    private readonly string name;
    private readonly int windowBytes;
    private readonly int largestItemBytes;
    private readonly int scanBytes;
    private readonly ScanWidth width;
    private readonly int[] places;      // pinned

    private StructuralScan scan;
    private byte[] buffer;              // pinned; capacity + Padding bytes
    private int capacity;
    private int roomyRounds;
    private long bufferOffset;          // of buffer[0] in the stream
    private int origin;                 // what lies before it may be forgotten
    private int utf8Checked;
    private int scanned;
    private int dataEnd;
    private bool sourceEnded;
    private bool endMarked;             // the end of the stream is in places, and buffer[dataEnd] is 0
    private bool begun;
    private int cursor;                 // the next of places to look at
    private int count;
    private (int Position, string What)? pending;   // found by the scan, due when the places before it are used up

    private long linesBefore;           // line ends before countedTo
    private int countedTo;

    private bool AtEnd => endMarked && places[cursor] == dataEnd;

    internal long OffsetAt(int position) => bufferOffset + position;

    internal long LineAt(int position)
    {
        position = Math.Min(position, dataEnd);
        if (position < countedTo)
        {
            return linesBefore - buffer.AsSpan(position, countedTo - position).Count((byte)'\n') + 1;
        }

        linesBefore += buffer.AsSpan(countedTo, position - countedTo).Count((byte)'\n');
        countedTo = position;
        return linesBefore + 1;
    }

    private static byte[] NewBuffer(int capacity) => GC.AllocateUninitializedArray<byte>(capacity + Padding, pinned: true);

    private void KeepNothing() => origin = cursor < count ? places[cursor] : scanned;

    // The byte at the next place; at the end of the stream 0, and AtEnd holds.
    private byte Peek()
    {
        if (cursor == count)
        {
            Supply();
        }

        return buffer[places[cursor]];
    }

    // Finds more places; all found before are used up. Keeps the bytes from origin on, which may move (and origin with them).
    private void Supply()
    {
        ObjectDisposedException.ThrowIf(buffer.Length == 0, this);
        if (broken is not null)
        {
            throw broken;
        }

        while (true)
        {
            if (pending is var (position, what))
            {
                throw Fault(position, what);
            }

            var blocks = Math.Min(dataEnd - scanned, scanBytes) >> 6;
            if (blocks == 0)
            {
                if (!sourceEnded)
                {
                    Load();
                    continue;
                }

                SupplyEnd();
                return;
            }

            Scan(blocks);
            if (count > 0)
            {
                return;
            }
        }
    }

    private void Scan(int blocks)
    {
        fixed (byte* text = buffer)
        fixed (int* into = places)
        {
            cursor = 0;
            count = scan.Scan(width, text, scanned, blocks, into);
        }

        var from = scanned;
        scanned = Math.Min(scanned + (blocks << 6), dataEnd);
        var stray = scan.StrayBackslash;
        if (stray >= 0)
        {
            StopAt(stray, "a backslash may only stand in a string");
        }

        if (scan.SawNonAscii || utf8Checked < from)
        {
            CheckUtf8();
        }
        else
        {
            utf8Checked = scanned;
        }
    }

    // The last bytes, filled up to a block with spaces, and a mark where the stream ends.
    private void SupplyEnd()
    {
        cursor = count = 0;
        if (!endMarked)
        {
            if (scanned < dataEnd)
            {
                buffer.AsSpan(dataEnd, 64).Fill((byte)' ');
                Scan(1);
            }

            // More than the mark, since a literal is compared by four bytes.
            buffer.AsSpan(dataEnd, 8).Clear();
            if (pending is not null)
            {
                if (count == 0)
                {
                    throw Fault(pending.Value.Position, pending.Value.What);
                }

                return;
            }

            endMarked = true;
        }

        places[count++] = dataEnd;
    }

    // Makes room and reads until the buffer is full or the stream has ended.
    private void Load()
    {
        MakeRoom();
        while (dataEnd < capacity)
        {
            var read = source.Read(buffer, dataEnd, capacity - dataEnd);
            if (read == 0)
            {
                sourceEnded = true;
                break;
            }

            dataEnd += read;
        }

        if (!begun)
        {
            begun = true;
            if (buffer.AsSpan(0, dataEnd).StartsWith(ByteOrderMark))
            {
                origin = utf8Checked = scanned = 3;
            }
        }
    }

    private void MakeRoom()
    {
        if (dataEnd - origin >= largestItemBytes && dataEnd - origin >= windowBytes)
        {
            throw TooLarge(origin);
        }

        var keep = Math.Min(origin, utf8Checked);
        var kept = dataEnd - keep;
        var wanted = capacity;
        if (kept > capacity - Math.Max(1, capacity / 4))
        {
            wanted = (int)Math.Min((long)capacity * 2, Math.Max((long)largestItemBytes + 64, windowBytes * 2L));
            roomyRounds = 0;
        }
        else if (capacity > windowBytes && kept < windowBytes / 2 && ++roomyRounds > RoundsBeforeShrinking)
        {
            wanted = windowBytes;
            roomyRounds = 0;
        }

        LineAt(keep);
        if (countedTo > keep)
        {
            linesBefore -= buffer.AsSpan(keep, countedTo - keep).Count((byte)'\n');
            countedTo = keep;
        }

        var target = wanted == capacity ? buffer : NewBuffer(wanted);
        buffer.AsSpan(keep, kept).CopyTo(target);
        buffer = target;
        capacity = wanted;
        bufferOffset += keep;
        (origin, utf8Checked, scanned, dataEnd, countedTo) = (origin - keep, utf8Checked - keep, scanned - keep, kept, countedTo - keep);
    }

    // Checks what has been scanned, but for a character whose last bytes are not there yet.
    private void CheckUtf8()
    {
        var text = buffer.AsSpan(utf8Checked, scanned - utf8Checked);
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var lead = text[^back];
            if (lead >= 0xC0)
            {
                var needed = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
                text = needed > back ? text[..^back] : text;
                break;
            }

            if (lead < 0x80)
            {
                break;
            }
        }

        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            var good = 0;
            while (Rune.DecodeFromUtf8(text[good..], out _, out var length) == System.Buffers.OperationStatus.Done)
            {
                good += length;
            }

            StopAt(utf8Checked + good, $"the byte 0x{text[good]:X2} is no valid UTF-8 here");
        }

        utf8Checked += text.Length;
    }

    // What the scan found wrong is told when the walk gets there, so that the first fault in the text is the one told,
    // wherever the window's borders lie.
    private void StopAt(int position, string what)
    {
        if (pending is var (earlier, _) && earlier <= position)
        {
            return;
        }

        pending = (position, what);
        var first = Array.BinarySearch(places, 0, count, position);
        count = first < 0 ? ~first : first;
    }
}
