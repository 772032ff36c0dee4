using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>A database that stores, and whose disk does not say for a while that it has.</summary>
internal sealed class UnflushedDatabase(IDatabase database) : IDatabase
{
    private int flushes;

    /// <summary>Whether the disk says nothing.</summary>
    public bool IsStuck { get; set; } = true;

    /// <summary>How often it was asked.</summary>
    public int Flushes => Volatile.Read(ref flushes);

    public bool IsShared => database.IsShared;

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref flushes);
        return IsStuck ? Task.FromException(new StorageException("The log could not be brought to the disk.", new IOException())) : database.FlushAsync(cancellationToken);
    }

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => database.WriteAsync(work, cancellationToken);

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => database.WriteRecordAsync(work, cancellationToken);

    public bool TryHold(string what) => database.TryHold(what);

    public void LetGo(string what) => database.LetGo(what);

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
