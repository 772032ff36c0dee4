using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>A database whose disk can be made to fail, and to work again.</summary>
internal sealed class BreakableDatabase(IDatabase database) : IDatabase
{
    public volatile bool IsBroken;

    public bool IsShared => database.IsShared;

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => IsBroken ? Refused<T>() : database.WriteAsync(work, cancellationToken);

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => IsBroken ? Refused<T>() : database.WriteRecordAsync(work, cancellationToken);

    public bool TryHold(string what) => database.TryHold(what);

    public void LetGo(string what) => database.LetGo(what);

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static Task<T> Refused<T>() => Task.FromException<T>(new StorageException("The database could not commit.", new IOException()));
}
