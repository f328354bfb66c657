using System.Globalization;
using Tazan.Inventory.Schema;
using Tazan.Inventory.Sqlite;

namespace Tazan.Inventory.Facts;

/// <summary>
/// Writes a fact with a row for every resource: values stay bound from row to row, and a text that is the same as in the
/// row before is not bound again.
/// </summary>
/// <remarks>Not thread-safe. Texts come from an arena that outlives this. A column that is never set is null.</remarks>
internal sealed unsafe class RowCopier : IDisposable
{
    private readonly BulkInsert insert;
    private readonly nint[] bound;

    /// <param name="database">Written to.</param>
    /// <param name="table">A table of facts; its columns are account, region and then the schema's.</param>
    internal RowCopier(Database database, string table)
    {
        var columns = SnapshotSchema.Get(table).Columns.Length + 2;
        var parameters = string.Join(",", Enumerable.Range(1, columns).Select(static n => "?" + n.ToString(CultureInfo.InvariantCulture)));
        insert = new BulkInsert(database, $"INSERT INTO {table} VALUES ({parameters})", columns);
        bound = new nint[columns + 1];
    }

    /// <summary>Sets a column, counted from 1, of this row and those after it.</summary>
    internal RowCopier Set(int column, PinnedText text)
    {
        if (bound[column] != (nint)text.Start)
        {
            bound[column] = (nint)text.Start;
            if (text.IsNull)
            {
                insert.BindNull(column);
            }
            else
            {
                insert.Bind(column, text.Start, text.Length);
            }
        }

        return this;
    }

    internal RowCopier Set(int column, long? value)
    {
        // No text stands at the address 1, so a text after this number is bound.
        bound[column] = value is null ? 0 : 1;
        if (value is { } number)
        {
            insert.Bind(column, number);
        }
        else
        {
            insert.BindNull(column);
        }

        return this;
    }

    internal void Run() => insert.Run();

    /// <inheritdoc/>
    public void Dispose() => insert.Dispose();
}
