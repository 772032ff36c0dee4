using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>A connection that holds the vendor's public key: it tells the vendor from others, and can't play it.</summary>
public sealed class PublicKeyTests
{
    private const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEndcP2cm27FGKvQkgbmHYvgpZ+WZdDpfTdvq6u7s4dtkiZZ2xRDMudzG7k9HJUGSMaMmJgLGYN2aZ1PgyRNQ1Kg==";

    private static readonly string Connectors =
        $$"""{ "connections": { "messages": { "connector": "sendgrid", "settings": { "webhookSecret": "{{PublicKey}}" } } } }""";

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task Only_the_holder_of_the_private_key_is_let_in(bool isVendor, HttpStatusCode expected)
    {
        await using var hub = await TestHub.StartAsync(Connectors);
        using var answer = await hub.Http.SendAsync(Signed(isVendor ? VendorKey() : EcdsaKey.NewPrivate()));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Test_of_the_connection_says_that_only_the_vendor_can_sign()
    {
        await using var hub = await TestHub.StartAsync(Connectors);
        using var answer = await hub.Http.PostAsync("/api/connections/messages/test", null);
        var test = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            ("ok", "An unsigned request is refused. Only the vendor can sign one: a public key is configured (ECDSA-SHA-256 of time and body, base64, header X-Twilio-Email-Event-Webhook-Signature)."),
            (test.GetProperty("status").GetString(), test.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("sendgrid")]
    [InlineData("all")]
    public async Task Simulation_is_refused_and_says_what_to_do(string connector)
    {
        var directory = Directory.CreateTempSubdirectory("hub-public-key-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), Connectors);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "simulate", connector);
        Directory.Delete(directory, recursive: true);
        Assert.Equal(
            (1, "The connection 'messages' holds a public key, with which nobody can sign. Simulate on a hub of its own, with the private test key of the connector's settings.sample.json.\n"),
            (exitCode, error));
    }

    private static string VendorKey() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestHub.VendorFolder("sendgrid"), "settings.sample.json"))).RootElement.GetProperty("webhookSecret").GetString()!;

    private static HttpRequestMessage Signed(string key)
    {
        var body = Encoding.UTF8.GetBytes("[{\"email\":\"zoe.marquez@example.com\",\"event\":\"delivered\",\"timestamp\":1795183500,\"sg_event_id\":\"ZGxk\"}]\r\n");
        var vendor = new EcdsaAuthentication(new Secrets(key)) { Header = "X-Twilio-Email-Event-Webhook-Signature", TimeHeader = "X-Twilio-Email-Event-Webhook-Timestamp" };
        var request = new WebhookRequest { Method = "POST", Headers = new Dictionary<string, string>(), Body = body, ReceivedAt = TimeProvider.System.GetUtcNow() };
        var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/messages") { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in vendor.Sign(request).Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
