using System.Collections.Immutable;
using System.Globalization;

namespace Tazan.Inventory.Facts.Network;

/// <summary>
/// A set of addresses of one family, exactly, as sorted ranges with gaps between them. Because the form is unique, two
/// sets are equal when their ranges are: that is what a proof "nobody new gets in" rests on.
/// </summary>
/// <remarks>Immutable, thread-safe. Every operation is linear in the number of ranges, but for parsing and union of many, which sort.</remarks>
public sealed class AddressRanges : IEquatable<AddressRanges>
{
    private AddressRanges(IpFamily family, ImmutableArray<AddressRange> ranges)
    {
        Family = family;
        Ranges = ranges;
    }

    public IpFamily Family { get; }

    /// <summary>Ascending; between two of them at least one address is missing.</summary>
    public ImmutableArray<AddressRange> Ranges { get; }

    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>Whether every address of the family is in it.</summary>
    public bool IsEverything => Ranges.Length == 1 && Ranges[0].First == 0 && Ranges[0].Last == Family.Last();

    /// <summary>No address.</summary>
    public static AddressRanges None(IpFamily family) => family == IpFamily.V4 ? NoneV4 : NoneV6;

    /// <summary>Every address.</summary>
    public static AddressRanges All(IpFamily family) => family == IpFamily.V4 ? AllV4 : AllV6;

    private static readonly AddressRanges NoneV4 = new(IpFamily.V4, []);
    private static readonly AddressRanges NoneV6 = new(IpFamily.V6, []);
    private static readonly AddressRanges AllV4 = new(IpFamily.V4, [new AddressRange(0, IpFamily.V4.Last())]);
    private static readonly AddressRanges AllV6 = new(IpFamily.V6, [new AddressRange(0, IpFamily.V6.Last())]);

