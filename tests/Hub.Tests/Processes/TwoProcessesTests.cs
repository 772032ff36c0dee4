using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Servers;
using Npgsql;
using TestPostgres = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Several hubs on one PostgreSQL database and one RabbitMQ broker are one hub.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private readonly string name = $"two_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private TestPostgres postgres = null!;
    private RabbitServer rabbit = null!;
    private string[] settings = [];

    public async Task InitializeAsync()
    {
        postgres = await SharedServers.PostgresAsync();
        rabbit = await SharedServers.RabbitAsync();
        var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync(name)) { Pooling = true };
        settings = [$"--Hub:Database={database.ConnectionString}", $"--Hub:Bus={await rabbit.CreateVirtualHostAsync(name)}"];
    }

    public async Task DisposeAsync()
    {
        await postgres.DropDatabaseAsync(name);
        await rabbit.DeleteVirtualHostAsync(name);
    }

    [Fact]
    public async Task Any_process_takes_any_webhook_and_the_record_is_that_of_one()
    {
        await using var one = await TestHub.StartAsync(settings: settings);
        await using var other = await TestHub.StartAsync(directory: one.DataDirectory, settings: settings);
        var plan = one.Plan(count: 800, people: 120, seed: 9);
        TestHub[] hubs = [one, other];
        await Task.WhenAll(plan.Deliveries().Chunk(100).Select((part, index) => SendAsync(hubs[index % 2], hubs[(index + 1) % 2], part)));
        await one.SettleAsync();
        await using var calm = await TestHub.StartAsync();
        await calm.SimulateAsync(calm.Plan(count: 800, people: 120, seed: 9));
        Assert.Equal(calm.CanonicalExport(), one.CanonicalExport());
        Assert.Equal(800, one.Database.Read(session => session.First("select count(*) from inbox", row => row.GetInt64(0))));
        await Eventually.HoldsAsync(() => one.Database.Read(session => session.First("select count(*) from outbox", row => row.GetInt64(0))) == 0, "all changes are published");
    }

    // Each delivery comes to both processes.
    private static async Task SendAsync(TestHub first, TestHub second, IEnumerable<(Hub.Configuration.Connection Connection, Connectors.SimulatedDelivery Delivery)> deliveries)
    {
        using var sender = new WebhookSender(first.Http.BaseAddress!, TimeProvider.System, TestHub.PublicUrl);
        using var again = new WebhookSender(second.Http.BaseAddress!, TimeProvider.System, TestHub.PublicUrl);
        foreach (var (connection, delivery) in deliveries)
        {
            var outcomes = await Task.WhenAll(sender.SendAsync(connection, delivery, CancellationToken.None), again.SendAsync(connection, delivery, CancellationToken.None));
            Assert.Single(outcomes.OfType<SendOutcome.Accepted>());
            Assert.Single(outcomes.OfType<SendOutcome.Duplicate>());
        }
    }
}
