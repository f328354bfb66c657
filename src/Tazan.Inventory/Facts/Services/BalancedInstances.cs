namespace Tazan.Inventory.Facts.Services;

/// <summary>Which instances Auto Scaling groups keep and balancers send requests to.</summary>
internal sealed class BalancedInstances
{
    private readonly Dictionary<(string Account, string Region, string Id), SortedSet<string>> targets = [];
    private readonly Dictionary<(string Account, string Region, string Id), string> groupOf = [];
    private readonly HashSet<(string Account, string Region, string Group)> balancedGroups = [];

    internal static BalancedInstances Read(FactContext context)
    {
        var balanced = new BalancedInstances();
        using (var query = context.Refine("""
            select h.account, h.region, h.target_id, coalesce(g.target_group_name, h.target_group_arn)
              from target_health h left join target_group g on g.target_group_arn = h.target_group_arn
            """))
        {
            while (query.Step())
            {
                balanced.AddTarget(query.GetString(0), query.GetString(1), query.GetString(2), NameOf(query.GetString(3)));
            }
        }

        using (var query = context.Refine("select account, region, load_balancer_name, instance_ids from classic_load_balancer"))
        {
            while (query.Step())
            {
                foreach (var instance in JsonTexts.ReadArray(query.GetUtf8(3)))
                {
                    balanced.AddTarget(query.GetString(0), query.GetString(1), instance, query.GetString(2));
                }
            }
        }

        using (var query = context.Refine("select account, region, instance_id, auto_scaling_group_name from auto_scaling_instance where instance_id is not null order by rowid"))
        {
            while (query.Step())
            {
                balanced.groupOf[(query.GetString(0), query.GetString(1), query.GetString(2))] = query.GetString(3);
            }
        }

        using (var query = context.Refine("""
            select account, region, auto_scaling_group_name from auto_scaling_group
             where json_array_length(coalesce(target_group_arns, '[]')) + json_array_length(coalesce(load_balancer_names, '[]')) > 0
            """))
        {
            while (query.Step())
            {
                balanced.balancedGroups.Add((query.GetString(0), query.GetString(1), query.GetString(2)));
            }
        }

        return balanced;
    }

    internal bool HasTargets => targets.Count > 0;

    internal bool HasGroups => groupOf.Count > 0;

    /// <summary>The target groups and classic balancers that have it as a target, by its id or by its address; null where none has.</summary>
    internal SortedSet<string>? TargetGroupsOf(string account, string region, string id, string address) =>
        targets.GetValueOrDefault((account, region, id)) ?? (address.Length == 0 ? null : targets.GetValueOrDefault((account, region, address)));

    /// <summary>The Auto Scaling group that lists it; empty where none does.</summary>
    internal string AutoScalingGroupOf(string account, string region, string id) => groupOf.GetValueOrDefault((account, region, id), "");

    /// <summary>Whether the group registers its instances with a balancer.</summary>
    internal bool IsBalanced(string account, string region, string group) => balancedGroups.Contains((account, region, group));

    private void AddTarget(string account, string region, string target, string name)
    {
        if (!targets.TryGetValue((account, region, target), out var names))
        {
            targets[(account, region, target)] = names = new SortedSet<string>(StringComparer.Ordinal);
        }

        names.Add(name);
    }

    // Without DescribeTargetGroups the ARN has the name: ...:targetgroup/NAME/ID.
    private static string NameOf(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) && nameOrArn.Split('/') is [_, var name, ..] ? name : nameOrArn;
}
