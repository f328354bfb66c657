using System.Globalization;

namespace Tazan.Fleets;

/// <summary>Makes ids that look like AWS's, from seeded streams: one for each kind, so a new volume changes no instance's id.</summary>
internal sealed class Ids(RandomStream random)
{
    private readonly Dictionary<string, RandomStream> streams = new(StringComparer.Ordinal);
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>Such as <c>i-0a1b2c3d4e5f67890</c>: a prefix, a zero and sixteen hexadecimal digits, never twice.</summary>
    public string New(string prefix)
    {
        while (true)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-0{Stream(prefix).NextUInt64():x16}");
            if (given.Add(id))
            {
                return id;
            }
        }
    }

    /// <summary>A UUID for one kind of thing.</summary>
    public string Uuid(string kind)
    {
        var stream = Stream(kind);
        var (a, b) = (stream.NextUInt64(), stream.NextUInt64());
        return string.Create(CultureInfo.InvariantCulture, $"{a >> 32:x8}-{(a >> 16) & 0xffff:x4}-4{a & 0xfff:x3}-{0x8000 | ((b >> 48) & 0x3fff):x4}-{b & 0xffffffffffff:x12}");
    }

    /// <summary>Hexadecimal digits, such as the end of a load balancer's ARN.</summary>
    public string Hex(string kind, int digits) => Stream(kind).NextUInt64().ToString("x16", CultureInfo.InvariantCulture)[..digits];

    /// <summary>Capital letters and digits, such as a hosted zone's id.</summary>
    public string Letters(string kind, int count)
    {
        var stream = Stream(kind);
        return string.Create(count, stream, static (span, s) =>
        {
            foreach (ref var c in span)
            {
                c = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[s.NextInt(36)];
            }
        });
    }

    public int Number(string kind, int below) => Stream(kind).NextInt(below);

    /// <summary>A stream of its own for one purpose.</summary>
    public RandomStream Stream(string kind)
    {
        if (!streams.TryGetValue(kind, out var stream))
        {
            streams[kind] = stream = random.For(kind);
        }

        return stream;
    }
}
