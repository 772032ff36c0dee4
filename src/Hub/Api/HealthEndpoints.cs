using System.Security.Cryptography;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using MassTransit;

namespace IntegrationHub.Hub.Api;

/// <summary>Whether the hub lives, and whether it can do its work.</summary>
internal sealed class HealthEndpoints(IDatabase database, WriteDoubt doubt, IBusControl bus, ConfigurationSource configuration, TimeProvider time)
{
    private const int UsualDelivery = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new Liveness("live")).WithSummary("Answers while the process lives").NeedsNoKey();
        routes.MapGet("/health/ready", ReadyAsync).WithSummary("Answers 200 when deliveries can be stored and merged").NeedsNoKey();
    }

    private async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        var databaseState = await DatabaseAsync(cancellationToken);
        var busState = bus.CheckHealth().Status is BusHealthStatus.Healthy ? "ok" : "unavailable";
        var ready = databaseState == "ok" && busState == "ok";
        return Results.Json(
            new { status = ready ? "ready" : "not ready", dependencies = new { database = databaseState, bus = busState, configuration = ConfigurationState() } },
            statusCode: ready ? 200 : 503);
    }

    private string ConfigurationState()
    {
        if (configuration.LastErrors.Count == 0) return "ok";
        var what = configuration.LastErrors.All(error => error.File.EndsWith(Declaration.FileSuffix, StringComparison.Ordinal)) ? "a connector's declaration" : "the connectors file";
        return $"the last change of {what} was refused; the one before it is in use";
    }

    private async Task<string> DatabaseAsync(CancellationToken cancellationToken)
    {
        var failures = doubt.Failures;
        try
        {
            await database.WriteAsync<int>(doubt.IsOn ? StoreAndTakeBack : Count, cancellationToken).WaitAsync(Patience, cancellationToken);
            doubt.Settle(failures);
            return "ok";
        }
        catch (Exception exception) when (exception is StorageException or TimeoutException)
        {
            return "can't be written";
        }
    }

    // It has to change a page, or a full disk would not show.
    private static int Count(DbSession session) => session.Execute(
        """
        insert into ingest_count (connection, what, reason, count) values ('', 'probe', '', 1)
        on conflict (connection, what, reason) do update set count = ingest_count.count + 1
        """);

    // PostgreSQL finds room for a count in a page that it has, when there is none for deliveries. Bytes by chance can't be packed.
    private int StoreAndTakeBack(DbSession session)
    {
        var probe = new NewDelivery("", Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow(), new Dictionary<string, string>(StringComparer.Ordinal), RandomNumberGenerator.GetBytes(UsualDelivery));
        if (InboxStore.Append(session, [probe]) is not [AppendOutcome.Accepted stored]) return 0;
        session.Execute("delete from inbox_body where delivery_id = $id", ("$id", stored.Id));
        return session.Execute("delete from inbox where delivery_id = $id", ("$id", stored.Id));
    }

    internal sealed record Liveness(string Status);
}
