namespace Tazan;

/// <summary>A seeded stream of numbers (SplitMix64) with one output for one seed on every machine, for ever.</summary>
/// <remarks>
/// Recorded seeds repeat only while this never changes, so a test pins its first outputs. Not safe for use by several
/// threads at once; give each its own stream with <see cref="For"/>. Source of the generator: Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for secrets.
/// </remarks>
public sealed class RandomStream(ulong seed)
{
    // The odd constant nearest to 2^64 divided by the golden ratio, and the two multipliers of the paper's mix64variant13.
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;

    private readonly ulong seed = seed;
    private ulong state = seed;

    /// <summary>A separate stream for one purpose, so a new draw there shifts no draw here.</summary>
    /// <remarks>Depends on the seed and the purpose alone, not on what was drawn before.</remarks>
    public RandomStream For(string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        unchecked
        {
            // FNV-1a, 64 bits, over UTF-16 code units: string.GetHashCode differs from process to process.
            var hash = 14695981039346656037UL;
            foreach (var c in purpose)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return new RandomStream(Mix(seed + Gamma) ^ Mix(hash));
        }
    }

    /// <summary>All 64-bit values, equally likely.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            state += Gamma;
            return Mix(state);
        }
    }

    /// <summary>0 to one less than <paramref name="below"/>, equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is not positive.</exception>
    public int NextInt(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        unchecked
        {
            // Lemire's method: the high half of a product, redrawn in the short stretch that would favour some values.
            var high = Math.BigMul(NextUInt64(), (ulong)below, out var low);
            if (low < (ulong)below)
            {
                var threshold = (0UL - (ulong)below) % (ulong)below;
                while (low < threshold)
                {
                    high = Math.BigMul(NextUInt64(), (ulong)below, out low);
                }
            }

            return (int)high;
        }
    }

    /// <summary>0 inclusive to 1 exclusive, in steps of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * First;
            z = (z ^ (z >> 27)) * Second;
            return z ^ (z >> 31);
        }
    }
}
