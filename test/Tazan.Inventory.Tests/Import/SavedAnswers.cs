using System.IO.Compression;
using System.Text;
using Tazan.Inventory.Import;
using Tazan.Inventory.Sqlite;
using Tazan.Testing;

namespace Tazan.Inventory.Tests.Import;

/// <summary>A folder of saved answers that a test makes, and what an import makes of it.</summary>
internal sealed class SavedAnswers : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("tazan-import-").FullName;

    public SavedAnswers() => Directory.CreateDirectory(Folder);

    /// <summary>Where the answers are.</summary>
    public string Folder => Path.Combine(root, "saved");

    public string Output => Path.Combine(root, "fleet.db");

    public SavedAnswers Save(string name, string text) => Save(name, Encoding.UTF8.GetBytes(text));

    public SavedAnswers Save(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        return this;
    }

    public ImportReport Import(ImportOptions? options = null) => ImportPaths([Folder], options);

    public ImportReport ImportPaths(IReadOnlyList<string> paths, ImportOptions? options = null) => ImportUntil(paths, options, TestContext.Current.CancellationToken);

    public ImportReport ImportUntil(IReadOnlyList<string> paths, ImportOptions? options, CancellationToken cancellation) =>
        Importer.Import(paths, (options ?? new ImportOptions { Output = "", TazanVersion = "" }) with { Output = Output, TazanVersion = "0.0.0-test" }, new FixedClock(), null, cancellation);

    /// <summary>All rows of a query over the snapshot just made, each value as text, null as <c>∅</c>.</summary>
    public List<string[]> Rows(string sql)
    {
        using var database = Database.OpenReadOnly(Output);
        using var query = database.Prepare(sql);
        var rows = new List<string[]>();
        while (query.Step())
        {
            rows.Add([.. Enumerable.Range(0, query.ColumnCount).Select(i => query.IsNull(i) ? "∅" : query.GetString(i))]);
        }

        return rows;
    }

    /// <summary>One row's values joined by a bar.</summary>
    public string Row(string sql) => string.Join('|', Assert.Single(Rows(sql)));

    /// <summary>Every row of every table, as text.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        foreach (var table in Rows("select name from sqlite_master where type = 'table' order by name"))
        {
            foreach (var row in Rows($"select * from {table[0]} order by rowid"))
            {
                text.Append(table[0]).Append(": ").AppendJoin('|', row).Append('\n');
            }
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>An answer of DescribeInstances with one reservation.</summary>
    public static string Instances(string owner, string zone, params string[] ids) =>
        """{"Reservations": [{"ReservationId": "r-1", "Instances": [""" + string.Join(",", ids.Select(id => Instance(id, zone)))
        + """], "OwnerId": "OWNER"}]}""".Replace("OWNER", owner, StringComparison.Ordinal);

    private static string Instance(string id, string zone) => """
        {"InstanceId": "ID", "InstanceType": "m5.large", "State": {"Code": 16, "Name": "running"},
         "Placement": {"AvailabilityZone": "ZONE", "GroupName": ""}, "LaunchTime": "2026-01-02T03:04:05+09:00",
         "Tags": [{"Key": "service", "Value": "web"}, {"Key": "Name", "Value": "ID \"q\""}],
         "SecurityGroups": [{"GroupId": "sg-2", "GroupName": "b"}, {"GroupId": "sg-1", "GroupName": "a"}],
         "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeId": "vol-ID", "DeleteOnTermination": true}}]}
        """.Replace("ZONE", zone, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => FleetRows.Now;
    }
}
