using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;

namespace Tazan.Cli.Commands;

/// <summary>The schema's documentation, made from the declarations so that it cannot be behind them.</summary>
internal static class SchemaText
{
    internal static string Markdown()
    {
        var text = new StringBuilder();
        text.Append($"""
            # The snapshot

            One fleet is one SQLite file, schema version {SnapshotSchema.Version} (`PRAGMA user_version`), application id `0x{SnapshotSchema.ApplicationId:x}`.
            Any SQLite client opens it; `tazan sql "select ..."` does too. It is written beside its place and renamed when whole.
            This page is made by `tazan schema --markdown`; a test sees that it is current.

            Every table has `account` (twelve digits, or `unknown`) and `region` (or `global`, `unknown`). Tables filled from
            answers also have `source`, the row of `source` they came from. Names are the AWS API's own in snake case.

            | type | stored as |
            | --- | --- |
            | text | text; numbers and booleans in a text column become their text |
            | integer, count | INTEGER |
            | real | REAL |
            | boolean | 1 or 0 |
            | time | ISO-8601 UTC text to the second |
            | list | a JSON array of texts: `json_each(security_groups)` |
            | tags | a JSON object of texts: `json_extract(tags, '$.Name')`, or the view `tag` |
            | json | the value's JSON |

            A version raised means that an older program would misread the file; it then refuses and says so. Columns and tables
            may be added within a version.

            ## What a snapshot says of itself

            ```sql
            {SnapshotSchema.MetaSql}
            ```

            - `source`: each document read, what it was recognised as, and from what account and region were told.
            - `call`: each call per account and region, `read` or `blind`. `blind_spot`: what was not read, why, and the mend.
            - `fact_source`: which fact reads which table; `required` = 0 where it only sharpens the fact.

            ## Views

            `tag` (every tag of the main resources), `instance_security_group`, `network_interface_security_group`,
            `connection_tracking` (per interface), `interface_reachability` (per interface).

            ## Tables filled from answers

            """);
        foreach (var table in SnapshotSchema.Tables.Where(static t => !t.IsFact))
        {
            text.Append($"\n### {table.Name}\n\n{table.Meaning} From {string.Join(", ", Catalogue.Filling(table.Name).Select(static c => $"`{c.CliCommand}`"))}.\n");
            Columns(text, table);
        }

        text.Append("\n## Facts\n\nDerived when the snapshot is made; each row has a reason.\n");
        foreach (var table in SnapshotSchema.Tables.Where(static t => t.IsFact))
        {
            text.Append($"\n### {table.Name}\n\n{table.Meaning}\n");
            Columns(text, table);
        }

        return text.ToString();
    }

    private static void Columns(StringBuilder text, Table table)
    {
        text.Append($"Key: {string.Join(", ", table.Key.Append("account").Append("region").Select(static k => $"`{k}`"))}.\n\n| column | type | {(table.IsFact ? "" : "from | ")}meaning |\n| --- | --- | {(table.IsFact ? "" : "--- | ")}--- |\n");
        foreach (var column in table.Columns)
        {
            var from = table.IsFact ? "" : $"`{column.Path.Replace("|", "` or `", StringComparison.Ordinal)}` | ";
            text.Append($"| {column.Name} | {column.Type.ToString().ToLowerInvariant()} | {from}{column.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }
}
