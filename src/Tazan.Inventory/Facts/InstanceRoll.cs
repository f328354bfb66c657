using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>Every instance's number and type, by place and id, kept from one pass over the widest table there is.</summary>
/// <remarks>Not thread-safe. Ids that only interfaces name get numbers too.</remarks>
internal sealed class InstanceRoll
{
    private readonly TextArena texts;
    private readonly Utf8Index ids = new();
    private readonly Utf8Index places = new();
    private readonly Utf8Index words = new();
    private readonly List<PinnedText> wordTexts = [];
    private readonly List<(int Place, PinnedText Type)> first = [];

    // One id in two accounts happens only where a fleet's files were put together wrongly.
    private readonly Dictionary<(int Instance, int Place), PinnedText> others = [];
    private readonly CombinationKey key = new();

    internal InstanceRoll(TextArena texts) => this.texts = texts;

    /// <summary>How many numbers are given.</summary>
    internal int Count => ids.Count;

    internal static InstanceRoll Read(FactContext context)
    {
        var roll = new InstanceRoll(context.Texts);
        using var query = context.Database.Prepare("select account, region, instance_id, instance_type from instance where instance_id is not null order by rowid");
        while (query.Step())
        {
            roll.Add(query, 0, 1, query.GetUtf8(2), query.IsNull(3) ? default : roll.Word(query.GetUtf8(3)), out _);
        }

        return roll;
    }

    /// <summary>A text that many rows share, kept once.</summary>
    internal PinnedText Word(ReadOnlySpan<byte> utf8)
    {
        var number = words.Add(utf8, out var isNew);
        if (isNew)
        {
            wordTexts.Add(texts.Add(utf8));
        }

        return wordTexts[number];
    }

    internal void Add(Statement query, int account, int region, ReadOnlySpan<byte> id, PinnedText type, out bool isNewId)
    {
        var place = PlaceOf(query, account, region);
        var number = ids.Add(id, out isNewId);
        if (isNewId)
        {
            first.Add((place, type));
        }
        else if (first[number].Place != place)
        {
            others.TryAdd((number, place), type);
        }
    }

    /// <summary>The number of an id, and the type of the instance of that id in that place; null where there is none.</summary>
    internal int Find(ReadOnlySpan<byte> id, int place, out PinnedText type)
    {
        var number = ids.Add(id, out var isNew);
        if (isNew)
        {
            first.Add((-1, default));
        }

        type = first[number].Place == place ? first[number].Type : others.GetValueOrDefault((number, place));
        return number;
    }

    /// <summary>The number of an id, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> id) => ids.Find(id);

    internal int PlaceOf(Statement query, int account, int region) => places.Add(key.Start().AddOrNull(query, account).AddOrNull(query, region).Bytes);
}
