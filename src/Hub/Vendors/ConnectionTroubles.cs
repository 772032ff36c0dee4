using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Which connections have trouble with their vendor's API, why, and until when they rest. Kept in the database: it outlives a restart, and every process sees it.</summary>
internal sealed class ConnectionTroubles(IDatabase database, TimeProvider time)
{
    /// <summary>Notes a trouble. One of the same kind that goes on keeps the time it began.</summary>
    /// <param name="problem">Safe to show.</param>
    /// <param name="rest">How long nothing is called; zero to go on.</param>
    public Task ReportAsync(string connection, VendorFault fault, string problem, TimeSpan rest, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        return session.Execute(
            """
            insert into connection_trouble (connection, fault, problem, since, until) values ($connection, $fault, $problem, $now, $until)
            on conflict (connection) do update set since = case when connection_trouble.fault = $fault then connection_trouble.since else $now end, fault = $fault, problem = $problem,
                until = case when connection_trouble.until < $until then $until else connection_trouble.until end
            """, ("$connection", connection), ("$fault", (int)fault), ("$problem", problem), ("$now", now.ToDb()), ("$until", (now + rest).ToDb()));
    }, cancellationToken);

    /// <summary>The trouble is over.</summary>
    public async Task ClearAsync(string connection, CancellationToken cancellationToken)
    {
        if (Of(connection) is null) return;
        await database.WriteAsync(session => session.Execute("delete from connection_trouble where connection = $connection", ("$connection", connection)), cancellationToken);
    }

    /// <summary>Until when a connection calls nobody; null when it may.</summary>
    public DateTimeOffset? RestUntil(string connection) => Of(connection)?.Until;

    public ConnectionTrouble? Of(string connection) => All().Find(trouble => trouble.Connection == connection);

    public List<ConnectionTrouble> All() => database.Read(session => session.Query(
        "select connection, fault, problem, since, until from connection_trouble order by connection",
        row => new ConnectionTrouble(row.GetString(0), (VendorFault)row.GetInt32(1), row.GetString(2), row.Time(3), row.Time(4))));
}

/// <summary>A connection that has trouble with its vendor's API.</summary>
/// <param name="Problem">What happened, safe to show.</param>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it is tried again.</param>
internal sealed record ConnectionTrouble(string Connection, VendorFault Fault, string Problem, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Whether somebody has to do something: the hub can't cure it by waiting.</summary>
    public bool NeedsAttention => Fault is VendorFault.Unauthorized or VendorFault.Forbidden;
}
