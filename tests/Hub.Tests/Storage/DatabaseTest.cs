using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>Tests over an empty database of the engine that the tests run on.</summary>
public abstract class DatabaseTest : IAsyncLifetime
{
    private IDatabase? database;

    /// <summary>The data directory whose database it is.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("hub-database-").FullName;

    private protected IDatabase Database => database ?? throw new InvalidOperationException("The test has not begun.");

    public Task InitializeAsync()
    {
        database = TestDatabase.Of(Folder).Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        TestDatabase.Drop(Folder);
        Directory.Delete(Folder, recursive: true);
    }
}
