using System.Security.Cryptography;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Migrating;

/// <summary>Copies the embedded database of a data directory into PostgreSQL. While the hub serves it copies one state of it; without the hub it brings the copy up to date and proves it.</summary>
/// <param name="from">The embedded database.</param>
/// <param name="connectionString">The database to copy into.</param>
/// <param name="say">Takes what a person wants to know on the way.</param>
/// <param name="count">Starts a count that shows how far it is; it is stepped for each row.</param>
internal sealed class Migration(HubDatabase from, string connectionString, HubConfiguration configuration, TimeProvider time, Action<string> say, Func<string, long, (Action Step, Action Finish)> count)
{
    /// <summary>Copies, or brings the copy that is there up to date. Broken off at any point, it can be run again.</summary>
    /// <param name="identity">What the source is known by.</param>
    /// <param name="isLast">Whether no hub serves the source: nothing can change any more.</param>
    /// <exception cref="StorageException">A database can't be used, or the copy differs.</exception>
    public void Run(string identity, bool isLast, CancellationToken cancellationToken)
    {
        using var live = from.OpenReader();
        using var target = MigrationTarget.Open(connectionString, identity);
        live.BeginSnapshot();
        var tables = MigratedTable.Of(live);
        // Tables refer to earlier ones alone: behind the last one that holds anything, all can be filled as they stand.
        var begun = 1 + tables.FindLastIndex(table => !target.IsEmpty(table.Name));
        if (begun > 0) Update(live, target, tables[..begun], cancellationToken);
        foreach (var table in tables[begun..]) target.Fill(table, Counted($"rows of {table.Name} copied", table.RowsOf(live), table.CountOf(live), cancellationToken));
        if (!isLast) return;
        Complete(live, target, tables);
        live.EndSnapshot();
    }

    private void Update(DbSession live, MigrationTarget target, List<MigratedTable> tables, CancellationToken cancellationToken)
    {
        target.BeginChanges();
        var differing = 0L;
        foreach (var table in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            differing += target.Note(table, Counted($"rows of {table.Name} compared", table.RowsOf(live), table.CountOf(live), cancellationToken));
        }
        target.Change(tables);
        say($"{differing:N0} rows of the copy were brought up to date.");
    }

    // The same contacts, byte for byte, from both: then the copy may be served.
    private void Complete(DbSession live, MigrationTarget target, List<MigratedTable> tables)
    {
        using var copy = PostgresServer.OpenAlone(connectionString);
        if (!Digest(live).AsSpan().SequenceEqual(Digest(copy)))
            throw new StorageException($"The contacts of the copy in {target.Name} differ from those of {from.Name}. Create the database anew, and run the command again.", new InvalidDataException());
        target.Complete(tables, time.GetUtcNow());
    }

    private byte[] Digest(DbSession session)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            ContactExport.WriteAll(session, new ContactJson(new Survivorship(configuration.Identity, DecisionBook.Read(session))), canonical: true, stream);
        return hash.Hash ?? [];
    }

    private IEnumerable<object[]> Counted(string what, IEnumerable<object[]> rows, long all, CancellationToken cancellationToken)
    {
        var (step, finish) = count(what, all);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step();
            yield return row;
        }
        finish();
    }
}
