using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>A database whose disk fails now and then, and which says in its errors whose data it was writing, as databases do.</summary>
internal sealed class LeakingDatabase(IDatabase database, SimulatedPerson person) : IDatabase
{
    /// <summary>Stands in every error.</summary>
    public const string Marker = "leaked-by-the-database";

    private int leaks;
    private int failures;

    public bool IsShared => false;

    /// <summary>The next merges fail with the person in its error.</summary>
    public void LeakNext() => Interlocked.Exchange(ref leaks, 6);

    /// <summary>The next writes fail as on a full disk.</summary>
    public void FailNext() => Interlocked.Exchange(ref failures, 3);

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref failures) >= 0) return Task.FromException<T>(new StorageException("The database could not commit.", new IOException(Words)));
        return database.WriteAsync(work, cancellationToken);
    }

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref leaks) >= 0 ? Task.FromException<T>(new SqliteException(Words, 19)) : database.WriteRecordAsync(work, cancellationToken);

    public bool TryHold(string what) => database.TryHold(what);

    public void LetGo(string what) => database.LetGo(what);

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private string Words => $"Key (name)=(email:{person.Email}) of {person.FullName} already exists {Marker}";
}
