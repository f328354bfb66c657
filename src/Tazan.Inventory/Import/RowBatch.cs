using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Import;

/// <summary>One value of a row: text in the batch's bytes, a number, or null.</summary>
internal readonly struct Cell(long value, int length)
{
    public const int Null = -1;
    public const int Integer = -2;
    public const int Real = -3;

    /// <summary>Where the text begins, or the number, or its bits.</summary>
    public readonly long Value = value;

    /// <summary>The text's length in bytes, or what else it is.</summary>
    public readonly int Length = length;
}

/// <summary>Where a row begins, and what it is.</summary>
/// <param name="Map">The <see cref="MapPlan.Id"/>.</param>
/// <param name="Document">Counted from 0 within the file.</param>
/// <param name="Account">An index into the file's names; 0 for not known yet.</param>
/// <param name="Region">Likewise.</param>
/// <param name="FirstCell">Its first cell; the map says how many there are.</param>
internal readonly record struct RowHead(int Map, int Document, int Account, int Region, int FirstCell);

/// <summary>Rows on their way from the thread that reads to the one that writes; used again and again.</summary>
/// <remarks>Owned by one thread at a time.</remarks>
internal sealed class RowBatch
{
    // About what fits a second-level cache: the writer reads what the reader has just written.
    private const int FullBytes = 192 * 1024;
    private const int FullCells = 24 * 1024;

    private byte[] bytes = new byte[4096];
    private Cell[] cells = new Cell[256];
    private RowHead[] rows = new RowHead[32];
    private int byteCount;
    private int cellCount;
    private int rowCount;

    public ReadOnlySpan<RowHead> Rows => rows.AsSpan(0, rowCount);

    public ReadOnlySpan<Cell> Cells => cells.AsSpan(0, cellCount);

    public byte[] Bytes => bytes;

    public bool IsFull => byteCount >= FullBytes || cellCount >= FullCells;

    public bool IsEmpty => rowCount == 0;

    public int ByteCount => byteCount;

    public void Clear()
    {
        byteCount = 0;
        cellCount = 0;
        rowCount = 0;

        // One huge row (a policy text, say) must not be paid for until the end.
        if (bytes.Length > 8 * FullBytes)
        {
            bytes = new byte[FullBytes];
        }
    }

    public void BeginRow(int map, int document, int account, int region)
    {
        if (rowCount == rows.Length)
        {
            Array.Resize(ref rows, rows.Length * 2);
        }

        rows[rowCount++] = new RowHead(map, document, account, region, cellCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Cell cell)
    {
        if (cellCount == cells.Length)
        {
            Array.Resize(ref cells, cells.Length * 2);
        }

        cells[cellCount++] = cell;
    }

    public void AddNull() => Add(new Cell(0, Cell.Null));

    public void AddInteger(long value) => Add(new Cell(value, Cell.Integer));

    public void AddReal(double value) => Add(new Cell(BitConverter.DoubleToInt64Bits(value), Cell.Real));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddText(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        EndText(byteCount, text.Length);
    }

    /// <summary>Room for a text that is written in place; <see cref="EndText"/> makes it a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int length)
    {
        if (bytes.Length - byteCount < length)
        {
            Grow(length);
        }

        return bytes.AsSpan(byteCount, length);
    }

    /// <summary>Makes the text that begins at <paramref name="start"/>, the count of bytes before it, a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndText(int start, int length)
    {
        Add(new Cell(start, length));
        byteCount = start + length;
    }

    /// <summary>Appends bytes of a text that grows piece by piece; it becomes a cell by <see cref="EndText"/>.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(Room(piece.Length));
        byteCount += piece.Length;
    }

    public void Append(byte piece)
    {
        Room(1)[0] = piece;
        byteCount++;
    }

    private void Grow(int length) => Array.Resize(ref bytes, Math.Max(bytes.Length * 2, byteCount + length));
}
