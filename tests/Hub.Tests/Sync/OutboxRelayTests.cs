using System.Collections.Concurrent;
using System.Text.Json;
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
    public async Task What_another_process_leaves_in_the_outbox_is_published_and_nothing_twice()
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
            await beside.WriteAsync(session => session.InsertOutbox(nameof(ContactChanged), JsonSerializer.SerializeToUtf8Bytes(foreign, typeof(ContactChanged), ContractJson.Default)), CancellationToken.None);
        await hub.SimulateAsync(hub.Plan(200, 40, 12));
        await Eventually.HoldsAsync(() => published.Contains((foreign.ContactId, foreign.Version)), "the message of the other process is published");
        await Eventually.HoldsAsync(() => hub.Database.Read(session => session.First("select count(*) from outbox", row => row.GetInt64(0))) == 0, "the outbox is empty");
        Assert.True(published.Count > 1);
        Assert.Equal(published.Count, published.Distinct().Count());
    }
}
