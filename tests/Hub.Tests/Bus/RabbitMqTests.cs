using System.Net;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Servers;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Bus;

/// <summary>The hub over a real RabbitMQ broker.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class RabbitMqTests
{
    [Fact]
    public async Task Record_is_the_same_as_over_memory_and_the_queue_is_replicated()
    {
        var rabbit = await SharedServers.RabbitAsync();
        var host = $"hub-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var address = await rabbit.CreateVirtualHostAsync(host);
        await using (var hub = await TestHub.StartAsync(settings: $"--Hub:Bus={address}"))
        await using (var calm = await TestHub.StartAsync())
        {
            await hub.SimulateAsync(hub.Plan(count: 400, people: 60, seed: 3));
            await calm.SimulateAsync(calm.Plan(count: 400, people: 60, seed: 3));
            Assert.Equal(calm.CanonicalExport(), hub.CanonicalExport());
            var queues = (await rabbit.QueuesAsync(host)).ToDictionary(queue => queue.Name, StringComparer.Ordinal);
            Assert.Equal("quorum", queues["sync"].Type);
            Assert.Equal("quorum", queues["sync_dead"].Type);
            Assert.Equal(0, queues["sync_dead"].Messages);
        }
        await rabbit.DeleteVirtualHostAsync(host);
    }

    [Fact]
    public async Task Webhooks_are_taken_while_the_broker_is_away_and_merged_when_it_comes_back_with_nothing_in_it()
    {
        await using var rabbit = await RabbitServer.StartAsync();
        await using var hub = await TestHub.StartAsync(settings: $"--Hub:Bus={rabbit.Uri}");
        await using var calm = await TestHub.StartAsync();
        var plan = hub.Plan(count: 300, people: 40, seed: 4);
        var parts = plan.Deliveries().Chunk(100).ToList();
        await SendAsync(hub, parts[0]);
        await rabbit.StopAsync();
        await Eventually.HoldsAsync(() => hub.Http.GetAsync("/health/ready").Result.StatusCode is HttpStatusCode.ServiceUnavailable, "the hub says that it is not ready");
        Assert.Contains("\"bus\":\"unavailable\"", await (await hub.Http.GetAsync("/health/ready")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await SendAsync(hub, parts[1]);
        await rabbit.StartAgainAsync(empty: true);
        await SendAsync(hub, parts[2]);
        await hub.SettleAsync();
        await Eventually.HoldsAsync(() => hub.Http.GetAsync("/health/ready").Result.StatusCode is HttpStatusCode.OK, "the hub is ready again");
        await calm.SimulateAsync(calm.Plan(count: 300, people: 40, seed: 4));
        Assert.Equal(calm.CanonicalExport(), hub.CanonicalExport());
    }

    [Theory]
    [InlineData("amqp://guest:guest@127.0.0.1:9")]
    [InlineData("amqp://nobody:wrong@HOST")]
    public async Task Broker_that_can_not_be_had_does_not_keep_the_hub_from_taking_webhooks(string address)
    {
        var rabbit = await SharedServers.RabbitAsync();
        await using var hub = await TestHub.StartAsync(settings: $"--Hub:Bus={address.Replace("HOST", $"127.0.0.1:{rabbit.Uri.Port}", StringComparison.Ordinal)}");
        var order = VendorSample.Load("shopify", "orders-create");
        using var posted = await hub.PostAsync("shopify", order.Body, order.Headers);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await hub.Http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Hubs_that_share_a_virtual_host_by_mistake_say_so_and_keep_out_of_each_others_records()
    {
        var rabbit = await SharedServers.RabbitAsync();
        var address = await rabbit.CreateVirtualHostAsync($"hub-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}");
        using var log = new EveryLine();
        await using var one = await TestHub.StartAsync(settings: $"--Hub:Bus={address}");
        await using var other = await TestHub.StartAsync(settings: $"--Hub:Bus={address}", customize: builder => builder.Logging.AddProvider(log));
        await SendAsync(one, one.Plan(count: 40, people: 8, seed: 5).Deliveries());
        const string warning = "Error IntegrationHub.Hub.Bus.BusIdentity Another hub uses the same virtual host of the broker.";
        await Eventually.HoldsAsync(() => log.Lines.Any(line => line.StartsWith(warning, StringComparison.Ordinal)), "the other hub has got something that is not its own");
        await Eventually.HoldsAsync(() => one.CanonicalExport().Length > 0, "what the hub gets of its own is merged");
        Assert.Equal("", other.CanonicalExport());
    }

    private static async Task SendAsync(TestHub hub, IEnumerable<(Connection Connection, SimulatedDelivery Delivery)> deliveries)
    {
        using var sender = new WebhookSender(hub.Http.BaseAddress!, TimeProvider.System, TestHub.PublicUrl);
        foreach (var (connection, delivery) in deliveries) Assert.IsType<SendOutcome.Accepted>(await sender.SendAsync(connection, delivery, CancellationToken.None));
    }
}
