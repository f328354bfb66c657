using System.Globalization;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>
/// A temporary table from the columns that decide to what is decided, so that a fact with a row for every resource is
/// written by one INSERT ... SELECT, which spares reading and binding each row from outside.
/// </summary>
/// <remarks>Not thread-safe. The table goes when this is disposed. Null and empty are one value in a key.</remarks>
internal sealed class CombinationMap : IDisposable
{
    private readonly Database database;
    private readonly string name;
    private readonly string[] keys;
    private readonly Statement insert;
    private int rows;

    /// <param name="context">Whose database is written.</param>
    /// <param name="name">Of the temporary table.</param>
    /// <param name="keys">The key's columns, the one that differs most first.</param>
    /// <param name="values">The columns decided.</param>
    internal CombinationMap(FactContext context, string name, string[] keys, string[] values)
    {
        database = context.Database;
        this.name = name;
        this.keys = keys;
        database.Execute($"CREATE TEMP TABLE {name} ({string.Join(", ", [.. keys, "row", .. values])}, PRIMARY KEY ({string.Join(", ", keys)}, row)) WITHOUT ROWID");
        var count = keys.Length + 1 + values.Length;
        insert = database.Prepare($"INSERT INTO {name} VALUES ({string.Join(",", Enumerable.Range(1, count).Select(static n => "?" + n.ToString(CultureInfo.InvariantCulture)))})");
    }

    /// <summary>The condition that joins a row of the table called <paramref name="alias"/> to this one; each key by an expression over it.</summary>
    internal string On(string alias, params string[] expressions) => string.Join(
        " AND ", keys.Zip(expressions.Length > 0 ? expressions : [.. keys.Select(key => $"{alias}.{key}")], (key, expression) => $"{name}.{key} = coalesce({expression}, '')"));

    /// <summary>Adds one decision: first the key's values, then what is decided. Rows of one key keep their order.</summary>
    internal void Add(params ReadOnlySpan<object?> values)
    {
        var parameter = 1;
        for (var i = 0; i < values.Length; i++)
        {
            _ = values[i] switch
            {
                null => insert.BindNull(parameter++),
                long number => insert.Bind(parameter++, number),
                bool flag => insert.Bind(parameter++, flag ? 1L : 0L),
                var text => insert.Bind(parameter++, (string)text),
            };
            if (i == keys.Length - 1)
            {
                insert.Bind(parameter++, rows++);
            }
        }

        insert.Run();
    }

    /// <summary>Runs the statement that copies rows. Its reads are noted by whoever found the combinations.</summary>
    internal void Copy(string sql) => database.Execute(sql);

    /// <inheritdoc/>
    public void Dispose()
    {
        insert.Dispose();
        database.Execute($"DROP TABLE {name}");
    }
}
