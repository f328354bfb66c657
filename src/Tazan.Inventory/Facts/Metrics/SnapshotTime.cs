using System.Buffers.Text;
using System.Globalization;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Metrics;

/// <summary>Times as the snapshot and CloudWatch write them, read without an allocation where they are in the usual form.</summary>
internal static class SnapshotTime
{
    /// <summary>The column's time, or null where there is none or it is no time.</summary>
    internal static DateTimeOffset? FindTime(this Statement row, int column) =>
        TryParse(row.GetUtf8(column), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Reads ISO-8601 to the second (fractions are dropped), with <c>Z</c>, an offset, or nothing, which means UTC.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="seconds">Since 1970, UTC.</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second)
            || year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var rest = text[19..];
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            while (!rest.IsEmpty && rest[0] is >= (byte)'0' and <= (byte)'9')
            {
                rest = rest[1..];
            }
        }

        if (!TryOffset(rest, out var offset))
        {
            return false;
        }

        seconds = (new DateOnly(year, month, day).DayNumber - UnixDay) * 86_400L + hour * 3_600 + minute * 60 + second - offset;
        return true;
    }

    /// <summary>For a sentence: <c>2026-03-02 09:00 UTC</c>.</summary>
    internal static string Say(this DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // 1970-01-01 as DateOnly counts days.
    private const int UnixDay = 719_162;

    private static bool TryOffset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || !Digits(text[1..3], out var hours) || !Digits(text[^2..], out var minutes))
        {
            return false;
        }

        seconds = (hours * 3_600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text[0] is not ((byte)'+' or (byte)'-');
}
