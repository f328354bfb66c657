namespace Tazan.Inventory.Facts.Network;

/// <summary>One route: what goes where.</summary>
/// <param name="Destination">A range, or a prefix list's id.</param>
/// <param name="Target">Such as <c>local</c>, <c>igw-…</c>, <c>nat-…</c>, <c>pcx-…</c>, <c>vpce-…</c>.</param>
/// <param name="IsBlackhole">Whether the target is gone, so that packets are dropped.</param>
public sealed record Route(string Destination, string Target, bool IsBlackhole);

/// <summary>A route table with its routes in the order of the answer.</summary>
internal sealed record RouteTable(string Id, List<Route> Routes);

/// <summary>Which route table a subnet uses.</summary>
internal sealed class RouteBook
{
    private readonly Dictionary<(string Account, string Region, string Table), RouteTable> tables = [];
    private readonly Dictionary<(string Account, string Region, string Subnet), string> ofSubnet = [];
    private readonly Dictionary<(string Account, string Region, string Vpc), string> mainOf = [];

    internal static RouteBook Read(FactContext context)
    {
        var book = new RouteBook();
        using (var query = context.Query("select account, region, route_table_id, destination, target, state from route order by rowid"))
        {
            while (query.Step())
            {
                book.Table(query.GetString(0), query.GetString(1), query.GetString(2)).Routes
                    .Add(new Route(query.GetString(3), query.GetString(4), query.GetString(5) == "blackhole"));
            }
        }

        using (var query = context.Query("select account, region, route_table_id, vpc_id, subnet_id, main from route_table_association order by rowid"))
        {
            while (query.Step())
            {
                var (account, region, table) = (query.GetString(0), query.GetString(1), query.GetString(2));
                book.Table(account, region, table);
                if (query.GetString(4) is { Length: > 0 } subnet)
                {
                    book.ofSubnet[(account, region, subnet)] = table;
                }
                else if (query.GetInt64(5) != 0)
                {
                    book.mainOf[(account, region, query.GetString(3))] = table;
                }
            }
        }

        return book;
    }

    /// <summary>The table a subnet uses: its own, else the VPC's main one, else null, where it was not read.</summary>
    internal RouteTable? Find(string account, string region, string vpc, string subnet) =>
        (ofSubnet.GetValueOrDefault((account, region, subnet)) ?? mainOf.GetValueOrDefault((account, region, vpc))) is { } id
            ? tables[(account, region, id)]
            : null;

    private RouteTable Table(string account, string region, string id)
    {
        if (!tables.TryGetValue((account, region, id), out var table))
        {
            tables[(account, region, id)] = table = new RouteTable(id, []);
        }

        return table;
    }
}
