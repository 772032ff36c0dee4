using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Vendors;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Api;

/// <summary>The connectors there are, the connections that are configured, and how they fare.</summary>
internal sealed class ConnectionEndpoints(
    ConfigurationSource configuration, InboxStore inbox, RefusalCounter refusals, ConnectionTroubles troubles, HistoryStanding standing, IOptions<HubOptions> options, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connectors", Connectors).WithSummary("The connectors that this hub has").Needs(Role.Viewer);
        routes.MapGet("/connections", ConnectionsAsync).WithSummary("The configured connections, with counts by status and refusals by reason").Needs(Role.Viewer);
        routes.MapPost("/connections/{name}/test", Test).WithSummary("Checks that a connection can verify its sender").Needs(Role.Operator, "connection_tested").ProducesProblem(404);
    }

    private object Connectors() => new
    {
        items = configuration.Current.Catalog.All.Select(connector => new
        {
            key = connector.Key,
            name = connector.Name,
            category = connector.Category.ToString().ToLowerInvariant(),
            declaredIn = (connector as DeclaredConnector)?.Origin,
            settings = connector.Settings.Select(setting => new { name = setting.Name, required = setting.IsRequired, secret = setting.IsSecret }),
        }),
    };

    private async Task<object> ConnectionsAsync(CancellationToken cancellationToken)
    {
        var counts = inbox.Counts(origin: null).ToLookup(count => count.Connection, StringComparer.Ordinal);
        var ignored = inbox.IgnoredByTopic().ToLookup(topic => topic.Connection, StringComparer.Ordinal);
        var trouble = troubles.All().ToDictionary(found => found.Connection, StringComparer.Ordinal);
        var histories = await standing.OfAllAsync(configuration.Current, cancellationToken);
        var refused = refusals.Totals().ToLookup(refusal => refusal.Connection, StringComparer.Ordinal);
        return new
        {
            items = configuration.Current.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal).Select(connection => new
            {
                name = connection.Name,
                connector = connection.Connector.Key,
                enabled = connection.Enabled,
                status = Status(connection, trouble.GetValueOrDefault(connection.Name), histories.GetValueOrDefault(connection.Name)),
                trouble = trouble.GetValueOrDefault(connection.Name) is { } found ? new { fault = found.Fault.ToString().ToLowerInvariant(), problem = found.Problem, since = found.Since, triedAgain = found.Until } : null,
                reconciliation = histories.GetValueOrDefault(connection.Name)?.ToJson(),
                verification = connection.Source?.Authentication.Description,
                webhookUrl = WebhookAddress(connection),
                deliveries = counts[connection.Name].ToDictionary(count => count.Status.ToString().ToLowerInvariant(), count => count.Count, StringComparer.Ordinal),
                ignoredByTopic = ignored[connection.Name].ToDictionary(topic => topic.Topic, topic => topic.Count, StringComparer.Ordinal),
                refused = refused[connection.Name].ToDictionary(refusal => refusal.Reason, refusal => refusal.Count, StringComparer.Ordinal),
            }),
            configurationErrors = configuration.LastErrors.Select(error => error.ToString()),
        };
    }

    private static string Status(Connection connection, ConnectionTrouble? trouble, ReconciliationStanding? reconciliation) => (connection.Enabled, trouble) switch
    {
        (false, _) => "disabled",
        (_, { NeedsAttention: true }) => "needs attention",
        (_, null) => reconciliation is { Failed: true } ? "needs attention" : "ok",
        _ => "waiting for the vendor",
    };

    private IResult Test(string name)
    {
        if (!configuration.Current.Connections.TryGetValue(name, out var connection)) return Results.Problem(statusCode: 404, detail: "There is no such connection.");
        if (connection.Source is not { } source) return Results.Json(new { status = "disabled", detail = $"Set \"enabled\": true for '{name}' in the connectors file." });
        var address = $"/webhooks/{name}";
        var probe = new WebhookRequest { Method = "POST", Url = PublicAddress.Of(options.Value.PublicUrl, address), Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Body = "{}"u8.ToArray(), ReceivedAt = time.GetUtcNow() };
        var authentication = source.Authentication;
        if (authentication.Verify(probe) is not Verification.Rejected)
            return Results.Json(new { status = "failed", detail = "The connection does not tell a signed request from an unsigned one." });
        if (!authentication.CanSign)
            return Results.Json(new { status = "ok", detail = $"An unsigned request is refused. Only the vendor can sign one: a public key is configured ({authentication.Description})." });
        // Where no public address is configured, any will do to sign: a vendor that signs it is refused then, and the reason says what to set.
        var signed = authentication.Sign(probe with { Url = probe.Url ?? PublicAddress.Of(new Uri("http://localhost"), address) });
        return Results.Json(authentication.Verify(signed with { Url = probe.Url }) is Verification.Rejected rejected
            ? new { status = "failed", detail = $"A signed request is refused: {rejected.Reason}." }
            : new { status = "ok", detail = $"A signed request is accepted and an unsigned one refused ({authentication.Description})." });
    }

    private string WebhookAddress(Connection connection)
    {
        var address = options.Value.PublicUrl?.ToString() ?? options.Value.Urls.Split(';')[0];
        var token = connection.Source?.Authentication is TokenAuthentication { Header: null } ? "/{webhookToken}" : "";
        return $"{address.TrimEnd('/')}/webhooks/{connection.Name}{token}";
    }
}
