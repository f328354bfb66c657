using System.Globalization;

namespace Tazan.Inventory.Import;

/// <summary>Times as AWS and the tools around it write them, brought to <c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
/// <remarks>Works on bytes: a large answer holds millions of times, nearly all already in UTC and a copy away from done.</remarks>
internal static class IsoTime
{
    /// <summary>How long a normalised time is.</summary>
    public const int Length = 20;

    // Epoch times above this are milliseconds: as seconds they would lie in the year 5138, as milliseconds in 1973.
    private const double LeastMilliseconds = 1e11;

    /// <summary>Normalises ISO-8601 text: fractions are dropped, offsets converted; without an offset it is UTC.</summary>
    /// <param name="text">Such as <c>2016-01-20T17:04:39.123+09:00</c>, <c>2016-01-20T17:04:39.000+0000</c> or <c>2016-01-20</c>.</param>
    /// <param name="into">Receives 20 bytes.</param>
    /// <returns>False if it is no such text; then nothing was written.</returns>
    public static bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Number(text, 0, 4, out var year) || !Number(text, 5, 2, out var month) || !Number(text, 8, 2, out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        if (text.Length == 10)
        {
            text.CopyTo(into);
            "T00:00:00Z"u8.CopyTo(into[10..]);
            return true;
        }

        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':'
            || !Number(text, 11, 2, out var hour) || !Number(text, 14, 2, out var minute) || hour > 24 || minute > 59)
        {
            return false;
        }

        var at = 16;
        var second = 0;
        if (at < text.Length && text[at] == ':')
        {
            if (text.Length < 19 || !Number(text, 17, 2, out second) || second > 60)
            {
                return false;
            }

            at = 19;
            if (at < text.Length && text[at] is (byte)'.' or (byte)',')
            {
                at++;
                while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
                {
                    at++;
                }
            }
        }

        if (!Offset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        if (offsetMinutes == 0 && hour < 24 && second < 60)
        {
            text[..10].CopyTo(into);
            into[10] = (byte)'T';
            Two(into[11..], hour);
            into[13] = (byte)':';
            Two(into[14..], minute);
            into[16] = (byte)':';
            Two(into[17..], second);
            into[19] = (byte)'Z';
            return true;
        }

        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks
            + ((((hour * 60L) + minute - offsetMinutes) * 60L) + second) * TimeSpan.TicksPerSecond;
        return TryFormat(ticks, into);
    }

    /// <summary>Writes epoch seconds (or milliseconds, told by their size).</summary>
    /// <returns>False outside the years 1 to 9999.</returns>
    public static bool TryFromEpoch(double value, Span<byte> into)
    {
        var seconds = Math.Abs(value) >= LeastMilliseconds ? value / 1000 : value;
        var limit = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds - 1;
        return seconds > -62_000_000_000 && seconds < limit
            && TryFormat(DateTime.UnixEpoch.Ticks + ((long)Math.Floor(seconds) * TimeSpan.TicksPerSecond), into);
    }

    /// <summary>Parses what <see cref="TryNormalise"/> wrote.</summary>
    public static DateTimeOffset Parse(string normalised) =>
        DateTimeOffset.ParseExact(normalised, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The time as snapshots hold it.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a calendar time, as recorders store it member by member.</summary>
    public static bool TryFromParts(long year, long month, long day, long hour, long minute, long second, Span<byte> into) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
        && hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59
        && TryFormat(new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second, DateTimeKind.Utc).Ticks, into);

    private static bool TryFormat(long ticks, Span<byte> into)
    {
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        var time = new DateTime(ticks, DateTimeKind.Utc);
        Two(into, time.Year / 100);
        Two(into[2..], time.Year % 100);
        into[4] = (byte)'-';
        Two(into[5..], time.Month);
        into[7] = (byte)'-';
        Two(into[8..], time.Day);
        into[10] = (byte)'T';
        Two(into[11..], time.Hour);
        into[13] = (byte)':';
        Two(into[14..], time.Minute);
        into[16] = (byte)':';
        Two(into[17..], time.Second);
        into[19] = (byte)'Z';
        return true;
    }

    // "", "Z", "+00:00", "+0900", "-03".
    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length > 0 && text[0] == ' ')
        {
            text = text[1..];
        }

        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || !Number(text, 1, 2, out var hours) || hours > 23)
        {
            return false;
        }

        var part = 0;
        var rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            rest = rest[1..];
        }

        if (!rest.IsEmpty && (rest.Length != 2 || !Number(rest, 0, 2, out part) || part > 59))
        {
            return false;
        }

        minutes = ((hours * 60) + part) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> text, int start, int length, out int value)
    {
        value = 0;
        for (var i = start; i < start + length; i++)
        {
            var digit = text[i] - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    private static void Two(Span<byte> into, int value)
    {
        into[0] = (byte)('0' + (value / 10));
        into[1] = (byte)('0' + (value % 10));
    }
}
