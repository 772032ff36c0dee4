namespace IntegrationHub.Hub.Storage;

/// <summary>The database behind the hub. Only this folder knows which engine it is.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Runs work in a transaction. When the task completes, the work is on disk. Work of several callers may share one commit; work that throws leaves no trace and harms no other.</summary>
    /// <exception cref="StorageException">The commit failed (disk full, I/O error): nothing of the work is stored.</exception>
    Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken);

    /// <summary>Clears the bytes that deleted and moved rows left behind, in the file and in its log. Callers of <see cref="WriteAsync"/> wait no longer for it than for a commit.</summary>
    /// <returns>False when a reader holds on to an old state of the database: try again later.</returns>
    Task<bool> ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Whether other hub processes can serve the same database.</summary>
    bool IsShared { get; }

    /// <summary>Runs a query on a consistent snapshot of what is committed.</summary>
    T Read<T>(Func<DbSession, T> query);
}

/// <summary>The database could not store or read: the disk is full, the file is gone, another process holds it.</summary>
internal sealed class StorageException(string message, Exception inner) : Exception(message, inner);
