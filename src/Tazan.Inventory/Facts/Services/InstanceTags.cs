using System.Text.Json;

namespace Tazan.Inventory.Facts.Services;

/// <summary>The few tags of an instance that say what it is, read without making a dictionary of all of them.</summary>
/// <remarks>Not thread-safe: one is used again for each instance. Keys are recognised once and then by number.</remarks>
internal sealed class InstanceTags
{
    // Such tags say which of a pair a member is; "role" is a service tag too, hence the values decide.
    private static readonly string[] RoleKeys = ["role", "db-role", "db_role", "replication-role", "replication_role", "tazan:role"];
    private static readonly string[] ScheduleKeys = ["schedule", "cron", "instance-schedule", "scheduled"];

    // An application is more than one service; what part of it an instance plays is then in another tag.
    private static readonly string[] ApplicationKeys = ["app", "application", "project", "product"];
    private static readonly string[] PartKeys = ["role", "component", "tier"];

    private readonly FleetSettings settings;
    private readonly Utf8Index keys = new();
    private readonly List<int[]> slotsOf = [];
    private readonly Utf8Index values = new();
    private readonly List<string> texts = [];
    private readonly List<string> roles = [];

    // The numbers of values and of the keys they stood under; -1 where there is none.
    private readonly int[] slots;
    private readonly int[] spelt;
    private byte[] name = new byte[256];
    private int nameLength;
    private int nameKey = -1;

    internal InstanceTags(FleetSettings settings)
    {
        this.settings = settings;
        Slots = (settings.ServiceTags.Length, settings.EnvironmentTags.Length);
        slots = new int[Slots.Service + Slots.Environment + 3];
        spelt = new int[slots.Length];
    }

    /// <summary>The Name tag; made into a string only when asked for, since it is another for each instance.</summary>
    internal string Name => System.Text.Encoding.UTF8.GetString(name.AsSpan(0, nameLength));

    internal string AutoScalingGroup => TextOf(slots.Length - 3);

    /// <summary><c>primary</c>, <c>standby</c> or empty.</summary>
    internal string Role { get; private set; } = "";

    internal bool HasSchedule => slots[^1] >= 0;

    /// <summary>Whether <see cref="FindService"/> finds one.</summary>
    internal bool NamesService
    {
        get
        {
            for (var i = 0; i < Slots.Service; i++)
            {
                if (slots[i] >= 0 && roles[slots[i]].Length == 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Adds all that was read but the name.</summary>
    internal void AddTo(CombinationKey key)
    {
        for (var slot = 0; slot < slots.Length; slot++)
        {
            if (slots[slot] >= 0)
            {
                key.Add(slot).Add(slots[slot]).Add(spelt[slot]);
            }
        }

        // The -1 ends the slots, of which there are few or many.
        key.Add(-1).Add(Role switch { "primary" => 1, "standby" => 2, _ => 0 });
    }

    private (int Service, int Environment) Slots { get; }

    /// <summary>Reads the tags of the next instance.</summary>
    internal void Read(ReadOnlySpan<byte> json)
    {
        Array.Fill(slots, -1);
        Role = "";
        nameLength = 0;
        if (json.Length <= 2)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        var key = -1;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                // Escapes are rare enough to take the slow way.
                key = Intern(reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
            }
            else if (reader.TokenType == JsonTokenType.String && (slotsOf[key].Length > 0 || key == nameKey))
            {
                var text = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
                if (key == nameKey)
                {
                    KeepName(text);
                    if (slotsOf[key].Length == 0)
                    {
                        continue;
                    }
                }

                var value = InternValue(text);
                foreach (var slot in slotsOf[key])
                {
                    // Two spellings of one key (env, Env): the first with a value counts.
                    if (slots[slot] < 0 && texts[value].Length > 0)
                    {
                        slots[slot] = value;
                        spelt[slot] = key;
                    }

                    if (slot == slots.Length - 2 && roles[value].Length > 0)
                    {
                        Role = roles[value];
                    }
                }
            }
        }
    }

    /// <summary>The service that tags name, and the tags that do; null where none does.</summary>
    internal (string Name, string Reason)? FindService()
    {
        for (var i = 0; i < Slots.Service; i++)
        {
            if (slots[i] < 0 || roles[slots[i]].Length > 0)
            {
                continue;
            }

            var value = TextOf(i);
            if (ApplicationKeys.Contains(settings.ServiceTags[i], StringComparer.OrdinalIgnoreCase))
            {
                for (var j = 0; j < Slots.Service; j++)
                {
                    if (slots[j] >= 0 && slots[j] != slots[i] && roles[slots[j]].Length == 0 && PartKeys.Contains(settings.ServiceTags[j], StringComparer.OrdinalIgnoreCase))
                    {
                        return ($"{value}-{TextOf(j)}", $"tags {keys.Text(spelt[i])}={value} and {keys.Text(spelt[j])}={TextOf(j)}");
                    }
                }
            }

            return (value, $"tag {keys.Text(spelt[i])}={value}");
        }

        return null;
    }

    /// <summary>The environment; empty where no tag tells.</summary>
    internal string FindEnvironment()
    {
        for (var i = Slots.Service; i < Slots.Service + Slots.Environment; i++)
        {
            if (slots[i] >= 0)
            {
                return TextOf(i);
            }
        }

        return "";
    }

    private static string RoleOf(string value) => value.ToLowerInvariant() switch
    {
        "primary" or "master" or "writer" or "leader" or "active" => "primary",
        "standby" or "replica" or "slave" or "secondary" or "follower" or "reader" or "passive" or "read-replica" => "standby",
        _ => "",
    };

    private void KeepName(ReadOnlySpan<byte> text)
    {
        if (text.Length > name.Length)
        {
            name = new byte[text.Length];
        }

        text.CopyTo(name);
        nameLength = text.Length;
    }

    private int Intern(ReadOnlySpan<byte> key)
    {
        var number = keys.Add(key, out var isNew);
        if (isNew)
        {
            slotsOf.Add(SlotsOf(keys.Text(number)));
            nameKey = key.SequenceEqual("Name"u8) ? number : nameKey;
        }

        return number;
    }

    private string TextOf(int slot) => slots[slot] < 0 ? "" : texts[slots[slot]];

    private int InternValue(ReadOnlySpan<byte> value)
    {
        var number = values.Add(value, out var isNew);
        if (isNew)
        {
            texts.Add(values.Text(number));
            roles.Add(RoleOf(texts[number]));
        }

        return number;
    }

    private int[] SlotsOf(string key)
    {
        var found = new List<int>();
        for (var i = 0; i < Slots.Service; i++)
        {
            AddIf(key.Equals(settings.ServiceTags[i], StringComparison.OrdinalIgnoreCase), i);
        }

        for (var i = 0; i < Slots.Environment; i++)
        {
            AddIf(key.Equals(settings.EnvironmentTags[i], StringComparison.OrdinalIgnoreCase), Slots.Service + i);
        }

        AddIf(key == "aws:autoscaling:groupName", slots.Length - 3);
        AddIf(RoleKeys.Contains(key, StringComparer.OrdinalIgnoreCase), slots.Length - 2);
        AddIf(ScheduleKeys.Contains(key, StringComparer.OrdinalIgnoreCase), slots.Length - 1);
        return [.. found];

        void AddIf(bool condition, int slot)
        {
            if (condition)
            {
                found.Add(slot);
            }
        }
    }
}
