using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>A database that several hubs of a test serve at once, and that can be cut off from one of them.</summary>
internal sealed class SharedDatabase(IDatabase database) : IDatabase
{
    public volatile bool IsCutOff;

    public bool IsShared => true;

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) =>
        IsCutOff ? Task.FromException<T>(new StorageException("The database can't be reached.", new IOException())) : database.WriteAsync(work, cancellationToken);

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    public bool TryHold(string what) => database.TryHold(what);

    public void LetGo(string what) => database.LetGo(what);

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
