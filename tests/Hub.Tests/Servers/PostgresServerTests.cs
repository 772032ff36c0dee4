using IntegrationHub.Servers;
using Npgsql;

namespace IntegrationHub.Hub.Tests.Servers;

/// <summary>The PostgreSQL server that other tests take for granted.</summary>
public sealed class PostgresServerTests
{
    [Theory]
    [InlineData(PostgresStop.Fast)]
    [InlineData(PostgresStop.Immediate)]
    public async Task What_was_committed_outlives_a_stop(PostgresStop stop)
    {
        await using var server = await PostgresServer.StartAsync(fsync: true);
        var connectionString = await server.CreateDatabaseAsync("a \"quoted\" name");
        await ExecuteAsync(connectionString, "create table kept as select 7 as number");
        await server.StopAsync(stop);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(connectionString, "select number from kept"));
        await server.StartAgainAsync();
        Assert.Equal(7, await ExecuteAsync(connectionString, "select number from kept"));
    }

    [Fact]
    public async Task A_database_is_copied_from_a_template_and_dropped_under_an_open_connection()
    {
        var server = await SharedServers.PostgresAsync();
        var template = await server.CreateDatabaseAsync("servers_template");
        await ExecuteAsync(template, "create table kept as select 7 as number");
        var copy = await server.CreateDatabaseAsync("servers_copy", "servers_template");
        await using var open = new NpgsqlConnection(copy);
        await open.OpenAsync();
        Assert.Equal(7, await ExecuteAsync(copy, "select number from kept"));
        await server.DropDatabaseAsync("servers_copy");
        await server.DropDatabaseAsync("servers_template");
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(copy, "select 1"));
    }

    [Fact]
    public async Task A_cut_connection_is_of_no_use_and_a_new_one_is_let_in()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var open = new NpgsqlConnection(Unpooled(server.ConnectionString));
        await open.OpenAsync();
        await server.CutConnectionsAsync();
        await using var command = new NpgsqlCommand("select 1", open);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
        Assert.Equal(1, await ExecuteAsync(server.ConnectionString, "select 1"));
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
