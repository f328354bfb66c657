using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Tazan.Inventory.Facts.Network;

/// <summary>Addresses from the first to the last, both included, as numbers. <c>default</c> is the address 0 alone.</summary>
public readonly record struct AddressRange(UInt128 First, UInt128 Last)
{
    /// <summary>Reads a range in CIDR notation or a single address; bits beyond the prefix are ignored, as the provider does.</summary>
    public static bool TryParse(string text, out IpFamily family, out AddressRange range)
    {
        family = default;
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];

        // IPAddress also reads "10.1" and "1"; here four parts are four parts.
        if ((!address.Contains(':', StringComparison.Ordinal) && address.AsSpan().Count('.') != 3) || !IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        family = parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IpFamily.V4 : IpFamily.V6;
        var bits = family.Bits();
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out var written);
        var number = written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        range = OfPrefix(family, number, prefix);
        return true;
    }

    /// <summary>The block of that prefix length that holds the address.</summary>
    public static AddressRange OfPrefix(IpFamily family, UInt128 address, int prefix)
    {
        var hostMask = HostMask(family, prefix);
        return new AddressRange(address & ~hostMask, address | hostMask);
    }

    /// <summary>The text of an address, in the shortest usual form.</summary>
    public static string ToText(IpFamily family, UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (family == IpFamily.V4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)address);
            return new IPAddress(bytes[..4]).ToString();
        }

        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(bytes).ToString();
    }

    // The shift by the full width would be a shift by 0 in C#, hence the two ends are apart.
    private static UInt128 HostMask(IpFamily family, int prefix) =>
        prefix == 0 ? family.Last() : prefix == family.Bits() ? 0 : (UInt128.One << (family.Bits() - prefix)) - 1;
}
