using System.Globalization;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>
/// Judges all instances by their kinds. A fleet of a hundred thousand has a few hundred distinct combinations of image,
/// type, kernel and modes: each is judged once, and SQLite itself copies the opinions to the instances, since carrying
/// every row across the border took three times as long.
/// </summary>
internal static class InstanceBoot
{
    // What decides, in the order in which it tells most instances apart, which is also the order of the join's index.
    private static readonly string[] Deciding =
    [
        "image_id", "instance_type", "state", "kernel_id", "virtualization_type", "architecture", "ena_support", "boot_mode", "ramdisk_id", "account", "region",
    ];

    /// <returns>The images that any instance was started from, gone instances included.</returns>
    internal static HashSet<string> Derive(FactContext context, BootJudge judge, ImageShelf shelf)
    {
        var combinations = new List<Combination>();
        using (var rows = context.Query($"SELECT DISTINCT {string.Join(", ", Deciding)} FROM instance"))
        {
            while (rows.Step())
            {
                combinations.Add(Judge(rows, judge, shelf));
            }
        }

        var foreignKeys = LoadForeignKeys(context);
        context.Database.Execute($"CREATE TEMP TABLE boot_combination (number INTEGER, {string.Join(", ", Deciding)}, verdict, risk, kernel, version, successor, last_launched, reason)");
        try
        {
            var joined = Copy(context, combinations);
            WriteAll(context, joined, foreignKeys.Keys);
            WriteApart(context, judge, combinations, joined, foreignKeys);
        }
        finally
        {
            context.Database.Execute("DROP TABLE temp.boot_combination");
        }

        return combinations.Select(static c => c.ImageId).ToHashSet(StringComparer.Ordinal);
    }

    private static Combination Judge(Statement row, BootJudge judge, ImageShelf shelf)
    {
        var values = Enumerable.Range(0, Deciding.Length).Select(row.FindString).ToArray();
        string Value(string column) => values[Array.IndexOf(Deciding, column)] ?? "";
        var (account, region, imageId, state) = (Value("account"), Value("region"), Value("image_id"), Value("state"));
        var subject = new BootSubject
        {
            Account = account,
            Region = region,
            InstanceType = Value("instance_type"),
            KernelId = Value("kernel_id"),
            RamdiskId = Value("ramdisk_id"),
            Architecture = Value("architecture"),
            Virtualization = Value("virtualization_type"),
            Ena = Value("ena_support") switch { "1" => true, "0" => false, _ => null },
            BootMode = Value("boot_mode"),
            IsRunning = state == "running",
        };
        var more = new List<BootFinding>();
        var image = imageId.Length == 0 ? null : shelf.Find(imageId);
        if (image is not null)
        {
            // The instance starts from its own volumes; only its replacement needs the image.
            more.AddRange(shelf.Flaws(image).Select(static flaw => flaw with { Text = flaw.Text + " (it starts from its own volumes; a replacement could not be launched)" }));
        }
        else if (imageId.Length > 0 && shelf.IsRead(account, region) && shelf.HoldsForeign(account, region))
        {
            more.Add(new(BootVerdict.AtRisk, "image-missing",
                $"image {imageId} is not among the {shelf.Count(account, region)} images read: it starts from its own volumes, but a replacement could not be launched"));
        }

        return new Combination(values, imageId, subject, more, judge.Judge(subject, more), image, state == "terminated");
    }

    // Lays the opinions beside the instances. A column that is the same everywhere need not be compared a hundred thousand times.
    private static string Copy(FactContext context, List<Combination> combinations)
    {
        using (var insert = context.Database.Prepare($"INSERT INTO temp.boot_combination VALUES ({string.Join(",", Enumerable.Range(1, Deciding.Length + 8).Select(static n => "?" + n.ToString(CultureInfo.InvariantCulture)))})"))
        {
            for (var number = 0; number < combinations.Count; number++)
            {
                var combination = combinations[number];
                if (combination.IsGone)
                {
                    continue;
                }

                insert.Bind(1, (long)number);
                for (var i = 0; i < Deciding.Length; i++)
                {
                    // Stored as the instance has it: text and number are not the same to SQLite where a column has no type.
                    if (Deciding[i] == "ena_support" && combination.Subject.Ena is { } ena)
                    {
                        insert.Bind(i + 2, ena ? 1L : 0L);
                    }
                    else
                    {
                        insert.Bind(i + 2, combination.Values[i]);
                    }
                }

                Bind(insert, Deciding.Length + 2, combination, combination.Opinion);
                insert.Run();
            }
        }

        var telling = Deciding.Where((_, i) => combinations.Select(c => c.Values[i]).Distinct(StringComparer.Ordinal).Skip(1).Any()).ToList();
        if (telling.Count > 0)
        {
            context.Database.Execute($"CREATE INDEX temp.boot_combination_key ON boot_combination ({string.Join(", ", telling)})");
        }

        // CROSS JOIN keeps the order: one look-up of a combination for each instance.
        return $"FROM instance i CROSS JOIN temp.boot_combination c WHERE {(telling.Count == 0 ? "1" : string.Join(" AND ", telling.Select(static column => $"c.{column} IS i.{column}")))}";
    }

