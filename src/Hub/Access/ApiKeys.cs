using System.Collections.Concurrent;
using System.Security.Cryptography;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Access;

/// <summary>The keys of the API. Each call looks into the database, so that a key that was revoked beside the running hub is good for no more call.</summary>
internal sealed class ApiKeys(IDatabase database, AdminKey admin, TimeProvider time, ILogger<ApiKeys> logger)
{
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> noted = new(StringComparer.Ordinal);

    /// <summary>Whether this is a key that a person chose, which others may guess.</summary>
    public bool IsChosen(Caller caller) => caller.KeyId is null && admin.File is null;

    /// <summary>Whose key this is; null when it is nobody's, or revoked.</summary>
    public Caller? Find(string given)
    {
        if (admin.Matches(given)) return Caller.OfAdminKey;
        if (ApiKeyText.Read(given) is not { } text || database.Read(session => session.FindKey(text.Id)) is not var (key, hash)) return null;
        if (!CryptographicOperations.FixedTimeEquals(hash, text.SecretHash) || key.RevokedAt is not null) return null;
        Note(key);
        return new Caller(key.Name, key.Id, key.Role);
    }

    public Task<ApiKeyText> CreateAsync(string name, Role role, string by, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        var key = ApiKeyText.Create();
        session.InsertKey(key, name, role, time.GetUtcNow(), by);
        return key;
    }, cancellationToken);

    public List<ApiKey> All() => database.Read(session => session.AllKeys());

    /// <returns>The key; null when there is none, or it is revoked already.</returns>
    public Task<ApiKey?> RevokeAsync(string id, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.RevokeKey(id, time.GetUtcNow(), by), cancellationToken);

    // No call waits for it, and a key that is used without pause is noted once a minute.
    private void Note(ApiKey key)
    {
        var now = time.GetUtcNow();
        var last = noted.GetOrAdd(key.Id, key.UsedAt ?? default(DateTimeOffset));
        if (now - last >= NoteInterval && noted.TryUpdate(key.Id, now, last)) _ = NoteAsync(key.Id, now);
    }

    private async Task NoteAsync(string id, DateTimeOffset at)
    {
        try
        {
            await database.WriteAsync(session =>
            {
                session.NoteUse(id, at);
                return id;
            }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            Log.UseNotNoted(logger, id, exception);
        }
    }
}
