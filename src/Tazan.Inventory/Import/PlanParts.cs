using System.Collections.Immutable;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Import;

/// <summary>One alternative of where a cell's value stands.</summary>
/// <param name="Origin">Where from; for members the slot counts.</param>
/// <param name="Slot">Where the walk notes the value's place; -1 for other origins.</param>
/// <param name="Tail">For a list's or map's items: the members that lead from each item to the text.</param>
/// <param name="Into">Whether the slot holds the value itself, a list to go through, or a map whose names are wanted.</param>
/// <param name="Constant">For a constant, its text.</param>
internal sealed record CellSource(PathOrigin Origin, int Slot, ImmutableArray<byte[]> Tail, StepInto Into, byte[] Constant);

/// <summary>What is done to a value beyond its type.</summary>
internal enum CellTwist
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>S3 says null for us-east-1 and EU for eu-west-1 (GetBucketLocation, API reference).</summary>
    BucketRegion,

    /// <summary>Only the end of a long text is kept.</summary>
    Tail,
}

/// <summary>One cell of a row: how to get its value.</summary>
internal sealed record CellPlan(ColumnType Type, ImmutableArray<CellSource> Sources, CellTwist Twist);

/// <summary>How rows of one table are made; its <paramref name="Id"/> names it across threads.</summary>
internal sealed record MapPlan(int Id, TableMap Map, Call Call, ImmutableArray<CellPlan> Cells, bool IsMain)
{
    /// <summary>The statement that inserts a row: source, account, region, then the cells.</summary>
    public string InsertSql =>
        $"INSERT INTO {Map.Table} (source, account, region{string.Concat(Map.Columns.Select(static c => ", " + c.Name))}) VALUES ({string.Join(",", Enumerable.Range(1, Cells.Length + 3).Select(static n => "?" + n))})";
}

/// <summary>What a value tells about where its row belongs.</summary>
internal enum EvidenceKind
{
    /// <summary>An ARN of the thing itself: account and region.</summary>
    Arn,

    /// <summary>An ARN of something that must lie in the same region, but can be another account's.</summary>
    RegionOfArn,

    /// <summary>Twelve digits.</summary>
    Account,

    /// <summary>A zone or a region, or a list of them.</summary>
    Zone,

    /// <summary>A DNS name of the provider's with the region in it.</summary>
    DnsName,
}

/// <summary>One value to look at, by its slot.</summary>
internal readonly record struct Evidence(EvidenceKind Kind, ImmutableArray<CellSource> Sources);

/// <summary>The items of one list (or map, or the answer itself), and what is made of each.</summary>
internal sealed class PlanLevel
{
    public required int Depth { get; init; }

    /// <summary>What is wanted of each item.</summary>
    public PlanNode Root { get; } = new();

    /// <summary>The first of this level's slots; those of a level stand together, so that they are cleared at once.</summary>
    public int FirstSlot { get; set; }

    public int SlotCount { get; set; }

    /// <summary>The slot of the item itself, -1 if nobody wants it.</summary>
    public int SelfSlot { get; set; } = -1;

    /// <summary>The slot of the item's name in its map, -1 if nobody wants it.</summary>
    public int KeySlot { get; set; } = -1;

    /// <summary>Rows made of each item.</summary>
    public List<MapPlan> Maps { get; } = [];

    /// <summary>Where items tell their account and region.</summary>
    public List<Evidence> Evidence { get; } = [];

    /// <summary>Lists inside each item whose items make rows too.</summary>
    public List<PlanChild> Children { get; } = [];
}

/// <summary>A list (or map) inside an item, and its level.</summary>
internal sealed record PlanChild(string Path, string FirstName, int Slot, StepInto Into, PlanLevel Level);
