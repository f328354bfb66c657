using System.Text;

namespace Tazan.Inventory.Import;

/// <summary>Reads accounts and regions out of ARNs, zones and names.</summary>
internal static class Places
{
    /// <summary>Whether this is an account id: twelve digits.</summary>
    public static bool IsAccount(ReadOnlySpan<byte> text)
    {
        if (text.Length != 12)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// How long the region is with which the text begins, or 0. A zone is its region and more: <c>us-east-1a</c>,
    /// <c>us-west-2-lax-1a</c> (a local zone), <c>us-east-1-wl1-bos-wlz-1</c> (a Wavelength zone).
    /// </summary>
    public static int RegionLength(ReadOnlySpan<byte> text)
    {
        // Two letters, then words of letters, then a number: us-gov-west-1, ap-northeast-1, us-iso-east-1.
        var at = 0;
        var words = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && text[at] is >= (byte)'a' and <= (byte)'z')
            {
                at++;
            }

            var length = at - start;
            if (length == 0)
            {
                while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
                {
                    at++;
                }

                var digits = at - start;
                return words >= 2 && digits is 1 or 2 && (at == text.Length || text[at] == '-' || IsZoneLetter(text, at)) ? at : 0;
            }

            if ((words == 0 && length != 2) || at == text.Length || text[at] != '-')
            {
                return 0;
            }

            words++;
            at++;
        }

        return 0;
    }

    /// <summary>Whether the whole text is an account id.</summary>
    public static bool IsAccountText(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    /// <summary>Whether the whole text is a region.</summary>
    public static bool IsRegion(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length > 0 && RegionLength(bytes) == bytes.Length;
    }

    /// <summary>The account and region in an ARN (<c>arn:partition:service:region:account:…</c>); empty where it has none.</summary>
    /// <returns>False if this is no ARN.</returns>
    public static bool TryReadArn(ReadOnlySpan<byte> arn, out ReadOnlySpan<byte> account, out ReadOnlySpan<byte> region)
    {
        account = default;
        region = default;
        if (!arn.StartsWith("arn:"u8))
        {
            return false;
        }

        var rest = arn[4..];
        for (var field = 1; field <= 4; field++)
        {
            var colon = rest.IndexOf((byte)':');
            if (colon < 0)
            {
                return false;
            }

            if (field == 3 && RegionLength(rest[..colon]) == colon)
            {
                region = rest[..colon];
            }
            else if (field == 4 && IsAccount(rest[..colon]))
            {
                account = rest[..colon];
            }

            rest = rest[(colon + 1)..];
        }

        return true;
    }

    /// <summary>The region among the labels of a DNS name, forwards or backwards written; empty if there is none.</summary>
    public static ReadOnlySpan<byte> RegionInName(ReadOnlySpan<byte> name)
    {
        while (!name.IsEmpty)
        {
            var dot = name.IndexOf((byte)'.');
            var label = dot < 0 ? name : name[..dot];
            if (!label.IsEmpty && RegionLength(label) == label.Length)
            {
                return label;
            }

            name = dot < 0 ? default : name[(dot + 1)..];
        }

        return default;
    }

    private static bool IsZoneLetter(ReadOnlySpan<byte> text, int at) =>
        at == text.Length - 1 && text[at] is >= (byte)'a' and <= (byte)'z';
}
