using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>Vendors who say in the address what a delivery is about, and send it by other methods than POST.</summary>
public sealed class ParameterTests : IAsyncLifetime
{
    private const string Tool = "zoho-invoice";
    private const string Connection = "zoho_invoice";
    private const string Body = """{"invoice":{"invoice_id":"46001","invoice_number":"INV-1","status":"paid","total":10,"currency_code":"EUR","email":"zoe@example.org","last_modified_time":"2026-11-20T10:00:00+0100"}}""";

    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync(TestHub.ConnectionsOf(Tool));

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Delivery_comes_by_every_method_that_the_connector_names(string method)
    {
        using var answer = await SendAsync(method, "event=invoice.paid&src=hub");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        Assert.Equal("done", (await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Other_method_is_refused_with_those_that_are_allowed()
    {
        using var answer = await SendAsync("PATCH", "event=invoice.paid");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST", "PUT", "DELETE"], answer.Content.Headers.Allow);
        Assert.Equal("Deliveries come by POST or PUT or DELETE.", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Parameter_that_the_connector_reads_is_stored_and_others_are_not()
    {
        using var answer = await SendAsync("POST", "event=invoice.sent&src=hub");
        await hub.SettleAsync();
        var stored = hub.Inbox.Find(1);
        Assert.NotNull(stored);
        Assert.Equal("invoice.sent", stored.Headers["?event"]);
        Assert.DoesNotContain("?src", stored.Headers.Keys);
    }

    [Fact]
    public async Task One_body_for_two_events_is_two_deliveries()
    {
        using var sent = await SendAsync("POST", "event=invoice.sent");
        using var paid = await SendAsync("POST", "event=invoice.paid");
        using var again = await SendAsync("POST", "event=invoice.paid");
        Assert.Contains("accepted", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("accepted", await paid.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("duplicate", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_that_was_changed_on_the_way_is_refused()
    {
        using var answer = await SendAsync("POST", "event=invoice.paid", sentQuery: "event=invoice.void");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(hub.Inbox.List(null, null, 10, null));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string query, string? sentQuery = null)
    {
        var source = hub.Configuration.Connections[Connection].Source!;
        var request = new WebhookRequest
        {
            Method = method,
            Query = query,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
            Body = Encoding.UTF8.GetBytes(Body),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        };
        using var message = new HttpRequestMessage(new HttpMethod(method), $"/webhooks/{Connection}?{sentQuery ?? query}") { Content = new ByteArrayContent(request.Body.ToArray()) };
        foreach (var (name, value) in source.Authentication.Sign(request).Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return await hub.Http.SendAsync(message);
    }
}
