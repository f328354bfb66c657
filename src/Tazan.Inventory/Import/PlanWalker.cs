using System.Runtime.CompilerServices;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Import;

/// <summary>Walks items of answers along their call's plan and makes rows of them. One for each file; not thread-safe.</summary>
internal sealed class PlanWalker(FileImport file, ValueWriter values, Func<RowBatch, RowBatch> pass, RowBatch first)
{
    private int[] slots = new int[64];
    private RowBatch batch = first;
    private Document document = new() { Index = -1, Line = 0 };
    private CallPlan? plan;
    private int[] accounts = new int[8];
    private int[] regions = new int[8];

    /// <summary>The batch that is being filled.</summary>
    public RowBatch Batch => batch;

    /// <summary>Starts a document of a call; the resource it was asked about, if known, already says where it belongs.</summary>
    public void Begin(Document next, CallPlan call)
    {
        document = next;
        plan = call;
        if (slots.Length < call.SlotCount)
        {
            slots = new int[call.SlotCount];
        }

        slots.AsSpan().Fill(-1);
        accounts[0] = 0;
        regions[0] = 0;
        if (next.Resource is { } resource && Places.TryReadArn(resource, out var account, out var region))
        {
            accounts[0] = Name(account, "resource asked about", isAccount: true);
            regions[0] = Name(region, "resource asked about", isAccount: false);
        }
    }

    /// <summary>Makes the rows of the answer itself: of its members, and of its lists as far as they are still in it.</summary>
    public void Answer(JsonItem answer) => Item(plan!.Answer, answer, keyIndex: -1);

    /// <summary>Makes the rows of one item of a list at the top of the answer.</summary>
    public void Item(PlanLevel level, JsonItem item, int keyIndex)
    {
        var own = slots.AsSpan(level.FirstSlot, level.SlotCount);
        own.Fill(-1);
        var tape = item.Tape;
        if (item.Kind == JsonKind.Object)
        {
            Capture(level.Root, item);
        }
        else if (level.Root.HasKids)
        {
            if (item.Kind != JsonKind.Null)
            {
                file.CountOdd(plan!.Call.Operation + " item");
            }

            return;
        }

        if (level.SelfSlot >= 0)
        {
            slots[level.SelfSlot] = item.Index;
        }

        if (level.KeySlot >= 0)
        {
            slots[level.KeySlot] = keyIndex;
        }

        Locate(level, tape);
        foreach (var map in level.Maps)
        {
            Emit(map, level.Depth, tape);
        }

        foreach (var child in level.Children)
        {
            var at = slots[child.Slot];
            if (at < 0)
            {
                continue;
            }

            var list = new JsonItem(tape, at);
            if (child.Into == StepInto.Map)
            {
                foreach (var member in list.Members)
                {
                    Item(child.Level, member.Value, member.Value.Index - 1);
                }
            }
            else if (list.Kind == JsonKind.Array)
            {
                foreach (var inner in list.Items)
                {
                    Item(child.Level, inner, -1);
                }
            }
            else if (list.Kind != JsonKind.Null)
            {
                file.CountOdd(plan!.Call.Operation + " " + child.Path);
            }
        }
    }

    private void Capture(PlanNode node, JsonItem item)
    {
        foreach (var member in item.Members)
        {
            var kid = member.NameHasEscapes ? node.Find(System.Text.Encoding.UTF8.GetBytes(member.GetName())) : node.Find(member.Name);
            if (kid is null)
            {
                continue;
            }

            var value = member.Value;
            if (kid.Slot >= 0)
            {
                slots[kid.Slot] = value.Index;
            }

            if (kid.HasKids)
            {
                if (value.Kind == JsonKind.Object)
                {
                    Capture(kid, value);
                }
                else if (value.Kind != JsonKind.Null && kid.Slot < 0)
                {
                    file.CountOdd(plan!.Call.Operation + " " + member.GetName());
                }
            }

            if (kid.First is { } first && value.Kind == JsonKind.Array)
            {
                foreach (var element in value.Items)
                {
                    if (first.Slot >= 0)
                    {
                        slots[first.Slot] = element.Index;
                    }

                    Capture(first, element);
                    break;
                }
            }
        }
    }

