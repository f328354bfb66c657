namespace Tazan.Fleets;

/// <summary>The regions a fleet can be in, with the short form that zone ids carry (<c>apne1</c> in <c>apne1-az4</c>).</summary>
/// <remarks>Source: the EC2 User Guide's tables of Regions and zone ids, of 2026.</remarks>
internal static class Places
{
    public static readonly (string Region, string Short, bool OptIn)[] All =
    [
        ("af-south-1", "afs1", true), ("ap-east-1", "ape1", true), ("ap-northeast-1", "apne1", false), ("ap-northeast-2", "apne2", false),
        ("ap-northeast-3", "apne3", false), ("ap-south-1", "aps1", false), ("ap-south-2", "aps2", true), ("ap-southeast-1", "apse1", false),
        ("ap-southeast-2", "apse2", false), ("ap-southeast-3", "apse3", true), ("ap-southeast-4", "apse4", true), ("ca-central-1", "cac1", false),
        ("ca-west-1", "caw1", true), ("eu-central-1", "euc1", false), ("eu-central-2", "euc2", true), ("eu-north-1", "eun1", false),
        ("eu-south-1", "eus1", true), ("eu-south-2", "eus2", true), ("eu-west-1", "euw1", false), ("eu-west-2", "euw2", false),
        ("eu-west-3", "euw3", false), ("il-central-1", "ilc1", true), ("me-central-1", "mec1", true), ("me-south-1", "mes1", true),
        ("sa-east-1", "sae1", false), ("us-east-1", "use1", false), ("us-east-2", "use2", false), ("us-west-1", "usw1", false), ("us-west-2", "usw2", false),
    ];

    public static string Short(string region) => All.First(p => p.Region == region).Short;
}
