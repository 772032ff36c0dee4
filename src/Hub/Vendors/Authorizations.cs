using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Asks people to grant a connection access to its vendor's API, and takes what they grant. A request is good once, and for 10 minutes.</summary>
internal sealed class Authorizations(
    IDatabase database, TokenSeal seal, TokenEndpoint endpoint, AccessTokens tokens, ConfigurationSource configuration, IOptions<HubOptions> options, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The path that vendors lead people back to.</summary>
    public const string CallbackPath = "oauth/callback";

    /// <summary>Begins to ask for a connection.</summary>
    public async Task<AuthorizationStart> BeginAsync(string name, CancellationToken cancellationToken)
    {
        if (!configuration.Current.Connections.TryGetValue(name, out var connection)) return new AuthorizationStart.Unknown();
        if (!connection.Enabled) return new AuthorizationStart.Refused($"The connection is switched off. Set \"enabled\": true for '{name}' in the connectors file.");
        if (GrantOf(connection) is not { } grant) return new AuthorizationStart.Refused("The connection does not use OAuth: its key stands in the settings, or it calls no API.");
        if (grant.AuthorizeAddress is not { } address) return new AuthorizationStart.Refused("Nobody has to grant this connection access: it gets its tokens by the client's id and secret.");
        if (Callback is not { } callback)
            return new AuthorizationStart.Refused($"Set Hub:PublicUrl to the address under which browsers reach the hub. The vendor leads people back to it: register <Hub:PublicUrl>/{CallbackPath} there.");
        var state = RandomText();
        var verifier = grant.Pkce ? RandomText() : null;
        try
        {
            await KeepAsync(state, name, grant, verifier, cancellationToken);
        }
        catch (TokenSealException exception)
        {
            return new AuthorizationStart.Refused($"{exception.Message}.");
        }
        return new AuthorizationStart.Begun(AddressOf(address, grant, callback, state, verifier), callback, time.GetUtcNow() + Patience);
    }

    /// <summary>Takes what the vendor led the person back with.</summary>
    /// <param name="error">The vendor's code when nothing was granted.</param>
    /// <exception cref="StorageException">It can't be stored.</exception>
    public async Task<AuthorizationEnd> EndAsync(string? state, string? code, string? error, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(state) || await TakeAsync(state, cancellationToken) is not { } asked) return new AuthorizationEnd.Failed(NoRequest);
        if (!configuration.Current.Connections.TryGetValue(asked.Connection, out var connection) || GrantOf(connection) is not { } grant || !Tokens.ClientOf(grant).AsSpan().SequenceEqual(asked.Client))
            return new AuthorizationEnd.Failed($"The settings of '{asked.Connection}' have changed meanwhile. Begin again.");
        if (string.IsNullOrEmpty(code)) return new AuthorizationEnd.Failed($"The vendor has not granted access to '{asked.Connection}'{(IsCode(error) ? $" ({error})" : "")}. Begin again when that was not meant.");
        try
        {
            var verifier = Encoding.UTF8.GetString(seal.Open(NameOf(asked.Connection), asked.Sealed));
            var answer = await endpoint.ExchangeAsync(grant, code, Callback ?? throw new VendorException(VendorFault.Refused, "Hub:PublicUrl is not set any more"), verifier.Length == 0 ? null : verifier, cancellationToken);
            await tokens.TakeAsync(asked.Connection, Tokens.Of(grant, answer, null));
            return new AuthorizationEnd.Granted(asked.Connection);
        }
        catch (Exception exception) when (exception is VendorException or TokenSealException)
        {
            return new AuthorizationEnd.Failed($"No access to '{asked.Connection}': {exception.Message}.");
        }
    }

    private const string NoRequest = "This request is not known, was used already, or is older than 10 minutes. Begin again.";

    private Uri? Callback => options.Value.PublicUrl is { } address ? new Uri(new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), CallbackPath) : null;

    private static OAuthGrant? GrantOf(Connection connection) => VendorApis.AccessOf(connection)?.Credential is ApiCredential.OAuth { Grant: var grant } ? grant : null;

    private static Uri AddressOf(Uri address, OAuthGrant grant, Uri callback, string state, string? verifier)
    {
        Dictionary<string, string?> parameters = new(StringComparer.Ordinal) { ["response_type"] = "code", ["client_id"] = grant.ClientId, ["redirect_uri"] = callback.AbsoluteUri, ["state"] = state };
        if (grant.Scopes.Count > 0) parameters["scope"] = string.Join(' ', grant.Scopes);
        if (verifier is not null)
        {
            parameters["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
            parameters["code_challenge_method"] = "S256";
        }
        foreach (var (name, value) in grant.AuthorizeParameters) parameters[name] = value;
        return new Uri(QueryHelpers.AddQueryString(address.AbsoluteUri, parameters));
    }

    private Task KeepAsync(string state, string connection, OAuthGrant grant, string? verifier, CancellationToken cancellationToken)
    {
        var closed = seal.Close(NameOf(connection), Encoding.UTF8.GetBytes(verifier ?? ""));
        return database.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            session.Execute("delete from oauth_state where expires_at <= $now", ("$now", now.ToDb()));
            return session.Execute("insert into oauth_state (state_hash, connection, client, sealed, expires_at) values ($hash, $connection, $client, $sealed, $expires)",
                ("$hash", HashOf(state)), ("$connection", connection), ("$client", Tokens.ClientOf(grant)), ("$sealed", closed), ("$expires", (now + Patience).ToDb()));
        }, cancellationToken);
    }

    private Task<Asked?> TakeAsync(string state, CancellationToken cancellationToken) => database.WriteAsync(session => session.First(
        "delete from oauth_state where state_hash = $hash returning connection, client, sealed, expires_at > $now",
        row => row.GetBoolean(3) ? new Asked(row.GetString(0), row.Bytes(1), row.Bytes(2)) : null, ("$hash", HashOf(state)), ("$now", time.GetUtcNow().ToDb())), cancellationToken);

    private static bool IsCode(string? error) => error is { Length: > 0 and <= 40 } && error.All(letter => char.IsAsciiLetterLower(letter) || letter is '_');

    private static byte[] HashOf(string state) => SHA256.HashData(Encoding.UTF8.GetBytes(state));

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string NameOf(string connection) => "authorization " + connection;

    private sealed record Asked(string Connection, byte[] Client, byte[] Sealed);
}

/// <summary>What became of a wish to be granted access.</summary>
internal abstract record AuthorizationStart
{
    private AuthorizationStart() { }

    /// <summary>A person grants it at this address.</summary>
    /// <param name="Callback">Where the vendor leads them back to; most vendors want it registered.</param>
    public sealed record Begun(Uri Address, Uri Callback, DateTimeOffset Until) : AuthorizationStart;

    /// <summary>There is no such connection.</summary>
    public sealed record Unknown : AuthorizationStart;

    /// <summary>It can't be asked for.</summary>
    /// <param name="Reason">Why, and what to do.</param>
    public sealed record Refused(string Reason) : AuthorizationStart;
}

/// <summary>How it ended.</summary>
internal abstract record AuthorizationEnd
{
    private AuthorizationEnd() { }

    /// <summary>The hub has tokens.</summary>
    public sealed record Granted(string Connection) : AuthorizationEnd;

    /// <summary>It has none.</summary>
    /// <param name="Reason">Why, safe to show.</param>
    public sealed record Failed(string Reason) : AuthorizationEnd;
}
