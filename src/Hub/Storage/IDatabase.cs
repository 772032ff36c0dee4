namespace IntegrationHub.Hub.Storage;

/// <summary>The database behind the hub. Only this folder knows which engine it is.</summary>
/// <remarks>
/// Work is run within a transaction and may be run again, when the transaction has to be repeated or other work of it has thrown: it must change
/// nothing but the session, or change it to the same. A commit whose outcome is not known counts as failed: work must be safe to ask for twice.
/// </remarks>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Runs work in a transaction. When the task completes, the work is on disk. Work of several callers may share one commit; work that throws leaves no trace and harms no other.</summary>
    /// <exception cref="StorageException">The commit failed (disk full, I/O error, no connection): nothing of the work is stored, or nobody knows.</exception>
    Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken);

    /// <summary>The same for what comes in from outside and relies on nothing but the keys of its tables: what several callers bring is written with the same statements.</summary>
    /// <param name="write">Writes all of them. What is given for one says what became of it.</param>
    /// <inheritdoc cref="WriteAsync"/>
    Task<TResult> TakeInAsync<TItem, TResult>(TItem item, Func<DbSession, IReadOnlyList<TItem>, IReadOnlyList<TResult>> write, CancellationToken cancellationToken) =>
        WriteAsync(session => write(session, [item])[0], cancellationToken);

    /// <summary>The same for work that changes the record, its decisions or its erasures: it is run one at a time, over all processes.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken);

    /// <summary>The same as <see cref="WriteAsync"/> for work that is done again from what is on disk when a power cut takes it: it need not wait for the disk. What a power cut takes are the last commits: none without all that came after it.</summary>
    Task<T> WriteRedoableAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    /// <summary>The same as <see cref="WriteRecordAsync"/> for work as in <see cref="WriteRedoableAsync"/>.</summary>
    Task<T> WriteRedoableRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteRecordAsync(work, cancellationToken);

    /// <summary>Brings to the disk what is committed: to be awaited before anybody outside is told of redoable work.</summary>
    /// <exception cref="StorageException">It is not on disk.</exception>
    Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Clears the bytes that deleted and moved rows left behind, as far as the engine can. Callers of <see cref="WriteAsync"/> wait no longer for it than for a commit.</summary>
    /// <returns>False when a reader holds on to an old state of the database: try again later.</returns>
    Task<bool> ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Whether other hub processes can serve the same database.</summary>
    bool IsShared { get; }

    /// <summary>Takes something for this process alone, over all that share the database, until it lets go or ends. Asked again, it tells whether it still has it.</summary>
    /// <param name="what">A name; the same for all processes.</param>
    /// <exception cref="StorageException">The database can't be reached: nothing is held any more.</exception>
    bool TryHold(string what);

    /// <summary>Lets go of what <see cref="TryHold"/> took.</summary>
    void LetGo(string what);

    /// <summary>Runs a query on a consistent snapshot of what is committed.</summary>
    /// <exception cref="StorageException">The database can't be reached.</exception>
    T Read<T>(Func<DbSession, T> query);
}

/// <summary>The database could not store or read: the disk is full, the file is gone, another process holds it, the server does not answer.</summary>
internal sealed class StorageException(string message, Exception inner) : Exception(message, inner);
