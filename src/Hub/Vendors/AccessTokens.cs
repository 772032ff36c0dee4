using System.Collections.Concurrent;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The access tokens of all connections whose vendors want OAuth 2. They outlive a change of the settings, so that a token is never renewed by two at once.</summary>
internal sealed class AccessTokens(TokenStore store, TokenEndpoint endpoint, TimeProvider time, ILogger<AccessTokens> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConnectionTokens> connections = new(StringComparer.Ordinal);

    /// <inheritdoc cref="ConnectionTokens.TokenAsync"/>
    public Task<string> OfAsync(string connection, OAuthGrant grant, string? refused, CancellationToken cancellationToken) => Of(connection).TokenAsync(grant, refused, cancellationToken);

    /// <inheritdoc cref="ConnectionTokens.TakeAsync"/>
    public Task TakeAsync(string connection, Tokens granted) => Of(connection).TakeAsync(granted);

    /// <summary>Lets renewals end: an answer that is on its way may hold the only refresh token that is still good.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var tokens in connections.Values) await Task.WhenAny(tokens.Renewal);
    }

    private ConnectionTokens Of(string connection) => connections.GetOrAdd(connection, name => new ConnectionTokens(name, store, endpoint, time, logger));
}
