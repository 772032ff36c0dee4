using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The tokens of the connections, sealed in the database.</summary>
internal sealed class TokenStore(IDatabase database, TokenSeal seal, TimeProvider time)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether other processes may have renewed the tokens.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Waits until no other process renews the tokens of a connection. To be let go of by <see cref="LetGo"/>.</summary>
    /// <exception cref="VendorException">Another one has been at it for a minute.</exception>
    public async Task HoldAsync(string connection)
    {
        var started = time.GetTimestamp();
        while (!database.TryHold(NameOf(connection)))
        {
            if (time.GetElapsedTime(started) > LongestHold) throw new VendorException(VendorFault.Unavailable, "another process has been renewing the token for a minute");
            await Task.Delay(Look, time, CancellationToken.None);
        }
    }

    public void LetGo(string connection) => database.LetGo(NameOf(connection));

    /// <summary>The tokens of a connection, or null.</summary>
    /// <exception cref="TokenSealException">They can't be opened.</exception>
    public Tokens? Find(string connection)
    {
        var row = database.Read(session => session.First(
            "select client, sealed, renewed_at, expires_at, renewing_since from oauth_token where connection = $connection",
            row => new Row(row.Bytes(0), row.Bytes(1), row.Time(2), row.IsDBNull(3) ? null : row.Time(3), !row.IsDBNull(4)), ("$connection", connection)));
        if (row is null) return null;
        var secrets = JsonSerializer.Deserialize(seal.Open(NameOf(connection), row.Sealed), HubJson.Default.TokenSecrets) ?? new TokenSecrets();
        return new Tokens
        {
            Client = row.Client,
            Seed = secrets.Seed,
            Access = secrets.Access,
            Refresh = secrets.Refresh,
            RenewedAt = row.RenewedAt,
            ExpiresAt = row.ExpiresAt,
            IsInDoubt = row.IsRenewing,
        };
    }

    /// <summary>Whether the tokens of a connection can be opened; true when there are none.</summary>
    public bool CanOpen(string connection)
    {
        try
        {
            Find(connection);
            return true;
        }
        catch (TokenSealException)
        {
            return false;
        }
    }

    /// <summary>Keeps tokens. When the task completes, they are on disk.</summary>
    /// <exception cref="StorageException">They are not stored.</exception>
    /// <exception cref="TokenSealException">The key file holds no key.</exception>
    public Task SaveAsync(string connection, Tokens tokens)
    {
        var closed = seal.Close(NameOf(connection), JsonSerializer.SerializeToUtf8Bytes(
            new TokenSecrets { Access = tokens.Access, Refresh = tokens.Refresh, Seed = tokens.Seed }, HubJson.Default.TokenSecrets));
        return database.WriteAsync(session => session.Execute(
            """
            insert into oauth_token (connection, client, sealed, renewed_at, expires_at) values ($connection, $client, $sealed, $renewed, $expires)
            on conflict (connection) do update set client = $client, sealed = $sealed, renewed_at = $renewed, expires_at = $expires, renewing_since = null
            """,
            ("$connection", connection), ("$client", tokens.Client), ("$sealed", closed), ("$renewed", tokens.RenewedAt.ToDb()), ("$expires", tokens.ExpiresAt?.ToDb())), CancellationToken.None);
    }

    /// <summary>Notes that the vendor is about to be asked for new tokens: should the hub die before it has them, the next one knows.</summary>
    public Task BeginRenewalAsync(string connection) => database.WriteAsync(session => session.Execute(
        "update oauth_token set renewing_since = coalesce(renewing_since, $now) where connection = $connection", ("$now", time.GetUtcNow().ToDb()), ("$connection", connection)), CancellationToken.None);

    /// <summary>Notes that the vendor has answered without new tokens: the old ones are what they were.</summary>
    public Task EndRenewalAsync(string connection) => database.WriteAsync(session => session.Execute(
        "update oauth_token set renewing_since = null where connection = $connection", ("$connection", connection)), CancellationToken.None);

    /// <summary>Throws the tokens of a connection away.</summary>
    public Task DiscardAsync(string connection) => database.WriteAsync(session => session.Execute(
        "delete from oauth_token where connection = $connection", ("$connection", connection)), CancellationToken.None);

    private static string NameOf(string connection) => "token " + connection;

    private sealed record Row(byte[] Client, byte[] Sealed, DateTimeOffset RenewedAt, DateTimeOffset? ExpiresAt, bool IsRenewing);
}
