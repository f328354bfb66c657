using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Tazan.Inventory.Facts;

/// <summary>
/// Numbers texts in the order they are first seen, straight from SQLite's bytes: a million instance ids take 40 bytes
/// each here, and looking one up makes no string.
/// </summary>
/// <remarks>Not thread-safe. Open addressing with linear probing, at most half full.</remarks>
internal sealed class Utf8Index
{
    private byte[] text = new byte[1024];
    private int textLength;
    private int[] ends = new int[64];
    private uint[] hashes = new uint[64];
    private int[] slots = new int[128];

    /// <summary>How many different texts it holds.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of the text, which is added where it is new; numbers count from 0.</summary>
    internal int Add(ReadOnlySpan<byte> utf8, out bool isNew)
    {
        var hash = Hash(utf8);
        var slot = FindSlot(utf8, hash);
        isNew = slots[slot] == 0;
        if (!isNew)
        {
            return slots[slot] - 1;
        }

        if (Count == ends.Length)
        {
            Array.Resize(ref ends, Count * 2);
            Array.Resize(ref hashes, Count * 2);
        }

        if (textLength + utf8.Length > text.Length)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, textLength + utf8.Length));
        }

        utf8.CopyTo(text.AsSpan(textLength));
        textLength += utf8.Length;
        ends[Count] = textLength;
        hashes[Count] = hash;
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    internal int Add(ReadOnlySpan<byte> utf8) => Add(utf8, out _);

    /// <summary>The number of the text, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> utf8) => slots[FindSlot(utf8, Hash(utf8))] - 1;

    /// <summary>The text of that number; valid until the next is added.</summary>
    internal ReadOnlySpan<byte> Utf8(int number)
    {
        var start = number == 0 ? 0 : ends[number - 1];
        return text.AsSpan(start, ends[number] - start);
    }

    internal string Text(int number) => Encoding.UTF8.GetString(Utf8(number));

    // Multiply and shift over eight bytes at a time: the texts are short, and nobody attacks this table with more than
    // their own fleet. The factor is 2^64 divided by the golden ratio, made odd (Knuth, TAOCP 3, 6.4).
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        unchecked
        {
            var hash = (ulong)utf8.Length * Factor;
            while (utf8.Length >= sizeof(ulong))
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * Factor;
                hash ^= hash >> 32;
                utf8 = utf8[sizeof(ulong)..];
            }

            foreach (var b in utf8)
            {
                hash = (hash ^ b) * Factor;
            }

            return (uint)(hash ^ (hash >> 32));
        }
    }

    private int FindSlot(ReadOnlySpan<byte> utf8, uint hash)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
        {
            var number = slots[slot] - 1;
            if (number < 0 || (hashes[number] == hash && Utf8(number).SequenceEqual(utf8)))
            {
                return slot;
            }
        }
    }

    private void Grow()
    {
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)slots.Length * 2)];
        var mask = slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = (int)(hashes[number] & (uint)mask);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = number + 1;
        }
    }
}
