using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Hub.Tests.Inbox;

public sealed class QuarantineTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData("<html>", "$ is not JSON that can be read: line 1, byte 1")]
    [InlineData("{\"id\":8800501,\"email\":\"a", "$ is not JSON that can be read: line 1, byte")]
    [InlineData("DEEP", "is nested deeper than 64")]
    [InlineData("UTF8", "$ is not UTF-8 at byte 2")]
    public async Task Delivery_that_is_not_json_is_kept_with_the_reason(string body, string reason)
    {
        var bytes = body switch
        {
            "DEEP" => Encoding.UTF8.GetBytes(new string('[', 1_000_000)),
            "UTF8" => [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'],
            _ => Encoding.UTF8.GetBytes(body),
        };
        await AssertQuarantinedAsync(bytes, reason);
    }

    [Theory]
    [InlineData("created_at", "\"2026-11-20T04:14:05\"", "$.created_at is a time without a zone")]
    [InlineData("created_at", "\"0001-01-01T00:00:00Z\"", "$.created_at is not a time between 1970 and 2200")]
    [InlineData("created_at", "\"9999-12-31T23:59:59Z\"", "$.created_at is not a time between 1970 and 2200")]
    [InlineData("created_at", "\"yesterday\"", "$.created_at is not an ISO 8601 time")]
    [InlineData("id", "99999999999999999999", "$.id is not a whole number below 2^63")]
    [InlineData("id", "[]", "$.id is not a text")]
    [InlineData("total_price", "\"1e400\"", "$.total_price is not a decimal number, or is too large for one")]
    [InlineData("total_price", "{}", "$.total_price is not a text")]
    [InlineData("email", "\"\\ud800\"", "$.email holds half a character (a lone surrogate)")]
    [InlineData("note", "\"a\\u0000b\"", "$.note holds a NUL character")]
    [InlineData("line_items", "7", "$.line_items is not a list")]
    public async Task Reason_names_the_path(string member, string value, string reason)
    {
        var order = JsonNode.Parse(VendorSample.Load("shopify", "orders-create").Body)!.AsObject();
        order[member] = "@@@";
        await AssertQuarantinedAsync(Encoding.UTF8.GetBytes(order.ToJsonString().Replace("\"@@@\"", value, StringComparison.Ordinal)), reason);
    }

    [Fact]
    public async Task Quarantined_delivery_can_be_replayed_and_stays_when_nothing_was_mended()
    {
        await AssertQuarantinedAsync("nope"u8.ToArray(), "$ is not JSON that can be read");
        using var answer = await hub.Http.PostAsync($"/api/deliveries/{hub.FirstDelivery}/replay", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await hub.SettleAsync();
        Assert.Equal("quarantined", (await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}")).GetProperty("status").GetString());
        using var missing = await hub.Http.PostAsync("/api/deliveries/77/replay", null);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Topic_that_is_not_kept_is_ignored_with_its_reason()
    {
        using var answer = await hub.PostAsync("shopify", "{}"u8.ToArray(), Headers("products/update"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        var delivery = await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}");
        Assert.Equal(("ignored", "products/update", "the connector does not know this topic"),
            (delivery.GetProperty("status").GetString(), delivery.GetProperty("topic").GetString(), delivery.GetProperty("reason").GetString()));
        var shop = (await hub.GetAsync("/api/connections")).GetProperty("items").EnumerateArray().Single(connection => connection.GetProperty("name").GetString() == "shopify");
        Assert.Equal("""{"products/update":1}""", shop.GetProperty("ignoredByTopic").GetRawText());
    }

    private static Dictionary<string, string> Headers(string topic) =>
        new(VendorSample.Load("shopify", "orders-create").Headers, StringComparer.OrdinalIgnoreCase) { ["X-Shopify-Topic"] = topic };

    private async Task AssertQuarantinedAsync(byte[] body, string reason)
    {
        using var answer = await hub.PostAsync("shopify", body, Headers("orders/create"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        var listed = (await hub.GetAsync("/api/deliveries?status=quarantined&connection=shopify")).GetProperty("items").EnumerateArray().Single();
        Assert.Contains(reason, listed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var stored = await hub.GetAsync("/api/deliveries/" + listed.GetProperty("id").GetString());
        var kept = stored.TryGetProperty("bodyBase64", out var base64) ? base64.GetBytesFromBase64() : Encoding.UTF8.GetBytes(stored.GetProperty("body").GetString()!);
        Assert.Equal(body, kept);
    }
}
