using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>A vendor that signs the address that it calls: what counts is how the vendor knows the hub, not how the proxy does.</summary>
public sealed class SignedAddressTests
{
    private static readonly byte[] Body = """[{"eventId":1,"subscriptionType":"contact.deletion","portalId":8675309,"objectId":7,"occurredAt":1795183530412}]"""u8.ToArray();

    [Theory]
    [InlineData("https://hub.example.com", "/webhooks/hubspot", "https://hub.example.com/webhooks/hubspot", HttpStatusCode.OK)]
    [InlineData("https://hub.example.com/in/", "/webhooks/hubspot", "https://hub.example.com/in/webhooks/hubspot", HttpStatusCode.OK)]
    [InlineData("https://hub.example.com", "/webhooks/hubspot?a=%20b%2Fc&d=%7e%C3%B8", "https://hub.example.com/webhooks/hubspot?a=%20b/c&d=%7e%C3%B8", HttpStatusCode.OK)]
    [InlineData("https://hub.example.com", "/webhooks/%68ubspot", "https://hub.example.com/webhooks/%68ubspot", HttpStatusCode.OK)]
    [InlineData("https://hub.example.com", "/webhooks/%68ubspot", "https://hub.example.com/webhooks/hubspot", HttpStatusCode.Unauthorized)]
    [InlineData("https://hub.example.com", "/webhooks/hubspot", "http://127.0.0.1:5080/webhooks/hubspot", HttpStatusCode.Unauthorized)]
    public async Task Address_counts_as_it_was_called_in_front_of_the_proxy(string publicUrl, string target, string signedAddress, HttpStatusCode expected)
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf("hubspot"), hasPublicUrl: false, settings: $"--Hub:PublicUrl={publicUrl}");
        using var answer = await PostAsync(hub, target, signedAddress);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Hub_that_does_not_know_its_address_refuses_and_says_what_to_set()
    {
        const string reason = "the address that was called is signed, and not known: set Hub:PublicUrl to the address under which HubSpot reaches the hub";
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf("hubspot"), hasPublicUrl: false);
        using var answer = await PostAsync(hub, "/webhooks/hubspot", "https://hub.example.com/webhooks/hubspot");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal($"The sender could not be verified: {reason}.", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        using var test = await hub.Http.PostAsync("/api/connections/hubspot/test", null);
        var tested = await test.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("failed", $"A signed request is refused: {reason}."), (tested.GetProperty("status").GetString(), tested.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Test_of_a_connection_that_knows_its_address_succeeds()
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf("hubspot"));
        using var test = await hub.Http.PostAsync("/api/connections/hubspot/test", null);
        Assert.Equal("ok", (await test.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHub hub, string target, string signedAddress)
    {
        var signed = hub.Configuration.Connections["hubspot"].Source!.Authentication.Sign(new WebhookRequest
        {
            Method = "POST",
            Url = new Uri(signedAddress),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            Body = Body,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        });
        // The client would write the address anew.
        var address = new Uri(hub.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Body) };
        foreach (var (name, value) in signed.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return await hub.Http.SendAsync(message);
    }
}
