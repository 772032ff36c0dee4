using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Vendors;
using IntegrationHub.Servers;
using TestPostgres = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Hubs that start for the first time at once: the keys are made by one of them, and no other is ever used.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class FirstStartTests : IAsyncLifetime
{
    private const int Hubs = 3;

    private readonly string name = $"first_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly string directory = Directory.CreateTempSubdirectory("hub-first-").FullName;

    private TestPostgres postgres = null!;
    private string setting = "";

    public async Task InitializeAsync()
    {
        postgres = await SharedServers.PostgresAsync();
        setting = $"--Hub:Database={await postgres.CreateDatabaseAsync(name)}";
    }

    public async Task DisposeAsync()
    {
        await postgres.DropDatabaseAsync(name);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Whoever_makes_a_key_at_the_same_time_gets_the_one_that_stays()
    {
        for (var round = 0; round < 150; round++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, $"{round}")).FullName;
            using var together = new Barrier(Hubs);
            var keys = await Task.WhenAll(Enumerable.Range(0, Hubs).Select(_ => Task.Factory.StartNew(() =>
            {
                together.SignalAndWait();
                return Keys(folder);
            }, TaskCreationOptions.LongRunning)));
            var kept = Keys(folder);
            Assert.All(keys, key => Assert.Equal(kept, key));
            Assert.Equal([AdminKey.FileIn(folder), Path.Combine(folder, ErasureKey.FileName), Path.Combine(folder, TokenSeal.FileName)], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task File_for_editors_that_several_write_at_once_is_whole_at_any_time()
    {
        var (file, text) = (Path.Combine(directory, "schema.json"), new string('x', 200_000));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var round = 0; round < 50; round++)
            {
                SchemaFile.Write(file, $"{writer}{round % 2}{text}");
                Assert.Equal(text.Length + 2, File.ReadAllText(file).Length);
            }
        })));
        Assert.Equal([file], Directory.GetFiles(directory));
    }

    [Fact]
    public async Task Hubs_that_share_their_data_directory_start_at_once_with_the_same_keys()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), "{}");
        var hubs = await Task.WhenAll(Enumerable.Range(0, Hubs).Select(_ => Task.Run(() => TestHub.StartAsync(directory: directory, settings: setting))));
        var kept = ErasureKey.Open(directory, isNeeded: true).Fingerprint;
        foreach (var hub in hubs)
        {
            Assert.True((await hub.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
            Assert.Equal(kept, hub.ErasureKey.Fingerprint);
            await hub.DisposeAsync();
        }
        await using var later = await TestHub.StartAsync(directory: directory, settings: setting);
        Assert.Equal(kept, later.ErasureKey.Fingerprint);
    }

    [Fact]
    public async Task Of_hubs_with_data_directories_of_their_own_one_starts_and_the_others_say_which_files_to_copy()
    {
        var folders = Enumerable.Range(0, Hubs).Select(i => Directory.CreateDirectory(Path.Combine(directory, $"{i}")).FullName).ToList();
        var starts = await Task.WhenAll(folders.Select(folder => Task.Run(() => TryStartAsync(folder))));
        var (winner, serving) = starts.Index().Single(start => start.Item.Hub is not null);
        await serving.Hub!.DisposeAsync();
        for (var loser = 0; loser < Hubs; loser++)
        {
            if (loser == winner) continue;
            var (hub, refusal) = await TryStartAsync(folders[loser]);
            Assert.All([starts[loser].Refusal, refusal], said => Assert.StartsWith($"{Path.Combine(folders[loser], ErasureKey.FileName)} is not the key that the hubs on the database", said, StringComparison.Ordinal));
            Assert.Null(hub);
            foreach (var key in new[] { ErasureKey.FileName, TokenSeal.FileName }) File.Copy(Path.Combine(folders[winner], key), Path.Combine(folders[loser], key), overwrite: true);
            await using var mended = (await TryStartAsync(folders[loser])).Hub;
            Assert.NotNull(mended);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00ff")]
    [InlineData("not a key")]
    public async Task File_without_a_key_is_refused(string content)
    {
        var file = Path.Combine(directory, ErasureKey.FileName);
        await File.WriteAllTextAsync(file, content);
        Assert.StartsWith($"{file} holds no key of 32 bytes", Assert.Throws<StorageException>(() => ErasureKey.Open(directory, isNeeded: false)).Message, StringComparison.Ordinal);
    }

    private async Task<(TestHub? Hub, string? Refusal)> TryStartAsync(string folder)
    {
        try
        {
            return (await TestHub.StartAsync("{}", folder, settings: setting), null);
        }
        catch (StorageException exception)
        {
            return (null, exception.Message);
        }
    }

    private static (string Erasure, string Seal, string File) Keys(string folder)
    {
        var admin = AdminKey.Open(null, folder);
        Assert.True(admin.Matches(File.ReadAllText(AdminKey.FileIn(folder)).Trim()));
        return (Convert.ToHexString(ErasureKey.Open(folder, isNeeded: false).Fingerprint), Convert.ToHexString(new TokenSeal(folder).Fingerprint()), File.ReadAllText(AdminKey.FileIn(folder)));
    }
}
