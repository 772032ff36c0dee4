using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace IntegrationHub.Hub.Storage;

/// <summary>Tells errors of the server from those of the work, in words that say what to do. Never shows the connection string: it holds a password.</summary>
internal sealed class PostgresErrors(NpgsqlConnectionStringBuilder settings)
{
    /// <summary>The server and the database, safe to show.</summary>
    public string Database => $"\"{settings.Database}\" at {settings.Host}:{settings.Port}";

    /// <summary>Whether others were in the way: the same transaction succeeds when it is repeated.</summary>
    public static bool IsConflict(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>What to say instead; null when the work itself is at fault, or has only to be repeated.</summary>
    public string? Explain(DbException exception) => exception switch
    {
        PostgresException told => Advice(told) is { } advice ? Of(advice) : null,
        { InnerException: TimeoutException } => Of("it has not answered in time. Look whether the server is overloaded or waits for a lock; the hub tries again by itself"),
        { InnerException: SocketException or IOException } or NpgsqlException { IsTransient: true } =>
            Of($"it can't be reached{Reason(exception)}. Start the server, or mend Host and Port in Hub:Database; the hub tries again by itself"),
        _ => Of($"the connection failed ({exception.GetType().Name}{Reason(exception)}). The hub tries again by itself"),
    };

    private string Of(string problem) => $"The database {Database} can't be used: {problem}.";

    private string? Advice(PostgresException told) => told.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"it refuses the user \"{settings.Username}\" ({told.SqlState}). Mend Username and Password in Hub:Database, or the server's pg_hba.conf",
        PostgresErrorCodes.InvalidCatalogName =>
            $"there is no such database. Create it: createdb -h {settings.Host} -p {settings.Port} -U {settings.Username} -O {settings.Username} {settings.Database}",
        PostgresErrorCodes.InsufficientPrivilege => $"the user \"{settings.Username}\" may not do what the hub needs. Make it the owner of the database, or grant it create on the schema",
        PostgresErrorCodes.TooManyConnections => "it has no connection to spare. Raise max_connections of the server, or set Maximum Pool Size in Hub:Database",
        PostgresErrorCodes.DiskFull => "its disk is full. Make room on the server; the hub tries again by itself",
        PostgresErrorCodes.OutOfMemory => "it is out of memory. The hub tries again by itself",
        PostgresErrorCodes.ReadOnlySqlTransaction => "it takes no writes: it is a standby, or was made read-only. Let Hub:Database lead to the primary (Target Session Attributes=primary)",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped =>
            "the server starts or stops. The hub tries again by itself",
        PostgresErrorCodes.QueryCanceled => "it has not answered in time. Look whether the server is overloaded or waits for a lock; the hub tries again by itself",
        PostgresErrorCodes.UndefinedTable => "its tables are not those of a hub. Start the hub once, or let Hub:Database lead to another database",
        PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateFunction => "it holds tables of something else. Let Hub:Database lead to a database of the hub's own",
        ['0', '8', ..] or ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] => $"the server reports {told.SqlState}. See its log; the hub tries again by itself",
        _ => null,
    };

    private static string Reason(Exception exception) => exception.InnerException is SocketException { SocketErrorCode: var code } ? $" ({code})" : "";
}