    // What an item does not say of itself, the one around it says for it: a device belongs where its instance does.
    private void Locate(PlanLevel level, JsonTape tape)
    {
        var depth = level.Depth;
        if (depth >= accounts.Length)
        {
            Array.Resize(ref accounts, depth * 2);
            Array.Resize(ref regions, depth * 2);
        }

        var account = 0;
        var region = 0;
        foreach (var evidence in level.Evidence)
        {
            foreach (var source in evidence.Sources)
            {
                if (slots[source.Slot] is var at && at >= 0)
                {
                    Look(evidence.Kind, source, new JsonItem(tape, at), ref account, ref region);
                    break;
                }
            }

            if (account != 0 && region != 0)
            {
                break;
            }
        }

        // Level 0 holds what the resource asked about says; the answer's own members come before that.
        var around = Math.Max(0, depth - 1);
        accounts[depth] = account != 0 ? account : accounts[around];
        regions[depth] = region != 0 ? region : regions[around];
    }

    private void Look(EvidenceKind kind, CellSource source, JsonItem value, ref int account, ref int region)
    {
        if (value.Kind == JsonKind.Array)
        {
            foreach (var item in value.Items)
            {
                if (source.Tail.IsEmpty)
                {
                    Look(kind, source, item, ref account, ref region);
                }
                else if (item.TryGet(source.Tail[0], out var inner) && inner.Kind == JsonKind.String)
                {
                    Look(kind, source, inner, ref account, ref region);
                }

                return;
            }

            return;
        }

        if (value.Kind is not (JsonKind.String or JsonKind.Number))
        {
            return;
        }

        var text = value.Raw;
        switch (kind)
        {
            case EvidenceKind.Account when account == 0 && Places.IsAccount(text):
                account = Name(text, "owner id", isAccount: true);
                break;
            case EvidenceKind.Zone when region == 0 && Places.RegionLength(text) is > 0 and var length:
                region = Name(text[..length], "zone", isAccount: false, text);
                break;
            case EvidenceKind.DnsName when region == 0:
                region = Name(Places.RegionInName(text), "DNS name", isAccount: false);
                break;
            case EvidenceKind.Arn or EvidenceKind.RegionOfArn when Places.TryReadArn(text, out var ofAccount, out var ofRegion):
                if (account == 0 && kind == EvidenceKind.Arn)
                {
                    account = Name(ofAccount, "ARN", isAccount: true);
                }

                if (region == 0)
                {
                    region = Name(ofRegion, "ARN", isAccount: false);
                }

                break;
        }
    }

    private int Name(ReadOnlySpan<byte> name, string from, bool isAccount, ReadOnlySpan<byte> shown = default)
    {
        var index = file.Intern(name);
        if (index != 0)
        {
            // Said once for a document, so the text is made once.
            if (isAccount && document.AccountFrom.Length == 0)
            {
                document.AccountFrom = from;
            }
            else if (!isAccount && document.RegionFrom.Length == 0)
            {
                document.RegionFrom = shown.IsEmpty ? from : from + " " + System.Text.Encoding.UTF8.GetString(shown);
            }
        }

        return index;
    }

    private void Emit(MapPlan map, int depth, JsonTape tape)
    {
        var account = accounts[depth];
        var region = regions[depth];
        batch.BeginRow(map.Id, document.Index, account, region);
        document.Count(account, region);
        if (map.IsMain)
        {
            document.Items++;
        }

        if (account == 0 || (region == 0 && map.Call.Scope == Calls.CallScope.Regional))
        {
            document.Homeless.Add(map.Map.Table);
        }

        foreach (var cell in map.Cells)
        {
            if (!TryWrite(map, cell, account, tape))
            {
                ValueWriter.WriteMissing(batch, cell);
            }
        }

        if (batch.IsFull)
        {
            batch = pass(batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryWrite(MapPlan map, CellPlan cell, int account, JsonTape tape)
    {
        foreach (var source in cell.Sources)
        {
            if (source.Slot >= 0)
            {
                var at = slots[source.Slot];
                if (at < 0)
                {
                    continue;
                }

                var value = new JsonItem(tape, at);
                if (value.Kind == JsonKind.Null)
                {
                    continue;
                }

                if (!values.Write(batch, value, cell, source))
                {
                    file.CountOdd(map.Map.Table + "." + map.Map.Columns[map.Cells.IndexOf(cell)].Name);
                }

                return true;
            }

            switch (source.Origin)
            {
                case PathOrigin.Constant:
                    batch.AddText(source.Constant);
                    return true;
                case PathOrigin.Resource when document.Resource is { } resource:
                    batch.AddText(resource);
                    return true;
                case PathOrigin.Account when account != 0:
                    batch.AddText(file.Name(account));
                    return true;
            }
        }

        return false;
    }
}
