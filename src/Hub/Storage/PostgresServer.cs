using System.Data.Common;
using Npgsql;

namespace IntegrationHub.Hub.Storage;

/// <summary>Opens connections to one database of a PostgreSQL server.</summary>
internal sealed class PostgresServer : IDisposable
{
    // Seconds. Whoever waits for a webhook's answer waits for these.
    private const int ConnectTimeout = 3;
    private const int CommandTimeout = 20;

    // The hub has some hundreds of statements, some of them in variants for nulls.
    private const int PreparedStatements = 500;

    // A plan that was made while a table was small, and reads all of it, would be kept while it grows; and whoever reads all of a table is in the way of whoever
    // writes to it (PostgreSQL, "Serializable Isolation Level"). Without the compiler, which would think that what has to read all of one is worth its while.
    private const string Planning = "set enable_seqscan = off; set jit = off";

    private readonly NpgsqlDataSource source;
    private readonly PostgresKeys keys = new();

    /// <param name="connectionString">Whatever it says of timeouts and pools holds.</param>
    /// <exception cref="StorageException">It can't be read as one.</exception>
    public PostgresServer(string connectionString)
    {
        var settings = Settings(connectionString);
        Errors = new PostgresErrors(settings);
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(Prepare, connection =>
        {
            Prepare(connection);
            return Task.CompletedTask;
        });
        source = builder.Build();
    }

    public PostgresErrors Errors { get; }

    /// <summary>Connections for others than the hub's own statements.</summary>
    /// <exception cref="StorageException">It can't be read as a connection string.</exception>
    public static NpgsqlDataSource SourceOf(string connectionString) => NpgsqlDataSource.Create(Settings(connectionString));

    /// <summary>Whether a text can be read as a connection string that names a server and a database.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0, Database.Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <summary>A session of its own; disposing it gives the connection back to the pool.</summary>
    /// <exception cref="StorageException">The server can't be reached, or refuses.</exception>
    public PostgresSession Open() => Open(owner: null);

    /// <summary>The only session to a database; the connection is closed with it.</summary>
    /// <exception cref="StorageException">The server can't be reached, or refuses.</exception>
    public static PostgresSession OpenAlone(string connectionString)
    {
        var server = new PostgresServer(connectionString);
        try
        {
            return server.Open(owner: server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private PostgresSession Open(IDisposable? owner)
    {
        try
        {
            return new PostgresSession(source.OpenConnection(), Errors, keys, owner);
        }
        catch (DbException exception) when (Errors.Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
    }

    /// <summary>Lets go of idle connections: the server may have closed them.</summary>
    public void Forget() => source.Clear();

    public void Dispose() => source.Dispose();

    // Not as options of the connection string: poolers in between know none.
    private static void Prepare(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Planning, connection);
        command.ExecuteNonQuery();
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        if (!IsConnectionString(connectionString)) throw new StorageException(HubDatabase.Unreadable + ".", new FormatException());
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = PreparedStatements, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        if (!given.ContainsKey("Timeout")) settings.Timeout = ConnectTimeout;
        if (!given.ContainsKey("Command Timeout")) settings.CommandTimeout = CommandTimeout;
        if (!given.ContainsKey("Application Name")) settings.ApplicationName = "IntegrationHub";
        return settings;
    }
}
