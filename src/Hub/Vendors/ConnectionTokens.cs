using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The access token of one connection: renewed ahead of its end, by one call for all who wait, and on disk before anyone gets it.</summary>
internal sealed class ConnectionTokens(string connection, TokenStore store, TokenEndpoint endpoint, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly Lock access = new();
    private Tokens? held;
    private Tokens? unsaved;
    private DateTimeOffset notRenewedBefore;
    private Task<Tokens>? renewal;

    /// <summary>A renewal that goes on; completed when there is none.</summary>
    public Task Renewal => renewal ?? Task.CompletedTask;

    /// <summary>A token to call with.</summary>
    /// <param name="refused">A token that the vendor did not accept: it has to be another.</param>
    /// <exception cref="VendorException">There is none.</exception>
    /// <exception cref="StorageException">There is one, and it can't be stored.</exception>
    public async Task<string> TokenAsync(OAuthGrant grant, string? refused, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            Task<Tokens> running;
            lock (access)
            {
                if (held is { Access: { } token } tokens && tokens.AreOf(grant) && token != refused && !IsDue(tokens)) return token;
                if (renewal is null or { IsCompleted: true }) renewal = RenewAsync(grant, refused);
                running = renewal;
            }
            // Whoever gives up waiting must not stop the call: the vendor's answer may hold the only refresh token that is still good.
            var renewed = await running.WaitAsync(cancellationToken);
            // A renewal that went on already may have been for less than this; one more is for this.
            var (isOurs, fresh) = (renewed.AreOf(grant), renewed.Access);
            if (isOurs && fresh is not null && (fresh != refused || round == 2)) return fresh;
            if (round == 2) throw new VendorException(VendorFault.Unavailable, "the connection was granted anew in the middle of it") { RetryAfter = TimeSpan.Zero };
        }
    }

    /// <summary>Takes over tokens that a person's consent gave. What is being renewed meanwhile ends first, and is overwritten.</summary>
    /// <exception cref="StorageException">They can't be stored.</exception>
    public Task TakeAsync(Tokens granted)
    {
        lock (access)
        {
            var before = Renewal;
            renewal = SaveAfterAsync(before);
            return renewal;
        }

        async Task<Tokens> SaveAfterAsync(Task before)
        {
            await Task.Yield();
            await Task.WhenAny(before);
            await store.HoldAsync(connection);
            try
            {
                return await SaveAsync(granted);
            }
            finally
            {
                store.LetGo(connection);
            }
        }
    }

    private bool IsDue(Tokens tokens)
    {
        var now = time.GetUtcNow();
        // After a clock that was set back nobody knows how old they are.
        return (now >= tokens.RenewAt && now >= notRenewedBefore) || now < tokens.RenewedAt - ClockTolerance;
    }

    private async Task<Tokens> RenewAsync(OAuthGrant grant, string? refused)
    {
        await Task.Yield();
        await store.HoldAsync(connection);
        try
        {
            if (unsaved is { } answered) await SaveAsync(answered);
            var old = await LoadAsync(grant);
            return old is { Access: { } token } && token != refused && !IsDue(old) ? Hold(old) : await RenewAsync(grant, old, refused);
        }
        catch (TokenSealException exception)
        {
            throw new VendorException(VendorFault.Unauthorized, $"{exception.Message}, or {AgainFor(connection, grant)}");
        }
        finally
        {
            store.LetGo(connection);
        }
    }

    private async Task<Tokens> RenewAsync(OAuthGrant grant, Tokens? old, string? refused)
    {
        try
        {
            return await SaveAsync(await AskAsync(grant, old));
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.Unavailable or VendorFault.Throttled && old is { Access: { } still } && still != refused && old.ExpiresAt > time.GetUtcNow())
        {
            // It is renewed ahead of its end, so there is time to try again.
            notRenewedBefore = time.GetUtcNow() + PauseAfterFailure;
            Log.TokenNotRenewed(logger, connection, exception.Fault);
            return Hold(exception.Fault is VendorFault.Unavailable ? old.InDoubt() : old);
        }
    }

    private async Task<Tokens?> LoadAsync(OAuthGrant grant)
    {
        if (!store.IsShared && held is { } known && known.AreOf(grant)) return known;
        // A client that gets tokens by its own secret needs no old ones: a lost key costs it nothing.
        if (Tokens.IsByClient(grant) && !store.CanOpen(connection)) return null;
        if (store.Find(connection) is not { } found) return null;
        if (found.AreOf(grant)) return found;
        // Of another client, or begun with another refresh token than the settings have now.
        await store.DiscardAsync(connection);
        return null;
    }

    private async Task<Tokens> AskAsync(OAuthGrant grant, Tokens? old)
    {
        if (Tokens.IsByClient(grant)) return Tokens.Of(grant, await endpoint.OfClientAsync(grant, CancellationToken.None), null);
        if (old is null && grant.RefreshToken is not null)
        {
            old = Tokens.FromSettings(grant, time.GetUtcNow());
            await store.SaveAsync(connection, old);
        }
        if (old is null) throw new VendorException(VendorFault.Unauthorized, $"nobody has granted access yet; authorize: POST /api/connections/{connection}/authorize");
        if (old.Refresh is not { } refresh) throw new VendorException(VendorFault.Unauthorized, $"the vendor does not accept the token any more; {AgainFor(connection, grant)}");
        await store.BeginRenewalAsync(connection);
        var watch = Stopwatch.StartNew();
        try
        {
            var answer = await endpoint.RefreshAsync(grant, refresh, Lost(grant, old), CancellationToken.None);
            Log.TokenRenewed(logger, connection, watch.ElapsedMilliseconds);
            return Tokens.Of(grant, answer, refresh);
        }
        catch (VendorException exception)
        {
            if (exception.Fault is VendorFault.Unavailable) Hold(old.InDoubt());
            else if (!old.IsInDoubt) await store.EndRenewalAsync(connection);
            throw;
        }
    }

    private async Task<Tokens> SaveAsync(Tokens tokens)
    {
        unsaved = tokens;
        await store.SaveAsync(connection, tokens);
        unsaved = null;
        return Hold(tokens);
    }

    private Tokens Hold(Tokens tokens)
    {
        lock (access) held = tokens;
        return tokens;
    }

    private string Lost(OAuthGrant grant, Tokens old) => old.IsInDoubt
        ? $"an earlier renewal of the token broke off in the middle, and the vendor does not accept the refresh token of before; {AgainFor(connection, grant)}"
        : $"the grant was revoked or has run out; {AgainFor(connection, grant)}";

    /// <summary>What an admin can do to be granted access anew.</summary>
    public static string AgainFor(string connection, OAuthGrant grant) => grant.AuthorizeAddress is null
        ? "put a new refresh token into the settings"
        : $"authorize again: POST /api/connections/{connection}/authorize";
}