    private static void WriteAll(FactContext context, string joined, IEnumerable<string> apart)
    {
        var ids = JsonTexts.Array(apart);
        using var insert = context.Database.Prepare($"""
            INSERT INTO bootability SELECT i.account, i.region, 'instance', i.instance_id, c.verdict, c.risk, c.kernel, c.version, c.successor,
                   coalesce(i.image_id, ''), c.last_launched, i.launch_time, c.reason {joined}{(ids == "[]" ? "" : " AND i.instance_id NOT IN (SELECT value FROM json_each(?1))")}
            """);
        if (ids != "[]")
        {
            insert.Bind(1, ids);
        }

        insert.Run();
    }

    // Instances whose own volumes decide are judged one by one.
    private static void WriteApart(FactContext context, BootJudge judge, List<Combination> combinations, string joined, Dictionary<string, BootFinding> foreignKeys)
    {
        if (foreignKeys.Count == 0)
        {
            return;
        }

        using var rows = context.Database.Prepare($"SELECT i.account, i.region, i.instance_id, i.launch_time, c.number {joined} AND i.instance_id IN (SELECT value FROM json_each(?1))");
        rows.Bind(1, JsonTexts.Array(foreignKeys.Keys));
        using var insert = context.Database.Prepare("INSERT INTO bootability VALUES (?1, ?2, 'instance', ?3, ?6, ?7, ?8, ?9, ?10, ?4, ?11, ?5, ?12)");
        while (rows.Step())
        {
            var combination = combinations[(int)rows.GetInt64(4)];
            insert.Bind(1, rows.GetString(0)).Bind(2, rows.GetString(1)).Bind(3, rows.GetString(2)).Bind(4, combination.ImageId).Bind(5, rows.FindString(3));
            Bind(insert, 6, combination, judge.Judge(combination.Subject, combination.More.Append(foreignKeys[rows.GetString(2)])));
            insert.Run();
        }
    }

    // Seven parameters in a row: verdict, risk, kernel, version, successor, last launch of the image, reason.
    private static void Bind(Statement insert, int first, Combination combination, BootOpinion opinion) =>
        insert.Bind(first, opinion.Verdict).Bind(first + 1, opinion.Risk).Bind(first + 2, combination.Subject.KernelId).Bind(first + 3, opinion.KernelVersion)
            .Bind(first + 4, opinion.Successor)
            .Bind(first + 5, combination.Image?.LastLaunched?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            .Bind(first + 6, opinion.Reason);

    // A running instance keeps its grant; the next start needs it anew.
    private static Dictionary<string, BootFinding> LoadForeignKeys(FactContext context)
    {
        var found = new Dictionary<string, BootFinding>(StringComparer.Ordinal);
        using var rows = context.Refine("""
            SELECT a.instance_id, v.volume_id, v.kms_key_id FROM volume v
              JOIN volume_attachment a ON a.volume_id = v.volume_id AND a.account = v.account AND a.region = v.region
             WHERE v.kms_key_id LIKE 'arn:%' AND length(v.account) = 12 AND instr(v.kms_key_id, ':' || v.account || ':') = 0
             ORDER BY a.instance_id, v.volume_id DESC
            """);
        while (rows.Step())
        {
            if (ImageShelf.KeyAccount(rows.GetString(2)) is { } owner)
            {
                found[rows.GetString(0)] = new(BootVerdict.AtRisk, "key-unusable",
                    $"volume {rows.GetString(1)} is encrypted with a key of account {owner}: the next start fails if its grant is gone");
            }
        }

        return found;
    }

    private sealed record Combination(
        string?[] Values, string ImageId, BootSubject Subject, List<BootFinding> More, BootOpinion Opinion, ShelvedImage? Image, bool IsGone);
}
