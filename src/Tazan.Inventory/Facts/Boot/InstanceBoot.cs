using System.Text;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts.Boot;

/// <summary>
/// Judges all instances in one pass. A fleet of a hundred thousand has a few hundred distinct combinations of image,
/// type, kernel and modes: each is judged once, and while neighbours share one, only the id and the time are bound anew.
/// </summary>
internal static class InstanceBoot
{
    // The columns that decide; the first two after the id and the launch time name where it is.
    private const string Sql = """
        SELECT instance_id, launch_time, account, region, state, image_id, instance_type, kernel_id, ramdisk_id, architecture,
               virtualization_type, ena_support, boot_mode FROM instance
        """;

    private const int FirstDeciding = 2;
    private const int LastDeciding = 12;

    /// <returns>The images that any instance was started from, gone instances included.</returns>
    internal static HashSet<string> Derive(FactContext context, BootJudge judge, ImageShelf shelf)
    {
        var launched = new HashSet<string>(StringComparer.Ordinal);
        var foreignKeys = LoadForeignKeys(context);
        var opinions = new Dictionary<string, Combination>(StringComparer.Ordinal);
        var byKey = opinions.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = new char[1_024];
        Combination? bound = null;
        using var rows = context.Query(Sql);
        using var insert = context.Database.Prepare("INSERT INTO bootability VALUES (?1,?2,'instance',?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)");
        while (rows.Step())
        {
            var length = Key(rows, ref key);
            if (!byKey.TryGetValue(key.AsSpan(0, length), out var combination))
            {
                combination = Judge(rows, judge, shelf);
                opinions[new string(key, 0, length)] = combination;
                launched.Add(combination.ImageId);
            }

            if (combination.IsGone)
            {
                continue;
            }

            if (foreignKeys.Count > 0 && foreignKeys.TryGetValue(rows.GetString(0), out var finding))
            {
                // Its own volumes decide, so it is judged by itself.
                combination = combination with { Opinion = judge.Judge(combination.Subject, combination.More.Append(finding)) };
            }

            if (!ReferenceEquals(combination, bound))
            {
                Bind(insert, combination);
                bound = combination;
            }

            insert.Bind(3, rows.GetUtf8(0));
            if (rows.IsNull(1))
            {
                insert.BindNull(11);
            }
            else
            {
                insert.Bind(11, rows.GetUtf8(1));
            }

            insert.Run();
        }

        return launched;
    }

    private static Combination Judge(Statement row, BootJudge judge, ImageShelf shelf)
    {
        var (account, region, imageId) = (row.GetString(2), row.GetString(3), row.GetString(5));
        var subject = new BootSubject
        {
            Account = account,
            Region = region,
            InstanceType = row.GetString(6),
            KernelId = row.GetString(7),
            RamdiskId = row.GetString(8),
            Architecture = row.GetString(9),
            Virtualization = row.GetString(10),
            Ena = row.FindInt64(11) is { } ena ? ena == 1 : null,
            BootMode = row.GetString(12),
            IsRunning = row.GetString(4) == "running",
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

        return new Combination(account, region, imageId, subject, more, judge.Judge(subject, more), image, row.GetString(4) == "terminated");
    }

    private static void Bind(Statement insert, Combination combination)
    {
        var opinion = combination.Opinion;
        insert.Bind(1, combination.Account).Bind(2, combination.Region).Bind(4, opinion.Verdict).Bind(5, opinion.Risk)
            .Bind(6, combination.Subject.KernelId).Bind(7, opinion.KernelVersion).Bind(8, opinion.Successor).Bind(9, combination.ImageId)
            .Bind(10, combination.Image?.LastLaunched?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))
            .Bind(12, opinion.Reason);
    }

    // Values joined by a character that no AWS value holds.
    private static int Key(Statement row, ref char[] key)
    {
        var length = 0;
        for (var column = FirstDeciding; column <= LastDeciding; column++)
        {
            var value = row.GetUtf8(column);
            if (length + value.Length + 1 > key.Length)
            {
                Array.Resize(ref key, (length + value.Length + 1) * 2);
            }

            length += Encoding.UTF8.GetChars(value, key.AsSpan(length));
            key[length++] = '\u001f';
        }

        return length;
    }

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
        string Account, string Region, string ImageId, BootSubject Subject, List<BootFinding> More, BootOpinion Opinion, ShelvedImage? Image, bool IsGone);
}
