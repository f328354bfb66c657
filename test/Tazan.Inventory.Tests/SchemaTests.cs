using Tazan.Inventory.Calls;
using Tazan.Inventory.Schema;
using Tazan.Testing;

namespace Tazan.Inventory.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void Every_table_can_be_made_filled_and_indexed_and_every_view_answers()
    {
        using var fleet = new FleetRows();
        SnapshotSchema.Finish(fleet.Database, SnapshotSchema.Tables);

        foreach (var view in fleet.Rows("select name from sqlite_master where type = 'view'"))
        {
            Assert.Empty(fleet.Rows($"select * from {view[0]}"));
        }

        Assert.True(SnapshotSchema.Tables.Length > 90);
    }

    [Fact]
    public void A_table_is_declared_once_and_every_fill_names_a_declared_table_and_its_columns()
    {
        Assert.Equal(SnapshotSchema.Tables.Length, SnapshotSchema.Tables.Select(static t => t.Name).Distinct().Count());
        foreach (var fill in Catalogue.Calls.SelectMany(static call => call.Fills))
        {
            var names = SnapshotSchema.Get(fill.Table).Columns.Select(static c => c.Name).ToHashSet();
            Assert.All(fill.Columns, column => Assert.Contains(column.Name, names));
        }
    }

    [Fact]
    public void Every_key_column_is_a_column()
    {
        Assert.All(SnapshotSchema.Tables, table => Assert.All(table.Key, key => Assert.Contains(table.Columns, c => c.Name == key)));
    }

    [Theory]
    [InlineData("DescribeInstances", "describe-instances")]
    [InlineData("DescribeDBInstances", "describe-db-instances")]
    [InlineData("DescribeNetworkAcls", "describe-network-acls")]
    [InlineData("GetEbsEncryptionByDefault", "get-ebs-encryption-by-default")]
    public void An_operation_is_spelt_as_the_cli_spells_it(string operation, string command) =>
        Assert.Equal(command, Call.Kebab(operation));

    [Fact]
    public void A_query_names_the_tables_below_its_views()
    {
        using var fleet = new FleetRows();

        Assert.Equal(
            ["group_set_tracking", "instance", "interface_group_set"],
            fleet.Database.TablesRead("select count(*) from connection_tracking t join instance i using (instance_id)"));
    }
}
