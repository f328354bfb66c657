using System.Collections.Immutable;
using System.Text;
using Tazan.Inventory.Schema;

namespace Tazan.Inventory.Calls;

/// <summary>Where a call is asked: once in each region, or once for the account.</summary>
public enum CallScope
{
    /// <summary>In each region.</summary>
    Regional,

    /// <summary>Once for the account; the rows' region is <c>global</c>.</summary>
    Global,
}

/// <summary>
/// One read-only AWS call, as data: what it is, who may ask it, and which tables its answer fills. Adding a call is
/// adding one of these; importing, collecting, the schema, the permissions and the blind spots all follow from it.
/// </summary>
/// <remarks>Immutable. Operation names, members and IAM actions are those of the AWS API models.</remarks>
public sealed record Call
{
    /// <summary>The AWS CLI's name of the service, such as <c>ec2</c> or <c>elbv2</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Such as <c>DescribeInstances</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Such as <c>ec2:DescribeInstances</c>.</summary>
    public required string IamAction { get; init; }

    /// <summary>Where it is asked.</summary>
    public CallScope Scope { get; init; }

    /// <summary>
    /// The request parameter that names the one resource asked about, such as <c>TargetGroupArn</c>; empty for calls
    /// that list everything.
    /// </summary>
    public string Parameter { get; init; } = "";

    /// <summary>The table whose rows the call is asked about, one call each; empty for calls that list everything.</summary>
    public string AskedAbout { get; init; } = "";

    /// <summary>
    /// Top-level members of which the answer must have one to be recognised, such as <c>Reservations</c>. Where two
    /// services share a member name, <see cref="ItemMarks"/> decides.
    /// </summary>
    public ImmutableArray<string> Marks { get; init; } = [];

    /// <summary>Members of which an item under the mark must have one; empty where the mark alone decides.</summary>
    public ImmutableArray<string> ItemMarks { get; init; } = [];

    /// <summary>Top-level members of which the answer must have all, beside a mark; empty for most calls.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>
    /// Whether mark and needs settle it. Not so where other calls answer with the same members; then the file's name
    /// has to say which call it was.
    /// </summary>
    public bool MarksSuffice { get; init; } = true;

    /// <summary>The tables it fills, in the order they were declared.</summary>
    public ImmutableArray<TableMap> Fills { get; init; } = [];

    /// <summary>The definitions of the tables that this call is the first to declare.</summary>
    public ImmutableArray<Table> Declares { get; init; } = [];

    /// <summary>What to type to save the answer, such as <c>aws ec2 describe-instances</c>.</summary>
    public string CliCommand => $"aws {Service} {Kebab(Operation)}";

    /// <summary>The operation in the CLI's spelling, such as <c>describe-db-instances</c>.</summary>
    public static string Kebab(string operation)
    {
        var text = new StringBuilder(operation.Length + 8);
        for (var i = 0; i < operation.Length; i++)
        {
            var starts = char.IsAsciiLetterUpper(operation[i]) && i > 0
                && (!char.IsAsciiLetterUpper(operation[i - 1]) || (i + 1 < operation.Length && char.IsAsciiLetterLower(operation[i + 1])));
            if (starts)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(operation[i]));
        }

        return text.ToString();
    }

    internal static Call Of(string service, string operation, string iamAction, string marks, string itemMarks = "") => new()
    {
        Service = service,
        Operation = operation,
        IamAction = iamAction,
        Marks = Words(marks),
        ItemMarks = Words(itemMarks),
    };

    internal Call Everywhere() => this with { Scope = CallScope.Global };

    internal Call About(string table, string parameter) => this with { AskedAbout = table, Parameter = parameter };

    internal Call With(string needs) => this with { Needs = Words(needs) };

    internal Call ByNameOnly() => this with { MarksSuffice = false };

    /// <summary>Declares a table and how this call fills it; one column a line.</summary>
    internal Call Fill(string table, string meaning, string items, string key, string columns)
    {
        var parsed = Lines(columns);
        return this with
        {
            Fills = Fills.Add(new TableMap(table, items, parsed, IsPartial: false)),
            Declares = Declares.Add(new Table(table, meaning, parsed, Words(key), IsFact: false)),
        };
    }

    /// <summary>Fills a table that another call declares, with the columns this answer has.</summary>
    internal Call FillAlso(string table, string items, string columns, bool isPartial = true) =>
        this with { Fills = Fills.Add(new TableMap(table, items, Lines(columns), isPartial)) };

    private static ImmutableArray<Column> Lines(string columns) =>
        [.. columns.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Column.Parse)];

    private static ImmutableArray<string> Words(string words) =>
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
