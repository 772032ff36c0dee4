using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>A genuine request that somebody else sends again, with whatever is not signed changed.</summary>
public sealed class ReplayTests
{
    private const string Deleted = """{"id":25}""";

    [Fact]
    public async Task Signed_body_under_another_unsigned_id_is_a_duplicate()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = VendorSample.Load("shopify", "orders-create");
        Assert.Equal("accepted", await SendAsync(hub, "shopify", sample.Body, sample.Headers));
        foreach (var id in new[] { "another", "and-another" })
            Assert.Equal("duplicate", await SendAsync(hub, "shopify", sample.Body, new(sample.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Shopify-Webhook-Id"] = id, ["X-Shopify-Event-Id"] = id, ["X-Shopify-Triggered-At"] = "2026-11-20T15:04:06Z" }));
        Assert.Equal(1, hub.Database.Read(session => session.First("select count(*) from inbox", row => row.GetInt64(0))));
    }

    [Fact]
    public async Task Same_order_under_another_topic_is_a_fact_of_its_own()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = VendorSample.Load("shopify", "orders-create");
        Assert.Equal("accepted", await SendAsync(hub, "shopify", sample.Body, sample.Headers));
        Assert.Equal("accepted", await SendAsync(hub, "shopify", sample.Body, new(sample.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Shopify-Webhook-Id"] = "paid", ["X-Shopify-Topic"] = "orders/paid" }));
    }

    [Fact]
    public async Task Body_that_was_not_stored_is_not_remembered()
    {
        await using var hub = await TestHub.StartAsync();
        var samples = VendorSample.All("shopify").Where(sample => sample.Headers["X-Shopify-Topic"] == "orders/create").Take(2).ToList();
        Assert.Equal("accepted", await SendAsync(hub, "shopify", samples[0].Body, samples[0].Headers));
        Assert.Equal("duplicate", await SendAsync(hub, "shopify", samples[1].Body, samples[0].Headers));
        Assert.Equal("accepted", await SendAsync(hub, "shopify", samples[1].Body, samples[1].Headers));
    }

    [Fact]
    public async Task Deletion_that_tells_an_id_alone_can_come_again()
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf("woocommerce"));
        var sample = VendorSample.All("woocommerce").First(sample => sample.Headers["X-WC-Webhook-Topic"] == "order.updated");
        var headers = new Dictionary<string, string>(sample.Headers, StringComparer.OrdinalIgnoreCase) { ["X-WC-Webhook-Topic"] = "order.deleted" };
        foreach (var id in new[] { "one", "other" })
        {
            headers["X-WC-Webhook-Delivery-ID"] = id;
            Assert.Equal("accepted", await SendAsync(hub, "woocommerce", Encoding.UTF8.GetBytes(Deleted), headers));
        }
        headers["X-WC-Webhook-Topic"] = "order.updated";
        Assert.Equal("accepted", await SendAsync(hub, "woocommerce", sample.Body, headers));
        headers["X-WC-Webhook-Delivery-ID"] = "replayed";
        Assert.Equal("duplicate", await SendAsync(hub, "woocommerce", sample.Body, headers));
    }

    [Fact]
    public async Task What_was_signed_is_forgotten_after_a_month()
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var sample = VendorSample.Load("shopify", "orders-create");
        Assert.Equal("accepted", await SendAsync(hub, "shopify", sample.Body, sample.Headers));
        time.Advance(TimeSpan.FromDays(29));
        Assert.Equal("duplicate", await SendAsync(hub, "shopify", sample.Body, Renamed(sample, "another")));
        Assert.Equal(1, Remembered(hub));
        time.Advance(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(NonceCleaning.Interval);
            return Remembered(hub) == 0;
        }, "it is forgotten");
        Assert.Equal("accepted", await SendAsync(hub, "shopify", sample.Body, Renamed(sample, "another")));
    }

    [Fact]
    public async Task Ids_that_no_signature_covers_are_known_and_each_has_its_reason()
    {
        // Where an id stands in a header, a replay under another one must be recognised (ReplayName), or the header is signed, or nothing is.
        var tools = ConnectorCatalog.BuiltIn.All.Where(connector => connector.Simulator is not null).Select(connector => connector.Key).ToList();
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf(tools));
        List<string> outside = [];
        foreach (var connection in hub.Configuration.Connections.Values)
        {
            var source = connection.Source!;
            if (VendorSample.All(connection.Connector.Key).Any(sample => IdOf(source, sample, sample.Headers) is { } id && IdOf(source, sample, OfBody(sample)) != id))
                outside.Add($"{connection.Connector.Key} {source.Authentication.ReplayDefence}");
        }
        Assert.Equal(["bigcommerce SignedId", "shopify Memory", "woocommerce Memory"], outside.Order(StringComparer.Ordinal));
    }

    private static string? IdOf(IWebhookSource source, VendorSample sample, IReadOnlyDictionary<string, string> headers) =>
        source.DeliveryId(new WebhookRequest { Method = "POST", Query = sample.Query, Headers = headers, Body = sample.Body, ReceivedAt = TimeProvider.System.GetUtcNow() });

    // How a body is to be read is no id.
    private static Dictionary<string, string> OfBody(VendorSample sample) =>
        sample.Headers.Where(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string> Renamed(VendorSample sample, string id) => new(sample.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Shopify-Webhook-Id"] = id };

    private static long Remembered(TestHub hub) => hub.Database.Read(session => session.First("select count(*) from nonce", row => row.GetInt64(0)));

    private static async Task<string> SendAsync(TestHub hub, string connection, byte[] body, Dictionary<string, string> headers)
    {
        using var answer = await hub.PostAsync(connection, body, headers);
        Assert.Equal(200, (int)answer.StatusCode);
        return answer.Headers.GetValues("Hub-Status").Single();
    }
}
