using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>One fact, told by two deliveries in two ways: which one counts does not depend on which came first, and neither does whom it ties together.</summary>
public sealed class SameFactToldTwiceTests
{
    private static readonly string[] Stories = ["a", "b", "c", "ab", "ba", "abc", "acb", "bac", "bca", "cab", "cba", "abcabc", "cbacba"];

    [Fact]
    public async Task Telling_that_counts_is_the_same_in_every_order()
    {
        Dictionary<string, string> exports = [];
        foreach (var story in Stories)
        {
            await using var hub = await TestHub.StartAsync();
            for (var i = 0; i < story.Length; i++) await PostAsync(hub, story[i], $"w-{i}");
            exports.TryAdd(string.Concat(story.Order().Distinct()), hub.CanonicalExport());
            Assert.Equal(exports[string.Concat(story.Order().Distinct())], hub.CanonicalExport());
        }
    }

    // b tells the order of a earlier and by another address; c is another order of b's address, which a does not know.
    private static async Task PostAsync(TestHub hub, char telling, string deliveryId)
    {
        var order = JsonNode.Parse(VendorSample.Load("shopify", "orders-create").Body)!.AsObject();
        order["customer"] = null;
        order["phone"] = null;
        order["billing_address"] = null;
        order["shipping_address"] = null;
        order["cart_token"] = null;
        order["checkout_token"] = null;
        var email = telling == 'a' ? "first@shop.example" : "second@shop.example";
        order["email"] = email;
        order["contact_email"] = email;
        if (telling == 'b') order["created_at"] = "2026-11-20T04:14:00-05:00";
        if (telling == 'c') order["id"] = 8800502;
        var headers = new Dictionary<string, string>(VendorSample.Load("shopify", "orders-create").Headers, StringComparer.OrdinalIgnoreCase) { ["X-Shopify-Webhook-Id"] = deliveryId };
        using var answer = await hub.PostAsync("shopify", Encoding.UTF8.GetBytes(order.ToJsonString()), headers);
        Assert.True(answer.IsSuccessStatusCode);
        await hub.SettleAsync();
        Assert.Empty(hub.Inbox.List(Hub.Inbox.DeliveryStatus.Quarantined, null, 10, null));
    }
}
