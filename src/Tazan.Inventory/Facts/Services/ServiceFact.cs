using System.Collections.Immutable;
using System.Text;
using Tazan.Inventory.Facts.Network;

namespace Tazan.Inventory.Facts.Services;

/// <summary>
/// Finds which instances do one job and what kind of job it is. An instance belongs to the service that is declared for
/// it, else that its tags name, else to its Auto Scaling group, its target group, the stem of its name, or at last to
/// those with the same security groups. Environments, regions and accounts part services of one name.
/// </summary>
public sealed class ServiceFact : IFact
{
    public ImmutableArray<string> Tables => ["service", "service_member"];

    public void Derive(FactContext context)
    {
        var gathering = new ServiceGathering(context);
        gathering.Gather();
        ServiceNames.Assign(gathering.Services);
        var ports = PortsByGroup(context);
        WriteServices(context, gathering, ports);
        WriteMembers(context, gathering);
    }

    /// <summary>The ingress rules of each group for TCP, UDP and all traffic, by group id.</summary>
    private static Dictionary<string, List<(string Protocol, PortRange Ports)>> PortsByGroup(FactContext context)
    {
        var ports = new Dictionary<string, List<(string, PortRange)>>(StringComparer.Ordinal);
        using var query = context.Refine("""
            select distinct group_id, ip_protocol, from_port, to_port from security_group_rule
             where direction = 'ingress' and ip_protocol in ('tcp', 'udp', 'all') order by group_id, ip_protocol, from_port, to_port
            """);
        while (query.Step())
        {
            var group = query.GetString(0);
            if (!ports.TryGetValue(group, out var list))
            {
                ports[group] = list = [];
            }

            list.Add((query.GetString(1), new PortRange((int)query.GetInt64(2), (int)query.GetInt64(3))));
        }

        return ports;
    }

    private static void WriteServices(FactContext context, ServiceGathering gathering, Dictionary<string, List<(string Protocol, PortRange Ports)>> portsByGroup)
    {
        using var writer = context.Write("service");
        foreach (var service in gathering.Services.OrderBy(static s => s.Name, StringComparer.Ordinal))
        {
            var ports = service.SecurityGroups.SelectMany(group => portsByGroup.GetValueOrDefault(group) ?? [])
                .Distinct().OrderBy(static p => p.Protocol, StringComparer.Ordinal).ThenBy(static p => p.Ports.First).ThenBy(static p => p.Ports.Last).ToList();
            var declared = gathering.DeclaredOf(service);
            var judged = Judge(service, ports, declared);
            var zones = service.RunningZones.Count > 0 ? service.RunningZones : service.Zones;
            var confidence = declared?.Kind is not null ? 1 : Math.Min(service.Origin.Confidence(), judged.Confidence);
            writer.Row(service.Account, service.Region)
                .Add(service.Name).Add(judged.Kind.ToText()).Add(judged.Reason).Add((double?)confidence).Add(service.Reason).Add(service.Origin.ToText())
                .Add((long)service.Members).Add((long)service.Running).Add((long)zones.Count).Add(zones.Keys)
                .Add(service.Running == 0 ? null : service.RunningZones.Values.DefaultIfEmpty(0).Max() / (double)service.Running)
                .Add(judged.Kind == ServiceKind.Quorum ? (service.Members / 2) + 1 : (long?)null)
                .Add(service.AutoScalingGroups.Count == 0 ? "" : string.Join(',', service.AutoScalingGroups))
                .Add(ports.Select(static p => p.Protocol == "all" ? "all" : $"{p.Protocol}/{p.Ports}")).Add(service.Types.Keys)
                .Add((bool?)service.IsLoadBalanced).Add(service.SecurityGroups).End();
        }
    }

    private static KindJudgement Judge(GatheredService service, List<(string Protocol, PortRange Ports)> ports, DeclaredService? declared)
    {
        if (declared?.Kind is { } kind)
        {
            return new KindJudgement(kind, "declared in tazan.yaml", 1);
        }

        // A wide range says what a firewall allows, not what listens.
        const int Narrow = 10;
        var judged = KindJudge.Judge(new KindEvidence(
            [service.BaseName, .. service.AutoScalingGroups, .. service.TargetGroups],
            [.. ports.Where(static p => p.Protocol != "all" && p.Ports.Last - p.Ports.First <= Narrow).Select(static p => p.Ports)],
            service.Members, service.HasRoles, service.HasSchedule, service.IsLoadBalanced, service.AutoScalingGroups.Count > 0));
        return judged;
    }

    private static void WriteMembers(FactContext context, ServiceGathering gathering)
    {
        var texts = context.Texts;
        var (primaryText, standbyText, none) = (texts.Add("primary"), texts.Add("standby"), texts.Add(""));
        var written = gathering.Services.ConvertAll(service => (
            Account: texts.Add(service.Account.Length == 0 ? Identity.Unknown : service.Account), Region: texts.Add(service.Region.Length == 0 ? Identity.Unknown : service.Region), Name: texts.Add(service.Name)));
        var primaries = gathering.Primaries();
        var primaryOf = gathering.Services.ConvertAll(service => primaries.TryGetValue(service.Name, out var primary) ? Encoding.UTF8.GetBytes(primary) : null);
        using var copier = new RowCopier(context.Database, "service_member");
        foreach (var member in gathering.Members)
        {
            var cell = gathering.Cells[member.Cell];
            var role = primaryOf[cell.Service] is { } primary ? (member.Id.Utf8.SequenceEqual(primary) ? Role.Primary : Role.Standby) : cell.Role;
            var (account, region, name) = written[cell.Service];
            copier.Set(1, account).Set(2, region).Set(3, name).Set(4, member.Id).Set(5, cell.Zone).Set(6, cell.Type).Set(7, cell.State)
                .Set(8, role switch { Role.Primary => primaryText, Role.Standby => standbyText, _ => none }).Set(9, cell.Reason).Run();
        }
    }
}
