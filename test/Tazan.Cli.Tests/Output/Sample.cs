using System.Collections.Immutable;

namespace Tazan.Cli.Tests.Output;

/// <summary>Reports built by hand: one with everything that ever broke an output, and random ones.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static Exposure Exposure(string lesson = "boot-loop", string id = "i-0a1b2c3d4e5f60001", string type = "instance", Severity severity = Severity.High,
        string account = "123456789012", string region = "ap-northeast-1", string service = "", string remedy = "", string target = "", string evidence = "It holds.") => new()
    {
        Lesson = lesson,
        Resource = new Resource(type, id, account, region),
        Severity = severity,
        Evidence = evidence,
        Service = service,
        Remedy = remedy,
        RemedyTarget = target,
    };

    public static LessonAnswer Answer(string lesson, Answer answer, Severity severity = Severity.High, ImmutableArray<Exposure> exposures = default, ImmutableArray<BlindSpot> spots = default) => new()
    {
        Lesson = lesson,
        Title = $"The title of {lesson}",
        When = "2012-06",
        Answer = answer,
        Severity = severity,
        Why = $"Looked at 10 for {lesson}.",
        LookedAt = 10,
        Exposures = exposures.IsDefault ? [] : exposures,
        BlindSpots = spots.IsDefault ? [] : spots,
        Source = "https://example.com/postmortem",
    };

    public static CheckReport Check(params LessonAnswer[] answers) => new()
    {
        Snapshot = "fleet.db",
        CollectedAt = Noon.AddHours(-1),
        CheckedAt = Noon,
        Version = "0.1.0",
        Answers = [.. answers],
    };

    public static BlindSpot Spot(string operation = "DescribeVolumes", string region = "ap-northeast-1", string account = "123456789012", string reason = "UnauthorizedOperation") =>
        new(account, region, "ec2", operation, reason, $"Allow ec2:{operation}.");

    /// <summary>400 instances of one image in three services, hostile names, blind spots in 14 regions, and a clear lesson.</summary>
    public static CheckReport Nasty()
    {
        var rebuild = Enumerable.Range(0, 400).Select(i => Exposure("image-does-not-boot", $"i-{i:x17}", severity: i == 0 ? Severity.Critical : Severity.High,
            service: i < 210 ? "api" : i < 330 ? "feed" : "web", remedy: "rebuild-image", target: "ami-0abc",
            evidence: $"ami-0abc uses aki-1 and a root at /dev/sda, so pv-grub hd0 cannot boot it ({i})."));
        ImmutableArray<Exposure> hostile =
        [
            Exposure("conntrack-exhaustion", "=cmd|'/c calc'!A1", "security_group", Severity.Medium, service: "キャッシュ|東京", remedy: "untrack", target: "sg-1\nsg-2",
                evidence: "Tag \"Name\" is \x1b[2Jowned\x1b[0m, and \u202eesrever, <script>alert(1)</script> & 日本語のとても長い説明がここに続き、幅は二倍に数えられる。") with
            {
                Client = "株式会社, \"例\"",
                Details = [KeyValuePair.Create("port", "11211"), KeyValuePair.Create("note", "line one\r\nline two"), KeyValuePair.Create("note", "twice"), KeyValuePair.Create("null", "\0")],
            },
            Exposure("conntrack-exhaustion", "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1", "load_balancer", Severity.Low, region: "us-east-1",
                remedy: "untrack", target: "sg-9"),
            Exposure("conntrack-exhaustion", "cron@example.com", "function", Severity.Info, Identity.Unknown, Identity.Global, evidence: "\ud83d half a pair"),
        ];
        var spots = Enumerable.Range(0, 14).Select(i => Spot(region: $"region-{i:00}", account: i < 7 ? "123456789012" : "210987654321"));
        return Check(
            Answer("image-does-not-boot", Tazan.Answer.Exposed, Severity.Critical, [.. rebuild]) with
            {
                Title = "An image that does not boot on the day it is needed",
                Remedies = ImmutableDictionary<string, string>.Empty.Add("rebuild-image", "Build the image anew on HVM and prove that it boots."),
                Why = "400 of 2,000 instances would not start again.",
            },
            Answer("conntrack-exhaustion", Tazan.Answer.Exposed, Severity.Medium, hostile, [Spot("DescribeSecurityGroupRules")]) with { Source = "not an address" },
            Answer("slow-restore", Tazan.Answer.Unknown, Severity.High, spots: [.. spots, Spot("DescribeFastSnapshotRestores", reason: "not in the input")]),
            Answer("dns-packet-limit", Tazan.Answer.Clear, Severity.Medium)) with
        {
            Counts = [KeyValuePair.Create("instance", 2000L), KeyValuePair.Create("volume", 4100L)],
            Muted = 5,
            InBaseline = 1200,
        };
    }

    public static DiffReport NastyDiff() => new()
    {
        Before = "monday.db",
        After = "tuesday|new.db",
        BeforeCollectedAt = Noon.AddDays(-1),
        ComparedAt = Noon,
        Version = "0.1.0",
        Changes =
        [
            .. Enumerable.Range(0, 40).Select(i => new FleetChange
            {
                Kind = ChangeKind.Changed,
                Resource = new Resource("instance", $"i-{i:x17}", "123456789012", "ap-northeast-1"),
                Service = "api",
                Columns = [new("instance_type", "m1.large", "m3.large"), new("launch_time", $"2026-05-0{i % 9}", null)],
            }),
            new FleetChange { Kind = ChangeKind.Appeared, Resource = new Resource("volume", "vol-1", "123456789012", "ap-northeast-1"), Service = "api" },
            new FleetChange
            {
                Kind = ChangeKind.Went,
                Resource = new Resource("security_group", "=sg\n\x1b[2J", Identity.Unknown, Identity.Global),
                Columns = [new("group_name", "東京|\"a\"", null)],
            },
        ],
        BlindSpots = [Spot()],
    };

    /// <summary>A report in which every text is drawn from the nasty pieces.</summary>
    public static CheckReport Random(Chance chance)
    {
        string Text() => chance.Text(6);
        LessonAnswer One(int n)
        {
            ImmutableArray<Exposure> exposures = [.. Enumerable.Range(0, chance.Below(5)).Select(i => new Exposure
            {
                Lesson = $"lesson-{n}",
                Resource = new Resource(Text(), Text() + i, chance.Below(2) == 0 ? "123456789012" : Text(), Text()),
                Severity = (Severity)chance.Below(5),
                Evidence = Text(),
                Service = Text(),
                Remedy = Text(),
                RemedyTarget = Text(),
                Client = Text(),
                Details = [.. Enumerable.Range(0, chance.Below(3)).Select(_ => KeyValuePair.Create(Text(), Text()))],
            })];
            ImmutableArray<BlindSpot> spots = [.. Enumerable.Range(0, chance.Below(3)).Select(_ => new BlindSpot(Text(), Text(), Text(), Text(), Text(), Text()))];
            return Answer($"lesson-{n}", exposures.IsEmpty ? spots.IsEmpty ? Tazan.Answer.Clear : Tazan.Answer.Unknown : Tazan.Answer.Exposed, (Severity)chance.Below(5), exposures, spots) with
            {
                Title = Text(),
                When = Text(),
                Why = Text(),
                Source = Text(),
                Remedies = exposures.Select(static e => e.Remedy).Distinct().ToImmutableDictionary(static r => r, _ => Text()),
            };
        }

        return Check([.. Enumerable.Range(0, 1 + chance.Below(4)).Select(One)]) with { Snapshot = Text(), Counts = [KeyValuePair.Create(Text(), 3L)] };
    }
}
