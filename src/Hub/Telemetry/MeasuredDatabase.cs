using System.Data.Common;
using System.Diagnostics;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>The database with a stopwatch: how long writes take, and when it goes away and comes back.</summary>
internal sealed class MeasuredDatabase(IDatabase database, WriteDoubt doubt, Signals signals, TimeProvider time, ILogger<MeasuredDatabase> logger) : IDatabase
{
    private readonly Outage outage = new("The database", TimeSpan.Zero, TimeSpan.FromSeconds(5), time, logger);

    public bool IsShared => database.IsShared;

    /// <summary>Whether an exception says that the database is away. That is told here, once; whoever meets it need not log it again.</summary>
    public static bool IsAway(Exception exception) => exception is StorageException or DbException;

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => MeasureAsync(() => database.WriteAsync(work, cancellationToken));

    public Task<TResult> TakeInAsync<TItem, TResult>(TItem item, Func<DbSession, IReadOnlyList<TItem>, IReadOnlyList<TResult>> write, CancellationToken cancellationToken) =>
        MeasureAsync(() => database.TakeInAsync(item, write, cancellationToken));

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => MeasureAsync(() => database.WriteRecordAsync(work, cancellationToken));

    public Task<T> WriteRedoableAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => MeasureAsync(() => database.WriteRedoableAsync(work, cancellationToken));

    public Task<T> WriteRedoableRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => MeasureAsync(() => database.WriteRedoableRecordAsync(work, cancellationToken));

    public Task FlushAsync(CancellationToken cancellationToken) => database.FlushAsync(cancellationToken);

    public bool TryHold(string what) => database.TryHold(what);

    public void LetGo(string what) => database.LetGo(what);

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

    public T Read<T>(Func<DbSession, T> query)
    {
        try
        {
            return database.Read(query);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            outage.Fail(exception);
            throw;
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<T> MeasureAsync<T>(Func<Task<T>> write)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await write();
            signals.Written(Stopwatch.GetElapsedTime(started), isStored: true);
            outage.Work();
            return result;
        }
        catch (StorageException exception)
        {
            signals.Written(Stopwatch.GetElapsedTime(started), isStored: false);
            doubt.Add();
            outage.Fail(exception);
            throw;
        }
    }
}
