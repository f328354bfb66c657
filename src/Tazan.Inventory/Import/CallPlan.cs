using System.Collections.Immutable;
using System.Text;
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

/// <summary>How one call's answers become rows: compiled from its declaration, once.</summary>
/// <remarks>
/// Each item is walked once; the walk notes in slots where the wanted values stand. Then the rows are made from the
/// slots, the item's own and those of the objects around it (<c>^OwnerId</c> may stand behind the list it is wanted in).
/// Immutable after <see cref="Compile"/>, so threads share it.
/// </remarks>
internal sealed class CallPlan
{
    // Whose owner is not the one who lists it: images and snapshots are public or shared, the provider owns most prefix lists.
    private static readonly HashSet<string> OwnedByOthers = ["image.owner_id", "ebs_snapshot.owner_id", "prefix_list.owner_id"];

    // ARNs of something else than the row: a target can be another account's, a trail is listed in every region, an
    // organisation belongs to its management account, a copy in a vault can come from another account.
    private static readonly HashSet<string> ArnsOfOthers =
    [
        "event_rule_target.target_arn", "event_source_mapping.event_source_arn", "trail.trail_arn", "organization.arn",
        "organization_account.arn", "bucket_notification.function_arn", "recovery_point.resource_arn",
        "restore_job.source_resource_arn", "topic_subscription.subscription_arn",
    ];

    private static readonly HashSet<string> ZoneColumns =
        ["availability_zone", "availability_zones", "zone_name", "node_zones", "instance_type_offering.location"];

    private static readonly HashSet<string> DnsColumns = ["classic_load_balancer.dns_name", "vpc_endpoint.service_name"];

    private readonly List<MapPlan> maps = [];

    // Slots get their numbers level by level, after all columns have said what they want: who waits for a number, and
    // what is built when all have theirs.
    private readonly List<(PlanLevel Level, PlanNode? Node, Action<int> Tell)> pending = [];
    private readonly List<(PlanLevel Level, Action<int> Tell)> keys = [];
    private readonly List<Action> late = [];
    private int slots;

    private CallPlan(Call call) => Call = call;

    public Call Call { get; }

    /// <summary>The answer itself.</summary>
    public PlanLevel Answer { get; } = new() { Depth = 0 };

    public IReadOnlyList<MapPlan> Maps => maps;

    public int SlotCount => slots;

    /// <summary>Compiles a call's declaration.</summary>
    /// <param name="call">The call.</param>
    /// <param name="firstId">The number of its first map; the others follow.</param>
    public static CallPlan Compile(Call call, int firstId)
    {
        var plan = new CallPlan(call);
        var chains = call.Fills.Select(fill => plan.Chain(fill.Items)).ToList();
        for (var i = 0; i < call.Fills.Length; i++)
        {
            plan.Add(call.Fills[i], chains[i], firstId + i, isMain: i == 0 || StandsBeside(call.Fills[0], call.Fills[i]));
        }

        plan.NumberSlots(plan.Answer);
        plan.Resolve();
        plan.Answer.Root.Freeze();
        foreach (var level in chains.SelectMany(static c => c).Distinct())
        {
            level.Root.Freeze();
        }

        return plan;
    }

    private List<PlanLevel> Chain(string items)
    {
        var chain = new List<PlanLevel> { Answer };
        var level = Answer;
        var path = new List<PathStep>();
        foreach (var step in ColumnPath.ParseSteps(items))
        {
            path.Add(step);
            if (step.Into is StepInto.Value)
            {
                continue;
            }

            var text = string.Join('.', path.Select(static s => s.Name));
            var child = level.Children.Find(c => c.Path == text && c.Into == step.Into);
            if (child is null)
            {
                var inner = new PlanLevel { Depth = level.Depth + 1 };
                var node = level.Root;
                foreach (var part in path)
                {
                    node = node.Kid(part.Name);
                }

                var parent = level;
                var first = path[0].Name;
                child = new PlanChild(text, first, -1, step.Into, inner);
                parent.Children.Add(child);
                var place = parent.Children.Count - 1;
                pending.Add((parent, node, slot => parent.Children[place] = parent.Children[place] with { Slot = slot }));
            }

            level = child.Level;
            chain.Add(level);
            path.Clear();
        }

        return path.Count == 0 ? chain : throw new FormatException($"The items path '{items}' ends in no list.");
    }

