using System.Collections.Immutable;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Calls;

/// <summary>How the items of one answer become rows of one table.</summary>
/// <remarks>
/// <para>
/// <see cref="Items"/> leads from the answer's root to the items: <c>Reservations[].Instances[]</c>. An empty path makes
/// one row of the answer itself. A member that is a map is walked with <c>{}</c>: its key is then <c>$key</c>.
/// </para>
/// <para>
/// A column's path leads from the item to the value: <c>State.Name</c>; <c>SecurityGroups[].GroupId</c> for a list;
/// <c>^OwnerId</c> for a member of the enclosing object in the items path, <c>^^</c> for the one around that;
/// <c>$</c> for an item that is itself the value; <c>@resource</c> for the resource the call was asked about, which many
/// answers do not repeat (it is then taken from the request beside the answer, or from the file's name);
/// <c>@account</c> likewise. Alternatives are parted by <c>|</c>, the first that is there wins.
/// </para>
/// </remarks>
/// <param name="Table">The table's name.</param>
/// <param name="Items">Where the items stand.</param>
/// <param name="Columns">The columns it fills; the table may have more, which stay null.</param>
/// <param name="IsPartial">Whether another call describes these rows in full; a full row then replaces the partial one.</param>
public sealed record TableMap(string Table, string Items, ImmutableArray<Column> Columns, bool IsPartial);
