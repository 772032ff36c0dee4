namespace IntegrationHub.Hub.Storage;

/// <summary>Work that waits for a transaction. It may be run several times; what the last run came to counts.</summary>
internal abstract class Work
{
    /// <summary>Whether it is done again when a power cut takes it.</summary>
    public bool IsRedoable { get; init; }

    /// <summary>Ends the work when nobody waits for it any more.</summary>
    /// <returns>Whether it is still wanted.</returns>
    public abstract bool IsWanted();

    public abstract void Run(DbSession session);

    /// <summary>The work is committed.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc cref="Work"/>
internal class Work<T>(Func<DbSession, T> work, CancellationToken cancellationToken) : Work
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? complete;

    public Task<T> Task => completion.Task;

    public override bool IsWanted()
    {
        if (cancellationToken.IsCancellationRequested) completion.TrySetCanceled(cancellationToken);
        return !cancellationToken.IsCancellationRequested;
    }

    public override void Run(DbSession session)
    {
        var result = work(session);
        complete = () => completion.TrySetResult(result);
    }

    public override void Complete() => complete?.Invoke();

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}
