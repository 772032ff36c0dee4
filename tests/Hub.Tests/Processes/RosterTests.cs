using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Hub.Tests.Processes;

public sealed class RosterTests : IAsyncLifetime
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly string directory = Directory.CreateTempSubdirectory("hub-roster-").FullName;
    private readonly ManualTime time = new();
    private readonly List<(Roster Roster, SharedDatabase Database)> entered = [];
    private IDatabase file = null!;

    public Task InitializeAsync()
    {
        file = TestDatabase.Of(directory).Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var (roster, _) in entered) await roster.StoppedAsync(CancellationToken.None);
        foreach (var (roster, _) in entered) roster.Dispose();
        await file.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        TestDatabase.Drop(directory);
    }

    [Fact]
    public async Task What_a_silent_process_held_is_freed_and_what_a_living_one_holds_is_not()
    {
        var (dead, deadBase) = await EnterAsync();
        var (living, _) = await EnterAsync();
        await ClaimAsync(1, dead.Key);
        await ClaimAsync(2, living.Key);
        deadBase.IsCutOff = true;
        await PassAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(dead.Key, ClaimantOf(1));
        await PassAsync(TimeSpan.FromSeconds(8), until: () => ClaimantOf(1) is null);
        Assert.Equal(living.Key, ClaimantOf(2));
        Assert.Equal(1, living.Living);
    }

    [Fact]
    public async Task Process_that_was_taken_for_dead_goes_on_under_a_new_key()
    {
        var (paused, pausedBase) = await EnterAsync();
        await EnterAsync();
        var old = paused.Key;
        pausedBase.IsCutOff = true;
        await PassAsync(TimeSpan.FromSeconds(16), until: () => Count("select count(*) from process") == 1);
        pausedBase.IsCutOff = false;
        await PassAsync(TimeSpan.FromSeconds(4), until: () => paused.Key != old);
        Assert.Equal(2, Count("select count(*) from process"));
    }

    [Fact]
    public async Task What_a_process_claims_after_it_was_taken_for_dead_is_freed_although_it_dies_before_it_hears_of_that()
    {
        var (paused, pausedBase) = await EnterAsync();
        await EnterAsync();
        pausedBase.IsCutOff = true;
        await PassAsync(TimeSpan.FromSeconds(16), until: () => Count("select count(*) from process") == 1);
        await ClaimAsync(1, paused.Key);
        await PassAsync(TimeSpan.FromSeconds(4), until: () => ClaimantOf(1) is null);
    }

    [Fact]
    public async Task Nobody_is_dead_because_the_database_was_away()
    {
        var (one, oneBase) = await EnterAsync();
        var (other, otherBase) = await EnterAsync();
        var (first, second) = (one.Key, other.Key);
        oneBase.IsCutOff = otherBase.IsCutOff = true;
        await PassAsync(TimeSpan.FromMinutes(10));
        oneBase.IsCutOff = otherBase.IsCutOff = false;
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((first, second), (one.Key, other.Key));
    }

    [Fact]
    public async Task Process_that_ends_signs_off_and_gives_back_what_it_holds()
    {
        var (roster, _) = await EnterAsync();
        await ClaimAsync(1, roster.Key);
        await roster.StoppedAsync(CancellationToken.None);
        Assert.Null(ClaimantOf(1));
        Assert.Equal(0, Count("select count(*) from process"));
    }

    [Fact]
    public async Task Database_that_only_one_hub_can_serve_frees_the_claims_of_the_last_run_at_once()
    {
        await ClaimAsync(1, 77);
        using var roster = new Roster(file, time, NullLogger<Roster>.Instance);
        await roster.StartingAsync(CancellationToken.None);
        Assert.Null(ClaimantOf(1));
        await roster.StoppedAsync(CancellationToken.None);
    }

    private async Task<(Roster Roster, SharedDatabase Database)> EnterAsync()
    {
        var database = new SharedDatabase(file);
        var roster = new Roster(database, time, NullLogger<Roster>.Instance);
        entered.Add((roster, database));
        await roster.StartingAsync(CancellationToken.None);
        return (roster, database);
    }

    // Beat by beat, and each beat is waited for: whoever can reach the database has beaten when time goes on.
    private async Task PassAsync(TimeSpan span, Func<bool>? until = null)
    {
        for (var passed = TimeSpan.Zero; passed < span && until?.Invoke() != true; passed += Beat)
        {
            var before = entered.Where(one => !one.Database.IsCutOff).Select(one => (one.Roster, one.Roster.Key, Beat: BeatOf(one.Roster.Key))).ToList();
            time.Advance(Beat);
            await Eventually.HoldsAsync(() => before.TrueForAll(one => one.Roster.Key != one.Key || BeatOf(one.Key) != one.Beat), "all have beaten");
        }
        if (until is not null) await Eventually.HoldsAsync(until, "it is so");
    }

    private Task<AppendOutcome> ClaimAsync(byte key, long claimant) =>
        new InboxStore(file, time).AppendAsync(new NewDelivery("shop", KeyOf(key), time.GetUtcNow(), new Dictionary<string, string>(StringComparer.Ordinal), "{}"u8.ToArray()), claimant, CancellationToken.None);

    private long? BeatOf(long key) => file.Read(session => session.First("select beat from process where process_key = $key", row => (long?)row.GetInt64(0), ("$key", key)));

    private long? ClaimantOf(byte key) => file.Read(session => session.First("select claimed_by from inbox where delivery_key = $key", row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ("$key", KeyOf(key).ToDb())));

    private static Guid KeyOf(byte key) => new(key, 0, 0, new byte[8]);

    private long Count(string sql) => file.Read(session => session.First(sql, row => row.GetInt64(0)));
}
