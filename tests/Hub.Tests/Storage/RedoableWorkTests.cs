using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>What waits for the disk, and what need not.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
public sealed class RedoableWorkTests : IAsyncLifetime
{
    private const int Full = 2;
    private const int Normal = 1;

    private readonly string folder = Directory.CreateTempSubdirectory("hub-redoable-").FullName;
    private SqliteDatabase database = null!;

    public Task InitializeAsync()
    {
        database = SqliteDatabase.Open(Path.Combine(folder, "hub.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Acknowledged_work_waits_for_the_disk_whatever_redoable_work_came_before()
    {
        Assert.Equal(Full, await database.WriteAsync(Await, CancellationToken.None));
        Assert.Equal(Normal, await database.WriteRedoableAsync(Await, CancellationToken.None));
        Assert.Equal(Normal, await database.WriteRedoableRecordAsync(Await, CancellationToken.None));
        Assert.Equal(Full, await database.WriteRecordAsync(Await, CancellationToken.None));
        Assert.Equal(Full, await database.WriteAsync(Await, CancellationToken.None));
    }

    [Fact]
    public async Task Redoable_work_shares_the_commit_of_what_waits_for_the_disk_and_not_the_other_way_round()
    {
        using var held = new ManualResetEventSlim();
        var holding = database.WriteRedoableAsync(_ => held.Wait(TimeSpan.FromSeconds(30)), CancellationToken.None);
        // Of the holding transaction, or of one of their own.
        var asked = new[] { true, true, false, true, false, true }.Select(redoable => redoable ? database.WriteRedoableAsync(Await, CancellationToken.None) : database.WriteAsync(Await, CancellationToken.None)).ToList();
        held.Set();
        Assert.True(await holding);
        var awaited = await Task.WhenAll(asked);
        Assert.Equal([Normal, Normal, Full, Full, Full, Full], awaited);
    }

    [Fact]
    public async Task What_can_be_worked_out_again_never_waits_for_the_disk()
    {
        await using var scratch = SqliteDatabase.OpenScratch(Path.Combine(folder, "scratch.db"));
        Assert.Equal(Normal, await scratch.WriteAsync(Await, CancellationToken.None));
    }

    [Fact]
    public async Task Log_is_brought_to_the_disk_again_and_again()
    {
        for (var round = 0; round < 3; round++)
        {
            await database.WriteRedoableAsync(session => session.InsertNode($"email:{round}@example.com", null, null), CancellationToken.None);
            await database.FlushAsync(CancellationToken.None);
        }
        Assert.Equal(3, database.Read(session => session.First("select count(*) from node", row => row.GetInt32(0))));
    }

    // As SQLite numbers it.
    private static int Await(DbSession session) => session.First("pragma synchronous", row => row.GetInt32(0));
}
