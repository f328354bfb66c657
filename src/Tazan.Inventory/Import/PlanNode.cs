using System.Runtime.CompilerServices;
using System.Text;

namespace Tazan.Inventory.Import;

/// <summary>A member that some column wants, with the members inside it that others want: a tree by name.</summary>
/// <remarks>
/// Answers have far more members than columns, so what counts is how fast a name is found not to be wanted: one probe of
/// a small table, by length and three bytes, and a comparison only where those agree. Built once, then only read.
/// </remarks>
internal sealed class PlanNode
{
    private readonly Dictionary<string, PlanNode> kids = new(StringComparer.Ordinal);
    private byte[] name = [];
    private PlanNode?[] table = [];
    private int mask;

    /// <summary>Where the value's place is noted; -1 where only what is inside is wanted.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>What is wanted of a list's first item; null for nothing.</summary>
    public PlanNode? First { get; set; }

    /// <summary>Whether members inside are wanted.</summary>
    public bool HasKids => kids.Count > 0;

    /// <summary>The names wanted inside.</summary>
    public IEnumerable<string> Names => kids.Keys;

    /// <summary>The node of a member, made if need be. Only before <see cref="Freeze"/>.</summary>
    public PlanNode Kid(string member)
    {
        if (!kids.TryGetValue(member, out var kid))
        {
            kid = new PlanNode { name = Encoding.UTF8.GetBytes(member) };
            kids.Add(member, kid);
        }

        return kid;
    }

    /// <summary>Makes the tables, here and below.</summary>
    public void Freeze()
    {
        mask = 3;
        while (mask < kids.Count * 3)
        {
            mask = (mask * 2) + 1;
        }

        table = new PlanNode?[mask + 1];
        foreach (var kid in kids.Values)
        {
            var at = Hash(kid.name) & mask;
            while (table[at] is not null)
            {
                at = (at + 1) & mask;
            }

            table[at] = kid;
            kid.Freeze();
            kid.First?.Freeze();
        }
    }

    /// <summary>The node of a member, or null if nobody wants it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlanNode? Find(ReadOnlySpan<byte> member)
    {
        var at = Hash(member) & mask;
        while (table[at] is { } kid)
        {
            if (member.SequenceEqual(kid.name))
            {
                return kid;
            }

            at = (at + 1) & mask;
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            return text.IsEmpty ? 0 : (text.Length * 0x2F) ^ (text[0] * 0x1D) ^ (text[^1] * 0x83) ^ (text[text.Length >> 1] * 0x11);
        }
    }
}
