namespace Tazan.Cli.Output;

/// <summary>A diff as rows: one for each column that changed, and one for each resource without columns to show.</summary>
internal static class DiffCsv
{
    public static void Write(DiffReport report, TextWriter to)
    {
        var rows = new CsvRows(to);
        rows.Write("change", "service", "account", "region", "type", "id", "column", "before", "after");
        foreach (var change in report.Changes)
        {
            foreach (var column in change.Columns)
            {
                Row(change, column.Column, column.Before ?? "", column.After ?? "");
            }

            if (change.Columns.IsEmpty)
            {
                Row(change, "", "", "");
            }
        }

        void Row(FleetChange change, string column, string before, string after) => rows.Write(change.Kind.ToText(), change.Service,
            change.Resource.Account, change.Resource.Region, change.Resource.Type, change.Resource.Id, column, before, after);
    }
}
