namespace IntegrationHub.Hub.Storage;

/// <summary>Work that waits for a transaction. It may be run several times; what the last run came to counts.</summary>
internal abstract class Work
{
    /// <summary>Whether it is done again when a power cut takes it.</summary>
    public bool IsRedoable { get; init; }

    /// <summary>Ends the work when nobody waits for it any more.</summary>
    /// <returns>Whether it is still wanted.</returns>
    public abstract bool IsWanted();

    /// <summary>Works that have the same can be run together.</summary>
    public virtual object Kind => this;

    public abstract void Run(DbSession session);

    /// <summary>Runs all of one <see cref="Kind"/>, this one among them.</summary>
    public virtual void RunTogether(DbSession session, IReadOnlyList<Work> alike) => Run(session);

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

    public override void Run(DbSession session) => End(work(session));

    public override void Complete() => complete?.Invoke();

    public override void Fail(Exception exception) => completion.TrySetException(exception);

    protected void End(T result) => complete = () => completion.TrySetResult(result);
}

/// <summary>Work on one of many items that can be written with the same statements.</summary>
internal sealed class SharedWork<TItem, TResult>(TItem item, Func<DbSession, IReadOnlyList<TItem>, IReadOnlyList<TResult>> write, CancellationToken cancellationToken)
    : Work<TResult>(session => write(session, [item])[0], cancellationToken)
{
    public override object Kind => write;

    public override void RunTogether(DbSession session, IReadOnlyList<Work> alike)
    {
        List<SharedWork<TItem, TResult>> works = [.. alike.Cast<SharedWork<TItem, TResult>>()];
        var results = write(session, works.ConvertAll(work => work.Item));
        for (var i = 0; i < works.Count; i++) works[i].End(results[i]);
    }

    private TItem Item => item;
}
