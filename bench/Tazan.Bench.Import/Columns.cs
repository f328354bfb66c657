using System.Runtime.CompilerServices;
using Tazan.Inventory.Json;

namespace Tazan.Bench.Import;

/// <summary>The 14 columns of the reference: id, type, zone, state, launch time, image, subnet, VPC, private address,
/// number of volumes, profile, security groups, auto-recovery, tags.</summary>
internal sealed class Columns
{
    private readonly Names types = new(), zones = new(), states = new(), images = new(), subnets = new(), vpcs = new();
    private readonly Names groups = new(), profiles = new(), keys = new(), values = new(), recoveries = new();
    private readonly List<ulong> id = [];
    private readonly List<long> launched = [];
    private readonly List<uint> address = [];
    private readonly List<int> type = [], zone = [], state = [], image = [], subnet = [], vpc = [], volumes = [], profile = [], recovery = [];
    private readonly List<int> tagStart = [], tagKey = [], tagValue = [], groupStart = [], group = [];

    public int Instances { get; private set; }

    public int Tags => tagKey.Count;

    public ulong Check
    {
        get
        {
            ulong check = 0;
            foreach (var one in id)
            {
                check ^= one;
            }

            return check;
        }
    }

    public void ReadFrom(JsonWindow window)
    {
        while (window.TryStart())
        {
            window.Enter();
            while (window.NextMember(out var name))
            {
                if (!name.SequenceEqual("Reservations"u8))
                {
                    continue;
                }

                window.Enter();
                while (window.NextItem())
                {
                    Reservation(window.Read());
                }
            }
        }
    }

    private void Reservation(JsonItem reservation)
    {
        foreach (var member in reservation.Members)
        {
            if (member.NameIs("Instances"u8))
            {
                foreach (var instance in member.Value.Items)
                {
                    Instance(instance);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Instance(JsonItem instance)
    {
        Instances++;
        tagStart.Add(tagKey.Count);
        groupStart.Add(group.Count);
        var (pf, su, vp, nv) = (-1, -1, -1, 0);
        uint ip = 0;
        foreach (var member in instance.Members)
        {
            var name = member.Name;
            switch (name.Length)
            {
                case 10 when name.SequenceEqual("InstanceId"u8): id.Add(Hex(member.Value.Raw[2..])); break;
                case 10 when name.SequenceEqual("LaunchTime"u8): launched.Add(Epoch(member.Value.Raw)); break;
                case 7 when name.SequenceEqual("ImageId"u8): image.Add(images.Number(member.Value.Raw)); break;
                case 12 when name.SequenceEqual("InstanceType"u8): type.Add(types.Number(member.Value.Raw)); break;
                case 9 when name.SequenceEqual("Placement"u8): zone.Add(Part(member.Value, "AvailabilityZone"u8, zones)); break;
                case 16 when name.SequenceEqual("PrivateIpAddress"u8): ip = Address(member.Value.Raw); break;
                case 5 when name.SequenceEqual("State"u8): state.Add(Part(member.Value, "Name"u8, states)); break;
                case 5 when name.SequenceEqual("VpcId"u8): vp = vpcs.Number(member.Value.Raw); break;
                case 8 when name.SequenceEqual("SubnetId"u8): su = subnets.Number(member.Value.Raw); break;
                case 19 when name.SequenceEqual("BlockDeviceMappings"u8):
                    foreach (var _ in member.Value.Items)
                    {
                        nv++;
                    }

                    break;
                case 18 when name.SequenceEqual("IamInstanceProfile"u8): pf = Part(member.Value, "Arn"u8, profiles); break;
                case 18 when name.SequenceEqual("MaintenanceOptions"u8): recovery.Add(Part(member.Value, "AutoRecovery"u8, recoveries)); break;
                case 14 when name.SequenceEqual("SecurityGroups"u8):
                    foreach (var one in member.Value.Items)
                    {
                        group.Add(Part(one, "GroupId"u8, groups));
                    }

                    break;
                case 4 when name.SequenceEqual("Tags"u8):
                    foreach (var tag in member.Value.Items)
                    {
                        tagKey.Add(Part(tag, "Key"u8, keys));
                        tagValue.Add(Part(tag, "Value"u8, values));
                    }

                    break;
            }
        }

        profile.Add(pf);
        subnet.Add(su);
        vpc.Add(vp);
        address.Add(ip);
        volumes.Add(nv);
    }

    private static int Part(JsonItem item, ReadOnlySpan<byte> name, Names names) =>
        item.TryGet(name, out var value) ? names.Number(value.Raw) : -1;

    private static ulong Hex(ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        foreach (var c in text)
        {
            value = unchecked((value << 4) | (uint)(c <= '9' ? c - '0' : c - 'a' + 10));
        }

        return value;
    }

    private static uint Address(ReadOnlySpan<byte> text)
    {
        uint address = 0, part = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                address = (address << 8) | part;
                part = 0;
            }
            else
            {
                part = unchecked((part * 10) + c - '0');
            }
        }

        return (address << 8) | part;
    }

    private static long Epoch(ReadOnlySpan<byte> text)
    {
        static int Digits(ReadOnlySpan<byte> digits)
        {
            var value = 0;
            foreach (var c in digits)
            {
                value = unchecked((value * 10) + c - '0');
            }

            return value;
        }

        var day = new DateOnly(Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10])).DayNumber - 719_162;   // 1970-01-01
        return (day * 86_400L) + (Digits(text[11..13]) * 3600) + (Digits(text[14..16]) * 60) + Digits(text[17..19]);
    }
}
