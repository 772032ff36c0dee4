using System.Diagnostics;
using Npgsql;

namespace IntegrationHub.Servers;

/// <summary>How a PostgreSQL server is told to stop.</summary>
public enum PostgresStop
{
    /// <summary>Connections are closed, and what was committed is written out first.</summary>
    Fast,

    /// <summary>At once, as in a crash: the next start recovers from the log.</summary>
    Immediate,
}

/// <summary>
/// A PostgreSQL server that a test owns: in a temporary folder, on a free port of this machine alone, gone when it is disposed.
/// Its user <c>postgres</c> is let in with any password.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly ServerFolder? folder;
    private readonly string binaries = "";
    private Process? process;

    private PostgresServer(string connectionString) => ConnectionString = connectionString;

    private PostgresServer(ServerFolder folder, string binaries, int port)
        : this($"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres") =>
        (this.folder, this.binaries) = (folder, binaries);

    /// <summary>How its superuser connects to it.</summary>
    public string ConnectionString { get; }

    /// <summary>The id of its process, which has children.</summary>
    /// <exception cref="InvalidOperationException">It does not run, or was running before the tests.</exception>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("This PostgreSQL server has no process of its own here.");

    private ServerFolder Folder => folder ?? throw new InvalidOperationException("This PostgreSQL server was running before the tests, and is not theirs to stop or start.");

    private string Cluster => Path.Combine(Folder.Path, "data");

    /// <summary>Makes a server and starts it; about a second.</summary>
    /// <param name="fsync">Whether what is committed is on disk, and the server cleans up after itself, all as it comes: to be killed on and measured with. Otherwise it is fast, and has room for the locks of dozens of hubs, which one session that stays open keeps for all.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start. The message says what to do.</exception>
    public static async Task<PostgresServer> StartAsync(bool fsync = false)
    {
        var binaries = FindBinaries();
        var port = FreePorts.Take();
        var server = new PostgresServer(new ServerFolder("hub-postgres-", "QUIT"), binaries, port);
        try
        {
            if (Environment.IsPrivilegedProcess) await ServerFolder.RunAsync("chown", "postgres", server.Folder.Path);
            await ServerFolder.RunAsync(AsPostgres([Path.Combine(binaries, "initdb"), "-D", server.Cluster, "--encoding=UTF8", "--locale=C", "--auth=trust", "--username=postgres", "--no-sync", "--no-instructions"]));
            await File.AppendAllTextAsync(Path.Combine(server.Cluster, "postgresql.conf"), Settings(server.Folder.Path, port, fsync));
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that runs already. It can't be stopped from here.</summary>
    /// <param name="connectionString">Of a superuser.</param>
    public static PostgresServer Existing(string connectionString) => new(connectionString);

    /// <summary>How to connect to a database of it.</summary>
    public string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Makes a database, and says how to connect to it.</summary>
    /// <param name="name">Its name, in any characters.</param>
    /// <param name="template">The database that it is a copy of, to which nobody may be connected then; an empty one when null.</param>
    public async Task<string> CreateDatabaseAsync(string name, string? template = null)
    {
        await ExecuteAsync($"create database {Quoted(name)} template {Quoted(template ?? "template0")}");
        return ConnectionStringOf(name);
    }

    /// <summary>Removes a database and ends the connections to it; nothing when there is none.</summary>
    public Task DropDatabaseAsync(string name) => ExecuteAsync($"drop database if exists {Quoted(name)} with (force)");

    /// <summary>Ends all connections of others. They may connect again at once.</summary>
    public Task CutConnectionsAsync() =>
        ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");

    /// <summary>Stops the server, and waits until it has.</summary>
    public async Task StopAsync(PostgresStop stop = PostgresStop.Fast)
    {
        if (process is not { } running) return;
        process = null;
        await Folder.StopAsync(running, stop == PostgresStop.Fast ? "INT" : "QUIT");
    }

    /// <summary>Starts it with what it held, on the same port, and waits until it lets connections in.</summary>
    public async Task StartAgainAsync()
    {
        process = Folder.Start(ServerFolder.ServerLog, new Dictionary<string, string>(StringComparer.Ordinal), AsPostgres([Path.Combine(binaries, "postgres"), "-D", Cluster]));
        await Folder.WaitAsync(process, AnswersAsync, "PostgreSQL");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (folder is not null) await folder.DisposeAsync();
    }

    private static string FindBinaries()
    {
        const string root = "/usr/lib/postgresql";
        var versions = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        return versions.Where(version => File.Exists(Path.Combine(version, "bin", "initdb")))
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL was not found in /usr/lib/postgresql. Run tests/Servers/install, or set HUB_TEST_POSTGRES to the connection string of a superuser.");
    }

    // PostgreSQL refuses to run as root.
    private static string[] AsPostgres(string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", .. command] : command;

    private static string Settings(string folder, int port, bool fsync) => $"""

        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = '{folder}'
        max_connections = 200
        shared_buffers = 64MB
        jit = off
        fsync = {(fsync ? "on" : "off")}
        full_page_writes = {(fsync ? "on" : "off")}
        synchronous_commit = {(fsync ? "on" : "off")}
        autovacuum = {(fsync ? "on" : "off")}
        max_pred_locks_per_transaction = {(fsync ? 64 : 256)}

        """;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Without a pool: a kept connection would break with each stop, and hold up who wants to copy a database.
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
