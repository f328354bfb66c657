using System.Globalization;

namespace Tazan.Inventory.Facts.Metrics;

/// <summary>What a series is of. GetMetricData does not repeat what was asked, so its label has to say it.</summary>
/// <param name="Namespace">Such as <c>AWS/EC2</c>; empty where nothing says.</param>
/// <param name="Metric">Such as <c>CPUUtilization</c>; the whole label where it has another shape.</param>
/// <param name="Dimension">The dimension's name, such as <c>InstanceId</c>; empty where nothing says.</param>
/// <param name="Resource">The dimension's value.</param>
/// <param name="Statistic">Such as <c>Average</c> or <c>p99</c>; empty where nothing says.</param>
internal readonly record struct SeriesLabel(string Namespace, string Metric, string Dimension, string Resource, string Statistic)
{
    private static readonly string[] Statistics = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];

    // Names of CloudWatch's dimensions by namespace: the metric lists of each service's guide.
    private static readonly (string Namespace, string Dimension)[] Dimensions =
    [
        ("AWS/EC2", "InstanceId"), ("CWAgent", "InstanceId"), ("AWS/EBS", "VolumeId"), ("AWS/ELB", "LoadBalancerName"),
        ("AWS/ApplicationELB", "LoadBalancer"), ("AWS/NetworkELB", "LoadBalancer"), ("AWS/NATGateway", "NatGatewayId"),
        ("AWS/AutoScaling", "AutoScalingGroupName"), ("AWS/Lambda", "FunctionName"), ("AWS/Athena", "WorkGroup"),
        ("AWS/RDS", "DBInstanceIdentifier"), ("AWS/ElastiCache", "CacheClusterId"), ("AWS/S3", "BucketName"), ("AWS/SQS", "QueueName"),
    ];

    /// <summary>Reads <c>namespace MetricName value statistic</c>. A label of another shape is kept whole as the metric's name.</summary>
    /// <param name="label">As the answer gives it.</param>
    /// <param name="id">The query's id, which stands for the resource where the label does not name one.</param>
    internal static SeriesLabel Parse(string label, string id)
    {
        var first = label.IndexOf(' ', StringComparison.Ordinal);
        var second = first < 0 ? -1 : label.IndexOf(' ', first + 1);
        var last = label.LastIndexOf(' ');
        if (second < 0 || last <= second || !IsStatistic(label.AsSpan(last + 1)))
        {
            return new SeriesLabel("", label, "", id, "");
        }

        var (space, resource) = (label[..first], label[(second + 1)..last]);
        return new SeriesLabel(space, label[(first + 1)..second], DimensionOf(space, resource), resource, label[(last + 1)..]);
    }

    /// <summary>What an answer of GetMetricStatistics is of: it names the metric; the resource comes from beside it.</summary>
    internal static SeriesLabel OfStatistics(string metric, string asked, string statistic)
    {
        var resource = FindId(asked, "i-") ?? FindId(asked, "vol-") ?? (asked == metric ? "" : asked);
        var space = resource.StartsWith("vol-", StringComparison.Ordinal) ? "AWS/EBS"
            : !resource.StartsWith("i-", StringComparison.Ordinal) ? ""
            : IsAgents(metric) ? "CWAgent" : "AWS/EC2";
        return new SeriesLabel(space, metric, DimensionOf(space, resource), resource, statistic);
    }

    // The CloudWatch agent writes its metrics in lower case with the plugin's name in front; EC2's own start with a capital.
    private static bool IsAgents(string metric) => metric.Length > 0 && char.IsAsciiLetterLower(metric[0]);

    private static bool IsStatistic(ReadOnlySpan<char> word) =>
        Statistics.AsSpan().Contains(word.ToString()) || (word.Length > 1 && word[0] == 'p' && double.TryParse(word[1..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    private static string DimensionOf(string space, string resource)
    {
        if (resource.StartsWith("targetgroup/", StringComparison.Ordinal))
        {
            return "TargetGroup";
        }

        foreach (var (name, dimension) in Dimensions)
        {
            if (name == space)
            {
                return dimension;
            }
        }

        return resource.StartsWith("i-", StringComparison.Ordinal) ? "InstanceId" : resource.StartsWith("vol-", StringComparison.Ordinal) ? "VolumeId" : "";
    }

    private static string? FindId(string text, string prefix)
    {
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var end = at + prefix.Length;
            while (end < text.Length && char.IsAsciiHexDigitLower(text[end]))
            {
                end++;
            }

            // Ids have 8 or 17 hexadecimal digits; a letter before would make it the tail of another word.
            if (end - at - prefix.Length is 8 or 17 && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])))
            {
                return text[at..end];
            }
        }

        return null;
    }
}
