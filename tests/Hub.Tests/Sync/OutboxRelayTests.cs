using System.Collections.Concurrent;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Sync;

public sealed class OutboxRelayTests
{
    [Fact]
    public async Task What_another_process_leaves_in_the_outbox_is_published_and_nothing_twice_and_what_no_hub_knows_yet_stays()
    {
        await using var hub = await TestHub.StartAsync();
        var published = new ConcurrentQueue<(Guid Contact, long Version)>();
        var probe = hub.App.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("probe", endpoint => endpoint.Handler<ContactChanged>(context =>
        {
            published.Enqueue((context.Message.ContactId, context.Message.Version));
            return Task.CompletedTask;
        }));
        await probe.Ready;
        var foreign = new ContactChanged { ContactId = new Guid(7, 7, 7, new byte[8]), Version = 7, Fields = [], Causes = [], ChangedAt = TimeProvider.System.GetUtcNow() };
        await using (var beside = TestDatabase.Of(hub.DataDirectory).OpenBeside())
        {
            await beside.WriteAsync(session => session.InsertOutbox("ContactOfAnotherVersion", "{}"u8.ToArray()), CancellationToken.None);
            await beside.WriteAsync(session => OutboxMessage.Store(session, foreign), CancellationToken.None);
        }
        await hub.SimulateAsync(hub.Plan(200, 40, 12));
        await Eventually.HoldsAsync(() => published.Contains((foreign.ContactId, foreign.Version)), "the message of the other process is published");
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.First("select count(*) from outbox", row => row.GetInt64(0))) == 1, "the outbox holds no more than the message that this hub does not know");
        Assert.Equal("ContactOfAnotherVersion", hub.Database.Read(session => session.First("select kind from outbox", row => row.GetString(0))));
        Assert.True(published.Count > 1);
        Assert.Equal(published.Count, published.Distinct().Count());
    }

    [Fact]
    public async Task Nothing_is_told_that_the_disk_does_not_have()
    {
        UnflushedDatabase? database = null;
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<IDatabase>(provider => database = new UnflushedDatabase(provider.GetRequiredService<HubDatabase>().Open())));
        var published = 0;
        var probe = hub.App.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("probe", endpoint => endpoint.Handler<ContactChanged>(_ => Task.FromResult(Interlocked.Increment(ref published))));
        await probe.Ready;
        await hub.SimulateAsync(hub.Plan(20, 5, 12));
        await Eventually.HoldsAsync(() => database!.Flushes > 0, "the disk is asked");
        await hub.SettleAsync();
        Assert.Equal(0, Volatile.Read(ref published));
        database!.IsStuck = false;
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.First("select count(*) from outbox", row => row.GetInt64(0))) == 0, "all is told");
        Assert.True(Volatile.Read(ref published) > 0);
    }
}
