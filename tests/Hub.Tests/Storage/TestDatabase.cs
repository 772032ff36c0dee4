using System.Collections.Concurrent;
using System.Text;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Servers;
using Npgsql;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>The engine that the tests run on: SQLite, or with <c>HUB_TEST_ENGINE=postgres</c> PostgreSQL. Each data directory has a database of its own there.</summary>
internal static class TestDatabase
{
    /// <summary>The trait of tests that are about one engine.</summary>
    public const string Engine = "Engine";
    public const string Sqlite = "sqlite";

    /// <summary>The value for those that choose their engines themselves.</summary>
    public const string Own = "own";

    private static readonly string Template = $"hub_test_template_{Environment.ProcessId}";

    private static readonly ConcurrentDictionary<string, Lazy<string>> ConnectionStrings = new(StringComparer.Ordinal);
    private static readonly Lazy<string> Server = new(OpenServer);
    private static int created;

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("HUB_TEST_ENGINE") == "postgres";

    /// <summary>How many invented histories to try: all of them on SQLite, and on a server, where each costs some hundred round trips, so many that its own faults show.</summary>
    /// <param name="all">How many on SQLite.</param>
    /// <param name="few">How many on a server, of a test that does much with each.</param>
    public static int Histories(int all, int few = 12) => IsPostgres ? Math.Max(Math.Min(all, few), all / 40) : all;

    /// <summary>The database of a data directory.</summary>
    public static HubDatabase Of(string dataDirectory) => HubDatabase.Of(new Hub.Configuration.HubOptions { DataDirectory = dataDirectory, Database = Value(dataDirectory) });

    /// <summary>What a hub has to be told, to find the database of a data directory.</summary>
    public static string[] Settings(string dataDirectory) => IsPostgres ? [$"--Hub:Database={Value(dataDirectory)}"] : [];

    /// <summary>The value of <c>Hub:Database</c>.</summary>
    public static string Value(string dataDirectory) =>
        IsPostgres ? ConnectionStrings.GetOrAdd(Path.GetFullPath(dataDirectory), _ => new Lazy<string>(Create)).Value : HubDatabase.Embedded;

    /// <summary>Removes the database of a data directory, if it has one.</summary>
    public static void Drop(string dataDirectory)
    {
        if (!ConnectionStrings.TryRemove(Path.GetFullPath(dataDirectory), out var connectionString)) return;
        Run(Server.Value, $"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString.Value).Database} with (force)");
    }

    /// <summary>All that the tables of a data directory's database hold, by table; nothing where it is a file of the directory.</summary>
    public static IEnumerable<(string Table, byte[] Content)> Contents(string dataDirectory)
    {
        if (!IsPostgres) yield break;
        using var session = Of(dataDirectory).OpenReader();
        foreach (var table in Schema.Tables)
        {
            List<byte> content = [];
            session.ForEach($"select * from {table}", row =>
            {
                for (var column = 0; column < row.FieldCount; column++)
                {
                    content.AddRange(row.GetValue(column) switch { byte[] bytes => bytes, string text => Encoding.UTF8.GetBytes(text), _ => [] });
                    content.Add((byte)'\n');
                }
            });
            yield return (table, [.. content]);
        }
    }

    /// <summary>A database of its own, without tables.</summary>
    public static string CreateEmpty() => Create("template1");

    private static string Create() => Create(Template);

    private static string Create(string template)
    {
        var name = $"hub_test_{Environment.ProcessId}_{Interlocked.Increment(ref created)}";
        Run(Server.Value, $"create database {name} template {template}");
        return new NpgsqlConnectionStringBuilder(Server.Value) { Database = name }.ConnectionString;
    }

    // The tables are made once; a copy of the database is made in a moment.
    private static string OpenServer()
    {
        var server = SharedServers.PostgresAsync().GetAwaiter().GetResult().ConnectionString;
        Run(server, $"drop database if exists {Template} with (force)");
        Run(server, $"create database {Template} template template1");
        PostgresDatabase.Open(new NpgsqlConnectionStringBuilder(server) { Database = Template, Pooling = false }.ConnectionString).DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    private static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
#pragma warning disable CA2100 // Names that this class has made.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
