using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tazan.Bench.Import;

/// <summary>Numbers texts in the order of their first appearance; a repeated text costs one look.</summary>
internal sealed class Names
{
    private byte[] text = new byte[1 << 12];
    private int used;
    private int[] slots = new int[1 << 6];      // number + 1; 0 is free
    private (int Start, int Length, ulong Hash)[] entries = new (int, int, ulong)[32];
    private int count;
    private int last = -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Number(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            if (last >= 0 && Of(last).SequenceEqual(name))
            {
                return last;
            }

            var hash = Hash(name);
            for (var slot = Slot(hash); ; slot = (slot + 1) & (slots.Length - 1))
            {
                var number = slots[slot] - 1;
                if (number < 0)
                {
                    return last = Add(name, hash, slot);
                }

                if (entries[number].Hash == hash && Of(number).SequenceEqual(name))
                {
                    return last = number;
                }
            }
        }
    }

    private int Slot(ulong hash) => unchecked((int)(hash >> 32)) & (slots.Length - 1);

    private ReadOnlySpan<byte> Of(int number)
    {
        ref var entry = ref entries[number];
        return text.AsSpan(entry.Start, entry.Length);
    }

    private int Add(ReadOnlySpan<byte> name, ulong hash, int slot)
    {
        if (used + name.Length > text.Length)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, used + name.Length));
        }

        if (count == entries.Length)
        {
            Array.Resize(ref entries, count * 2);
            slots = new int[count * 4];
            for (var number = 0; number < count; number++)
            {
                var at = Slot(entries[number].Hash);
                while (slots[at] != 0)
                {
                    at = (at + 1) & (slots.Length - 1);
                }

                slots[at] = number + 1;
            }

            slot = Slot(hash);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }
        }

        name.CopyTo(text.AsSpan(used));
        entries[count] = (used, name.Length, hash);
        used += name.Length;
        slots[slot] = count + 1;
        return count++;
    }

    // Eight bytes at a time, multiplied by the golden ratio's 64 bits and folded; texts are compared anyway.
    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            const ulong Golden = 0x9E3779B97F4A7C15;
            var hash = (ulong)name.Length * Golden;
            while (name.Length >= 8)
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * Golden;
                hash ^= hash >> 29;
                name = name[8..];
            }

            ulong rest = 0;
            foreach (var c in name)
            {
                rest = (rest << 8) | c;
            }

            hash = (hash ^ rest) * Golden;
            return hash ^ (hash >> 29);
        }
    }
}
