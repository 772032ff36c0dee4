using System.Net;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Servers;

namespace IntegrationHub.Hub.Tests.Bus;

/// <summary>The hub over a real RabbitMQ broker.</summary>
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

    private static async Task SendAsync(TestHub hub, IEnumerable<(Connection Connection, SimulatedDelivery Delivery)> deliveries)
    {
        using var sender = new WebhookSender(hub.Http.BaseAddress!, TimeProvider.System, TestHub.PublicUrl);
        foreach (var (connection, delivery) in deliveries) Assert.IsType<SendOutcome.Accepted>(await sender.SendAsync(connection, delivery, CancellationToken.None));
    }
}
