namespace Tazan.Inventory.Facts;

/// <summary>Several column values as one key, in a buffer that is used again for each row.</summary>
/// <remarks>Not thread-safe. Values are parted by a byte that UTF-8 never has, so different values never make one key.</remarks>
internal sealed class CombinationKey
{
    private byte[] buffer = new byte[256];
    private int length;

    internal ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    internal CombinationKey Start()
    {
        length = 0;
        return this;
    }

    internal CombinationKey Add(ReadOnlySpan<byte> value)
    {
        if (length + value.Length + 1 > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + value.Length + 1));
        }

        value.CopyTo(buffer.AsSpan(length));
        length += value.Length;
        buffer[length++] = 0xff;
        return this;
    }

    /// <summary>A column of which null and empty are two values.</summary>
    internal CombinationKey AddOrNull(Tazan.Inventory.Sqlite.Statement query, int column)
    {
        var value = query.GetUtf8(column);
        return Add(value.IsEmpty && query.IsNull(column) ? [0xfe] : value);
    }

    internal CombinationKey Add(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Add(bytes);
    }

    internal CombinationKey Add(bool value) => Add(value ? "1"u8 : "0"u8);
}
