using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Privacy;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>Deleted rows leave copies where pages were split; they are cleared without stopping the hub.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
public sealed class ScrubTests : IDisposable
{
    private const int Seed = 23;
    private const int Names = 6_000;

    private readonly string folder = Directory.CreateTempSubdirectory("hub-scrub-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Copies_that_splitting_pages_left_behind_are_cleared_for_good()
    {
        var names = await FillAsync();
        var deleted = names.Where((_, index) => index % 4 == 0).ToList();
        await using (var database = Open()) await database.WriteAsync(session => deleted.Sum(name => Delete(session, name)), CancellationToken.None);
        Assert.NotEmpty(await ErasedBytes.FindAsync(folder, deleted));
        await using (var database = Open())
        {
            var left = database.Read(session => session.Query("select name from node order by name", row => row.GetString(0)));
            Assert.True(await database.ScrubAsync(CancellationToken.None));
            Assert.Empty(await ErasedBytes.FindAsync(folder, deleted));
            // The same pages are changed and written again: nothing may come back from a cache.
            await database.WriteAsync(session => session.Execute("update node set name = name || 'x'"), CancellationToken.None);
            Assert.Equal(left.Count, database.Read(session => session.First("select count(*) from node", row => row.GetInt32(0))));
            Assert.Equal("ok", database.Read(session => session.First("pragma integrity_check", row => row.GetString(0))));
        }
        Assert.Empty(await ErasedBytes.FindAsync(folder, deleted));
    }

    [Fact]
    public async Task Reader_of_an_old_state_keeps_the_log_until_it_ends()
    {
        await FillAsync();
        await using var database = Open();
        await database.WriteAsync(session => session.Execute("insert into node (name) values ('email:first@example.com')"), CancellationToken.None);
        using (var reader = SqliteDatabase.OpenReader(Path.Combine(folder, "hub.db")))
        {
            reader.Execute("begin");
            reader.First("select count(*) from node", row => row.GetInt64(0));
            await database.WriteAsync(session => session.Execute("delete from node where name like 'email:first%'"), CancellationToken.None);
            Assert.False(await database.ScrubAsync(CancellationToken.None));
            reader.Execute("commit");
        }
        Assert.True(await database.ScrubAsync(CancellationToken.None));
        Assert.Empty(await ErasedBytes.FindAsync(folder, ["first@example.com"]));
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(Path.Combine(folder, "hub.db"));

    private static int Delete(DbSession session, string name) => session.Execute("delete from node where name = $name", ("$name", name));

    private async Task<List<string>> FillAsync()
    {
        var random = new Random(Seed);
        var names = Enumerable.Range(0, Names).Select(number => $"email:name{random.Next():x8}.{number}.{new string('n', random.Next(120))}@example.com").ToList();
        await using var database = Open();
        foreach (var some in names.Chunk(50))
            await database.WriteAsync(session => some.Sum(name => session.Execute("insert into node (name) values ($name)", ("$name", name))), CancellationToken.None);
        return names;
    }
}
