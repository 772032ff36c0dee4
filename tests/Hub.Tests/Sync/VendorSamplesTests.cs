using System.Net;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The samples of the tools, posted to a running hub, end in the state that their story tells.</summary>
public sealed class VendorSamplesTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    public static TheoryData<string> Connectors => [.. ConnectorCatalog.BuiltIn.All.Select(connector => connector.Key)];

    [Theory]
    [MemberData(nameof(Connectors))]
    public async Task Every_sample_is_accepted_and_none_is_quarantined(string tool)
    {
        await using var own = await TestHub.StartAsync(TestHub.ConnectionsOf(tool));
        foreach (var sample in VendorSample.All(tool))
        {
            using var answer = await own.PostAsync(TestHub.ConnectionOf(tool), sample.Body, sample.Headers, sample.Query);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{sample}: {await answer.Content.ReadAsStringAsync()}");
        }
        foreach (var read in VendorSample.Objects(tool))
            await own.Inbox.AppendAsync(NewDelivery.Of(TestHub.ConnectionOf(tool), read, DeliveryOrigin.Hydration, TimeProvider.System.GetUtcNow()), claimant: null, CancellationToken.None);
        await own.SettleAsync();
        var quarantined = await own.GetAsync("/api/deliveries?status=quarantined");
        Assert.Equal("[]", quarantined.GetProperty("items").GetRawText());
        Assert.NotEmpty((await own.GetAsync("/api/deliveries?status=done")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shopify_order_and_its_refund_become_one_customer(bool refundFirst)
    {
        string[] story = ["customers-create", "customers-email-marketing-consent-update", "customer-tags-added", "orders-create", "refunds-create"];
        foreach (var name in refundFirst ? story.Reverse() : story) await PostAsync("shopify", name);
        await hub.SettleAsync();
        var contact = await FindAsync("email=Zoe.Lukasik@example.com");
        Assert.Equal(("Zoë", "Łukasik-Müller", "Müller Töpferei GmbH", "Köln", "DE"), (Field(contact, "firstName"), Field(contact, "lastName"), Field(contact, "company"), Field(contact, "city"), Field(contact, "country")));
        Assert.Equal("granted", contact.GetProperty("consent").GetProperty("email").GetProperty("state").GetString());
        Assert.Contains("wholesale", contact.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("value").GetString()));
        Assert.Equal(1, contact.GetProperty("orders").GetProperty("count").GetInt32());
        var order = contact.GetProperty("orders").GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("8800501", "#1042", "partially_refunded"), (order.GetProperty("id").GetString(), order.GetProperty("number").GetString(), order.GetProperty("status").GetString()));
        Assert.Equal(("58.90", "27.00"), (order.GetProperty("total").GetProperty("amount").GetString(), order.GetProperty("refunded").GetProperty("amount").GetString()));
        Assert.Equal("31.90", contact.GetProperty("orders").GetProperty("lifetimeValue").GetProperty("EUR").GetString());
        Assert.Single((await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Calendly_move_is_neither_a_cancellation_nor_a_second_booking()
    {
        foreach (var name in new[] { "invitee-created-rescheduled", "invitee-canceled-rescheduled", "invitee-created" }) await PostAsync("calendly", name);
        await hub.SettleAsync();
        var contact = await FindAsync("email=zoe.akerlund@example.com");
        var appointments = contact.GetProperty("appointments").EnumerateArray().ToDictionary(appointment => appointment.GetProperty("id").GetString()!.Split('/')[^1], appointment => appointment.GetProperty("status").GetString());
        Assert.Equal("moved", appointments["e04a7c95-d1b3-4286-8f6a-39c5be7710d5"]);
        Assert.Equal("booked", appointments["47b2e8f0-c9a6-4d31-a05e-b8126f93dc46"]);
        Assert.Equal("49.50", contact.GetProperty("orders").GetProperty("lifetimeValue").GetProperty("EUR").GetString());
    }

    [Fact]
    public async Task Stripe_subscription_counts_each_payment_once()
    {
        string[] story = ["customer-created", "checkout-session-completed", "customer-subscription-created", "invoice-paid", "customer-subscription-updated"];
        foreach (var name in story) await PostAsync("stripe", name);
        await hub.SettleAsync();
        var contact = await FindAsync("email=sigrun.thor@example.com");
        Assert.Equal("44.10", contact.GetProperty("orders").GetProperty("lifetimeValue").GetProperty("USD").GetString());
        Assert.Equal(1, contact.GetProperty("orders").GetProperty("count").GetInt32());
        Assert.Equal("active", contact.GetProperty("subscriptions").EnumerateArray().Single().GetProperty("phase").GetString());
        Assert.Equal("paid", contact.GetProperty("invoices").EnumerateArray().Single().GetProperty("status").GetString());
        await PostAsync("stripe", "charge-refunded");
        await hub.SettleAsync();
        Assert.Equal("34.10", (await FindAsync("email=sigrun.thor@example.com")).GetProperty("orders").GetProperty("lifetimeValue").GetProperty("USD").GetString());
    }

    [Fact]
    public async Task Thin_event_waits_for_its_object()
    {
        await using var own = await TestHub.StartAsync("""{ "connections": { "stripe": { "connector": "stripe", "settings": { "webhookSecret": "whsec_demo" } } } }""");
        var sample = VendorSample.Load("stripe", "v1-customer-updated-thin");
        using var answer = await own.PostAsync("stripe", sample.Body, sample.Headers, sample.Query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await own.SettleAsync();
        var delivery = await own.GetAsync("/api/deliveries/1");
        Assert.Equal(("hydrating", "event evt_Demo0011 has to be fetched"), (delivery.GetProperty("status").GetString(), delivery.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Unsubscription_outweighs_an_older_subscription_that_comes_later()
    {
        await PostAsync("activecampaign", "unsubscribe");
        await PostAsync("activecampaign", "subscribe");
        await hub.SettleAsync();
        var contact = await FindAsync("identifier=customer:activecampaign:48213");
        Assert.Equal("withdrawn", contact.GetProperty("consent").GetProperty("email").GetProperty("state").GetString());
        Assert.Equal("2026-11-20T15:02:10Z", contact.GetProperty("consent").GetProperty("email").GetProperty("occurredAt").GetString());
    }

    [Fact]
    public async Task Deletion_in_one_tool_takes_back_that_tools_claims_only()
    {
        await PostAsync("calendly", "contact-created");
        await PostAsync("calendly", "contact-deleted");
        await hub.SettleAsync();
        var contact = await FindAsync("email=zoe.akerlund@example.com");
        Assert.False(contact.GetProperty("fields").TryGetProperty("jobTitle", out _));
        Assert.Equal(2, contact.GetProperty("events").GetInt32());
    }

    private async Task PostAsync(string tool, string name)
    {
        var sample = VendorSample.Load(tool, name);
        using var answer = await hub.PostAsync(tool, sample.Body, sample.Headers, sample.Query);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{sample}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<JsonElement> FindAsync(string query) => (await hub.GetAsync("/api/contacts?" + query)).GetProperty("items").EnumerateArray().Single();

    private static string? Field(JsonElement contact, string name) => contact.GetProperty("fields").GetProperty(name).GetProperty("value").GetString();
}
