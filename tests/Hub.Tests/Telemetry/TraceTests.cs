using System.Net;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>One trace from the POST to the record, and to whoever asks for it.</summary>
[Collection(Alone.Name)]
public sealed class TraceTests
{
    private static readonly VendorSample Order = VendorSample.Load("shopify", "orders-create");

    [Fact]
    public async Task One_trace_leads_from_the_request_to_the_record_and_the_published_change()
    {
        await using var collector = await Collector.StartAsync();
        await using var hub = await TestHub.StartAsync(settings: collector.Settings);
        using var posted = await hub.PostAsync("shopify", Order.Body, Order.Headers);
        await AssertOneTraceAsync(collector);
        await Eventually.HoldsAsync(() => collector.Metrics.Contains("hub.webhook.accepted", StringComparison.Ordinal) && collector.Metrics.Contains("integration-hub", StringComparison.Ordinal), "the metrics arrive");
    }

    [Fact]
    public async Task Trace_goes_on_over_RabbitMQ()
    {
        var rabbit = await SharedServers.RabbitAsync();
        var host = $"trace-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var address = await rabbit.CreateVirtualHostAsync(host);
        await using (var collector = await Collector.StartAsync())
        await using (var hub = await TestHub.StartAsync(settings: [$"--Hub:Bus={address}", .. collector.Settings]))
        {
            using var posted = await hub.PostAsync("shopify", Order.Body, Order.Headers);
            await AssertOneTraceAsync(collector);
        }
        await rabbit.DeleteVirtualHostAsync(host);
    }

    [Fact]
    public async Task Delivery_that_another_process_sweeps_up_later_goes_on_with_its_trace()
    {
        await using var collector = await Collector.StartAsync();
        var directory = Directory.CreateTempSubdirectory("hub-trace-").FullName;
        await using (var first = await TestHub.StartAsync(directory: directory, settings: ["--Hub:Bus=amqp://guest:guest@127.0.0.1:9", .. collector.Settings]))
        {
            using var posted = await first.PostAsync("shopify", Order.Body, Order.Headers);
            Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        }
        Assert.DoesNotContain(collector.Spans, span => span.Name == "normalize");
        await using (var second = await TestHub.StartAsync(directory: directory, settings: collector.Settings)) await AssertOneTraceAsync(collector);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task What_a_sender_says_of_traces_counts_for_nothing()
    {
        await using var collector = await Collector.StartAsync();
        await using var hub = await TestHub.StartAsync(settings: collector.Settings);
        using var posted = await hub.PostAsync("shopify", Order.Body, new Dictionary<string, string>(Order.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ["tracestate"] = "vendor=zoe@example.com",
            ["baggage"] = "person=zoe@example.com",
        });
        var accept = await collector.SpanAsync(span => span.Name == "accept", "the span of the webhook arrives");
        Assert.NotEqual("0af7651916cd43dd8448eb211c80319c", accept.Trace);
        await hub.SettleAsync();
        Assert.DoesNotContain("zoe@example.com", collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sampled_is_neither_sent_nor_noted_in_the_inbox()
    {
        await using var collector = await Collector.StartAsync();
        await using (var hub = await TestHub.StartAsync(settings: ["--OTEL_TRACES_SAMPLER=always_off", .. collector.Settings]))
        {
            using var posted = await hub.PostAsync("shopify", Order.Body, Order.Headers);
            await hub.SettleAsync();
            Assert.Equal(0, Traced(hub));
        }
        Assert.Empty(collector.Spans);
    }

    [Fact]
    public async Task Without_an_endpoint_nobody_listens_and_nothing_is_noted()
    {
        await using var hub = await TestHub.StartAsync();
        using var posted = await hub.PostAsync("shopify", Order.Body, Order.Headers);
        await hub.SettleAsync();
        Assert.False(hub.App.Services.GetRequiredService<Signals>().AreTraced);
        Assert.Equal(0, Traced(hub));
    }

    private static async Task AssertOneTraceAsync(Collector collector)
    {
        var publish = await collector.SpanAsync(span => span.Name == "publish ContactChanged", "the change is published");
        List<SentSpan> way = [publish];
        while (way[^1].Parent is { Length: > 0 } parent) way.Add(await collector.SpanAsync(span => span.Id == parent, $"the parent of {way[^1].Name} arrives"));
        Assert.Equal(["publish ContactChanged", "merge", "normalize", "accept", "POST /webhooks/{connection}/{token?}"], way.Select(span => span.Name));
        Assert.Single(way.Select(span => span.Trace).Distinct());
        var (merge, normalize, accept, request) = (way[1], way[2], way[3], way[4]);
        Assert.Contains(merge.Attributes["hub.event.kind"], ContractKinds.All.Keys);
        Assert.Equal(("shopify", "1", "merged"), (merge.Attributes["hub.connection"], merge.Attributes["hub.delivery.id"], merge.Attributes["hub.outcome"]));
        Assert.Equal(("1", "told"), (normalize.Attributes["hub.delivery.id"], normalize.Attributes["hub.outcome"]));
        Assert.Equal(("shopify", "1", "accepted"), (accept.Attributes["hub.connection"], accept.Attributes["hub.delivery.id"], accept.Attributes["hub.outcome"]));
        Assert.Equal("200", request.Attributes["http.response.status_code"]);
    }

    private static long Traced(TestHub hub) => hub.Database.Read(session => session.First("select count(*) from inbox_body where trace is not null", row => row.GetInt64(0)));
}