    private void Add(TableMap map, List<PlanLevel> chain, int id, bool isMain)
    {
        var cells = new CellPlan[map.Columns.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var column = map.Columns[i];
            var sources = new List<CellSource>();
            foreach (var path in ColumnPath.ParseAll(column.Path))
            {
                var index = sources.Count;
                sources.Add(Source(path, chain, slot => sources[index] = sources[index] with { Slot = slot }, map.Table + "." + column.Name));
            }

            var at = i;
            late.Add(() => cells[at] = new CellPlan(column.Type, [.. sources], Twist(map.Table, column.Name)));
            // What stands in an object around the item speaks for all that is inside that object.
            var paths = ColumnPath.ParseAll(column.Path);
            if (EvidenceOf(map.Table, column) is { } kind && paths.All(p => (p.Origin is PathOrigin.Members or PathOrigin.Self) && p.Up == paths[0].Up))
            {
                var level = chain[^(1 + paths[0].Up)];
                late.Add(() =>
                {
                    if (!level.Evidence.Exists(e => e.Kind == kind && e.Sources[0].Slot == sources[0].Slot))
                    {
                        level.Evidence.Add(new Evidence(kind, [.. sources]));
                    }
                });
            }
        }

        late.Add(() =>
        {
            var plan = new MapPlan(id, map, Call, [.. cells], isMain);
            maps.Add(plan);
            chain[^1].Maps.Add(plan);
        });
    }

    private CellSource Source(ColumnPath path, List<PlanLevel> chain, Action<int> tell, string column)
    {
        var into = StepInto.Value;
        var tail = ImmutableArray<byte[]>.Empty;
        switch (path.Origin)
        {
            case PathOrigin.Self:
                pending.Add((chain[^1], null, tell));
                break;
            case PathOrigin.Key:
                keys.Add((chain[^1], tell));
                break;
            case PathOrigin.Members:
                if (path.Up >= chain.Count || (path.Up > 0 && path.Up == chain.Count - 1))
                {
                    // The answer itself is not at hand while its lists stream by.
                    throw new FormatException($"{column}: '^' leads out of the items path.");
                }

                var level = chain[^(1 + path.Up)];
                var node = level.Root;
                for (var i = 0; i < path.Steps.Length; i++)
                {
                    var step = path.Steps[i];
                    node = node.Kid(step.Name);
                    if (step.Into is StepInto.First)
                    {
                        node = node.First ??= new PlanNode();
                    }
                    else if (step.Into is StepInto.Each or StepInto.Map)
                    {
                        into = step.Into;
                        tail = [.. path.Steps[(i + 1)..].Select(static s => Encoding.UTF8.GetBytes(s.Name))];
                        break;
                    }
                }

                pending.Add((level, node, tell));
                break;
        }

        return new CellSource(path.Origin, -1, tail, into, Encoding.UTF8.GetBytes(path.Constant));
    }

    private void NumberSlots(PlanLevel level)
    {
        level.FirstSlot = slots;
        foreach (var (owner, node, tell) in pending)
        {
            if (owner != level)
            {
                continue;
            }

            if (node is null)
            {
                if (level.SelfSlot < 0)
                {
                    level.SelfSlot = slots++;
                }

                tell(level.SelfSlot);
                continue;
            }

            if (node.Slot < 0)
            {
                node.Slot = slots++;
            }

            tell(node.Slot);
        }

        foreach (var (owner, tell) in keys)
        {
            if (owner == level)
            {
                if (level.KeySlot < 0)
                {
                    level.KeySlot = slots++;
                }

                tell(level.KeySlot);
            }
        }

        level.SlotCount = slots - level.FirstSlot;
        foreach (var child in level.Children)
        {
            NumberSlots(child.Level);
        }
    }

    private void Resolve()
    {
        foreach (var step in late)
        {
            step();
        }

        late.Clear();
        pending.Clear();
        keys.Clear();
    }

    // Composite alarms beside metric alarms, but not the devices inside instances.
    private static bool StandsBeside(TableMap first, TableMap other) =>
        first.Items.Length > 0 && !other.IsPartial && other.Items.Count(static c => c is '[' or '{') == 1
        && !other.Items.StartsWith(first.Items, StringComparison.Ordinal);

    private static CellTwist Twist(string table, string column) => (table, column) switch
    {
        ("bucket_location", "location") => CellTwist.BucketRegion,
        ("console_output", "output") => CellTwist.Tail,
        _ => CellTwist.None,
    };

    private static EvidenceKind? EvidenceOf(string table, Column column)
    {
        var full = table + "." + column.Name;
        return column.Name switch
        {
            "owner_id" => OwnedByOthers.Contains(full) ? null : EvidenceKind.Account,
            "account_id" or "aws_account_id" => EvidenceKind.Account,
            "kms_key_id" => EvidenceKind.RegionOfArn,
            _ when ZoneColumns.Contains(column.Name) || ZoneColumns.Contains(full) => EvidenceKind.Zone,
            _ when DnsColumns.Contains(full) => EvidenceKind.DnsName,
            "arn" => ArnsOfOthers.Contains(full) ? null : EvidenceKind.Arn,
            _ when column.Name.EndsWith("_arn", StringComparison.Ordinal) => ArnsOfOthers.Contains(full) ? null : EvidenceKind.Arn,
            _ => null,
        };
    }
}