    /// <summary>The union of ranges in any order, overlapping or not.</summary>
    public static AddressRanges Of(IpFamily family, IEnumerable<AddressRange> ranges)
    {
        var sorted = ranges.ToList();
        sorted.Sort(static (a, b) => a.First.CompareTo(b.First));
        var merged = ImmutableArray.CreateBuilder<AddressRange>(sorted.Count);
        foreach (var range in sorted)
        {
            // Ranges that touch are one; a range that ends at the last address swallows all that follow.
            if (merged.Count > 0 && (merged[^1].Last == family.Last() || range.First <= merged[^1].Last + 1))
            {
                merged[^1] = new AddressRange(merged[^1].First, UInt128.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged.Count == 0 ? None(family) : new AddressRanges(family, merged.DrainToImmutable());
    }

    /// <summary>The ranges of that family among the texts, each in CIDR notation or a single address; others are passed over.</summary>
    public static AddressRanges Parse(IpFamily family, params IEnumerable<string> texts)
    {
        var ranges = new List<AddressRange>();
        foreach (var text in texts)
        {
            if (AddressRange.TryParse(text, out var itsFamily, out var range) && itsFamily == family)
            {
                ranges.Add(range);
            }
        }

        return Of(family, ranges);
    }

    public AddressRanges Union(AddressRanges other)
    {
        Check(other);
        return IsEmpty || other.IsEverything ? other
            : other.IsEmpty || IsEverything ? this
            : Of(Family, Ranges.Concat(other.Ranges));
    }

    public AddressRanges Intersect(AddressRanges other)
    {
        Check(other);
        if (IsEmpty || other.IsEverything)
        {
            return this;
        }

        if (other.IsEmpty || IsEverything)
        {
            return other;
        }

        var common = ImmutableArray.CreateBuilder<AddressRange>();
        for (int i = 0, j = 0; i < Ranges.Length && j < other.Ranges.Length;)
        {
            var (a, b) = (Ranges[i], other.Ranges[j]);
            var first = UInt128.Max(a.First, b.First);
            var last = UInt128.Min(a.Last, b.Last);
            if (first <= last)
            {
                common.Add(new AddressRange(first, last));
            }

            if (a.Last < b.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common.Count == 0 ? None(Family) : new AddressRanges(Family, common.DrainToImmutable());
    }

    /// <summary>What is in this set and not in the other.</summary>
    public AddressRanges Subtract(AddressRanges other)
    {
        Check(other);
        return IsEmpty || other.IsEmpty ? this : Intersect(other.Complement());
    }

    /// <summary>Every address that is not in it.</summary>
    public AddressRanges Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<AddressRange>(Ranges.Length + 1);
        UInt128 next = 0;
        foreach (var range in Ranges)
        {
            if (range.First > next)
            {
                gaps.Add(new AddressRange(next, range.First - 1));
            }

            if (range.Last == Family.Last())
            {
                return gaps.Count == 0 ? None(Family) : new AddressRanges(Family, gaps.DrainToImmutable());
            }

            next = range.Last + 1;
        }

        gaps.Add(new AddressRange(next, Family.Last()));
        return new AddressRanges(Family, gaps.DrainToImmutable());
    }

    /// <summary>Whether every address of this set is in the other: nobody new.</summary>
    public bool IsSubsetOf(AddressRanges other) => Subtract(other).IsEmpty;

    /// <summary>Whether the two share an address.</summary>
    public bool Overlaps(AddressRanges other) => !Intersect(other).IsEmpty;

    public bool Contains(UInt128 address) => Covers(new AddressRange(address, address));

    /// <summary>Whether every address of the range is in the set.</summary>
    public bool Covers(AddressRange range)
    {
        var at = IndexAtOrBefore(range.First);
        return at >= 0 && Ranges[at].Last >= range.Last;
    }

    /// <summary>The fewest CIDR blocks that make up the set, ascending.</summary>
    public ImmutableArray<string> ToCidrs() => ToCidrs(None(Family));

    /// <summary>
    /// The fewest CIDR blocks that hold the whole set and nothing else but addresses of <paramref name="indifferent"/>,
    /// ascending: <c>0.0.0.0/0</c> rather than sixty blocks, where the rest cannot occur anyway.
    /// </summary>
    public ImmutableArray<string> ToCidrs(AddressRanges indifferent)
    {
        Check(indifferent);
        var cidrs = ImmutableArray.CreateBuilder<string>();
        Cover(0, 0, Union(indifferent), cidrs);
        return cidrs.DrainToImmutable();
    }

    public bool Equals(AddressRanges? other) => other is not null && Family == other.Family && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as AddressRanges);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Family);
        foreach (var range in Ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }

    /// <summary>The blocks joined by commas; <c>nobody</c> for the empty set.</summary>
    public override string ToString() => IsEmpty ? "nobody" : string.Join(", ", ToCidrs());

    // Walks the tree of prefixes: a block with nothing of the set is left out, one within "allowed" is taken whole, the
    // others are halved. Only blocks that hold an edge are halved, so at most 128 for each edge.
    private void Cover(UInt128 address, int prefix, AddressRanges allowed, ImmutableArray<string>.Builder cidrs)
    {
        var block = AddressRange.OfPrefix(Family, address, prefix);
        if (!Touches(block))
        {
            return;
        }

        if (allowed.Covers(block))
        {
            cidrs.Add(AddressRange.ToText(Family, block.First) + "/" + prefix.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Cover(block.First, prefix + 1, allowed, cidrs);
        Cover(block.Last, prefix + 1, allowed, cidrs);
    }

    private bool Touches(AddressRange range)
    {
        var at = IndexAtOrBefore(range.Last);
        return at >= 0 && Ranges[at].Last >= range.First;
    }

    /// <summary>The last range that begins at or before the address; -1 where none does.</summary>
    private int IndexAtOrBefore(UInt128 address)
    {
        int low = 0, high = Ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Ranges[middle].First <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }

    private void Check(AddressRanges other)
    {
        if (other.Family != Family)
        {
            throw new ArgumentException("The two sets are of different address families.", nameof(other));
        }
    }
}
