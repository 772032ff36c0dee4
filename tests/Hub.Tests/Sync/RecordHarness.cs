using System.Collections.Frozen;
using System.Text;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The record on a real database without the rest of the hub: for merging thousands of histories.</summary>
internal sealed class RecordHarness : IAsyncDisposable
{
    private static readonly string[] Tables = ["audit", "tombstone", "erasure", "erased_fact", "outbox", "refused_tie", "claimed_pair", "contested_group", "shared_value", "mention", "decision", "entity", "event_delivery", "event", "node", "contact"];

    private readonly string directory;
    private readonly IDatabase database;

    private RecordHarness(string directory, IdentityLimits limits)
    {
        this.directory = directory;
        database = TestDatabase.Of(directory).Open();
        Key = ErasureKey.Open(directory, isNeeded: false);
        Identity = new IdentitySettings { Limits = limits };
    }

    public IdentitySettings Identity { get; set; }

    /// <summary>The folder that its database belongs to.</summary>
    public string DataDirectory => directory;

    public HubConfiguration Configuration => new() { Connections = FrozenDictionary<string, Connection>.Empty, Identity = Identity, File = "" };

    public ErasureKey Key { get; }

    public IdentityRules Rules => new(Configuration);

    /// <summary>Opens a database in memory-backed storage where there is such.</summary>
    public static RecordHarness Open(IdentityLimits limits)
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return new RecordHarness(Directory.CreateDirectory(Path.Combine(root, "hub-record-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"))).FullName, limits);
    }

    public Task ClearAsync() => database.WriteRecordAsync(session => Tables.Sum(table => session.Execute($"delete from {table}")), CancellationToken.None);

    public Task MergeAsync(IReadOnlyList<ContactEvent> events) => database.WriteRecordAsync(session => Merger.Of(session, Configuration, Key, TimeProvider.System).Merge([.. events.Select((contactEvent, index) => new MergeItem(contactEvent, index, 1))]).Count, CancellationToken.None);

    public Task DecideAsync(StoredDecision decision) => database.WriteRecordAsync(
        session => DecisionEffect.Apply(session, Configuration, () => session.InsertDecision(decision), decision, TimeProvider.System).Count, CancellationToken.None);

    public Task RevokeAsync(StoredDecision decision, DateTimeOffset? at = null) => database.WriteRecordAsync(
        session => DecisionEffect.Apply(session, Configuration, () => session.RevokeDecision(decision.Id, at ?? decision.MadeAt), decision, TimeProvider.System).Count, CancellationToken.None);

    /// <summary>Erases a contact.</summary>
    /// <returns>What the erasure took.</returns>
    public Task<ErasureSets> EraseAsync(long contactKey) => database.WriteRecordAsync(
        session => session.SetsOf(new ErasureMaker(session, Configuration, Key, TimeProvider.System).OfContact(contactKey, "test").Key), CancellationToken.None);

    /// <summary>Carries an erasure out that was made elsewhere.</summary>
    public Task ApplyAsync(ErasureSets sets) => database.WriteRecordAsync(session =>
    {
        session.InsertErasure(sets);
        return CarryOut(session);
    }, CancellationToken.None);

    /// <summary>Carries all erasures out on all events, as the worker does with the erasure of a connection.</summary>
    public Task CarryOutAsync() => database.WriteRecordAsync(CarryOut, CancellationToken.None);

    private int CarryOut(DbSession session) => new ErasureEffect(session, Configuration, Key, TimeProvider.System)
        .Apply([], session.Query("select event_key from event", row => row.GetInt64(0)), new HashSet<string>()).Count;

    /// <summary>Merges events as their deliveries told them.</summary>
    public Task MergeAsync(params MergeItem[] items) => WriteAsync(session => Merger.Of(session, Configuration, Key, TimeProvider.System).Merge(items).Count);

    public Task<T> WriteAsync<T>(Func<DbSession, T> work) => database.WriteRecordAsync(work, CancellationToken.None);

    /// <summary>Changes rows by hand. <c>$empty</c> is an empty object of JSON, <c>$broken</c> is none.</summary>
    public Task<int> TamperAsync(string sql)
    {
        (string Name, object? Value)[] named = [("$empty", "{}"u8.ToArray()), ("$broken", "not json"u8.ToArray())];
        return database.WriteRecordAsync(session => session.Execute(sql, [.. named.Where(parameter => sql.Contains(parameter.Name, StringComparison.Ordinal))]), CancellationToken.None);
    }

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    public string CanonicalExport()
    {
        using var session = TestDatabase.Of(directory).OpenReader();
        using var output = new MemoryStream();
        ContactExport.Write(session, new ContactJson(new Survivorship(Identity, DecisionBook.Read(session))), canonical: true, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        TestDatabase.Drop(directory);
    }
}
