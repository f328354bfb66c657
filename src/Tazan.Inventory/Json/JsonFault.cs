namespace Tazan.Inventory.Json;

/// <summary>The text is no JSON, or not all of it is there.</summary>
/// <remarks>The message is one line: name, line, what is wrong, and the offset.</remarks>
public sealed class JsonFault : Exception
{
    internal JsonFault(string name, long line, long offset, bool isTruncated, string what)
        : base($"{name}:{line}: {what} (at byte {offset})")
    {
        Name = name;
        Line = line;
        Offset = offset;
        IsTruncated = isTruncated;
        What = what;
    }

    /// <summary>What the stream was called, mostly a file's path.</summary>
    public string Name { get; }

    /// <summary>The line, counted from 1.</summary>
    public long Line { get; }

    /// <summary>The byte in the stream, counted from 0; a BOM counts.</summary>
    public long Offset { get; }

    /// <summary>Whether all was well up to the end of the stream, which came too early.</summary>
    public bool IsTruncated { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string What { get; }
}
