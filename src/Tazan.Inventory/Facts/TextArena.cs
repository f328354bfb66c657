using System.Text;

namespace Tazan.Inventory.Facts;

/// <summary>A text that stays where it is for as long as its <see cref="TextArena"/> lives; <c>default</c> is SQL's null.</summary>
internal readonly unsafe struct PinnedText(byte* start, int length)
{
    internal byte* Start { get; } = start;

    internal int Length { get; } = length;

    internal bool IsNull => Start == null;

    internal ReadOnlySpan<byte> Utf8 => new(Start, Length);

    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}

/// <summary>Keeps texts at fixed addresses, so that SQLite can be handed them without a copy for each row.</summary>
/// <remarks>Not thread-safe. Memory is given back only with the arena.</remarks>
internal sealed unsafe class TextArena
{
    private const int BlockBytes = 1 << 20;
    private readonly List<byte[]> blocks = [];
    private int used = BlockBytes;

    internal PinnedText Add(ReadOnlySpan<byte> utf8)
    {
        // An empty text needs an address too, for one without is null.
        var needed = Math.Max(1, utf8.Length);
        if (used + needed > BlockBytes || blocks[^1].Length < used + needed)
        {
            blocks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(BlockBytes, needed), pinned: true));
            used = 0;
        }

        var target = blocks[^1].AsSpan(used, utf8.Length);
        utf8.CopyTo(target);
        var start = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref blocks[^1][used]);
        used += needed;
        return new PinnedText(start, utf8.Length);
    }

    internal PinnedText Add(string text) => Add(Encoding.UTF8.GetBytes(text));
}
