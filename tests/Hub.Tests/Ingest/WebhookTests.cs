using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Ingest;

public sealed class WebhookTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Signed_delivery_is_accepted_and_its_repetition_is_a_duplicate()
    {
        var sample = VendorSample.Load("typeform", "form-response");
        using var first = await hub.PostAsync("typeform", sample.Body, sample.Headers);
        using var second = await hub.PostAsync("typeform", sample.Body, sample.Headers);
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"accepted\",\"id\":\"1\"}"), (first.StatusCode, await first.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"duplicate\"}"), (second.StatusCode, await second.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Same_body_is_a_delivery_of_its_own_where_the_vendor_sends_it_for_each_change()
    {
        await using var own = await TestHub.StartAsync(TestHub.ConnectionsOf("eventbrite"));
        var sample = VendorSample.Load("eventbrite", "order-updated");
        using var first = await own.PostAsync("eventbrite", sample.Body, sample.Headers);
        using var second = await own.PostAsync("eventbrite", sample.Body, sample.Headers);
        Assert.Equal("{\"status\":\"accepted\",\"id\":\"1\"}", await first.Content.ReadAsStringAsync());
        Assert.Equal("{\"status\":\"accepted\",\"id\":\"2\"}", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Duplicate_is_recognised_after_a_restart()
    {
        var sample = VendorSample.Load("typeform", "form-response");
        using var first = await hub.PostAsync("typeform", sample.Body, sample.Headers);
        await hub.App.StopAsync();
        await hub.App.DisposeAsync();
        await using var again = await TestHub.StartAsync(directory: hub.DataDirectory);
        using var second = await again.PostAsync("typeform", sample.Body, sample.Headers);
        Assert.Equal("{\"status\":\"duplicate\"}", await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "the signature does not match")]
    [InlineData("sha256=AAAA", "header Typeform-Signature is malformed")]
    [InlineData("AAAA", "header Typeform-Signature is malformed")]
    [InlineData("", "header Typeform-Signature is missing")]
    public async Task Unverified_sender_is_refused_counted_and_not_stored(string signature, string reason)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/typeform") { Content = JsonContent.Create(new { event_id = "x" }) };
        message.Headers.TryAddWithoutValidation("Typeform-Signature", signature);
        using var answer = await hub.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"The sender could not be verified: {reason}.", problem.GetProperty("detail").GetString());
        Assert.Empty((await hub.GetAsync("/api/deliveries")).GetProperty("items").EnumerateArray());
        var connections = await hub.GetAsync("/api/connections");
        var refused = connections.GetProperty("items").EnumerateArray().Single(connection => connection.GetProperty("name").GetString() == "typeform").GetProperty("refused");
        Assert.Equal(1, refused.GetProperty(reason).GetInt32());
    }

    [Fact]
    public async Task Stale_signature_is_refused()
    {
        var sample = VendorSample.Load("calendly", "invitee-created");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/calendly") { Content = new ByteArrayContent(sample.Body) };
        var source = hub.Configuration.Connections["calendly"].Source!;
        var old = new Connectors.WebhookRequest { Method = "POST", Headers = sample.Headers, Body = sample.Body, ReceivedAt = TimeProvider.System.GetUtcNow().AddMinutes(-10) };
        foreach (var (name, value) in source.Authentication.Sign(old).Headers) message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await hub.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("the signed time is too far from now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_a_tool_echoes_is_not_kept()
    {
        var token = ((Connectors.ActiveCampaign.ActiveCampaignSettings)hub.Configuration.Connections["activecampaign"].Settings!).WebhookToken[0];
        var sample = VendorSample.Load("activecampaign", "subscribe");
        using var answer = await hub.PostAsync("activecampaign", [.. sample.Body, .. Encoding.UTF8.GetBytes($"&url=https%3A%2F%2Fhub.example.com%2Fwebhooks%2Factivecampaign%2F{token}")], sample.Headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        var delivery = await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}");
        Assert.Equal("done", delivery.GetProperty("status").GetString());
        Assert.EndsWith("%2Factivecampaign%2F" + new string('*', token.Length), delivery.GetProperty("body").GetString(), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(hub.DataDirectory, "hub.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)));
        }
        Assert.All(TestDatabase.Contents(hub.DataDirectory), table => Assert.Equal(-1, table.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token))));
    }

    [Theory]
    [InlineData("/webhooks/activecampaign", null, HttpStatusCode.Unauthorized)]
    [InlineData("/webhooks/activecampaign/wrong", null, HttpStatusCode.Unauthorized)]
    [InlineData("/webhooks/activecampaign", "Basic eDp3cm9uZw==", HttpStatusCode.Unauthorized)]
    [InlineData("/webhooks/activecampaign", "Basic !!!", HttpStatusCode.Unauthorized)]
    [InlineData("/webhooks/activecampaign/TOKEN", null, HttpStatusCode.OK)]
    [InlineData("/webhooks/activecampaign", "TOKEN", HttpStatusCode.OK)]
    public async Task Tool_that_signs_nothing_proves_itself_by_token(string path, string? authorization, HttpStatusCode expected)
    {
        var settings = (Connectors.ActiveCampaign.ActiveCampaignSettings)hub.Configuration.Connections["activecampaign"].Settings!;
        var token = settings.WebhookToken[0];
        if (authorization == "TOKEN") authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("hub:" + token));
        using var message = new HttpRequestMessage(HttpMethod.Post, path.Replace("TOKEN", token, StringComparison.Ordinal)) { Content = new ByteArrayContent(VendorSample.Load("activecampaign", "subscribe").Body) };
        message.Headers.Authorization = null;
        if (authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var stranger = new HttpClient { BaseAddress = hub.Http.BaseAddress };
        using var answer = await stranger.SendAsync(message);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Probe_is_answered_without_storing_anything()
    {
        using var answer = await hub.Http.GetAsync("/webhooks/activecampaign");
        using var head = await hub.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/webhooks/activecampaign"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, head.StatusCode));
        Assert.Empty(hub.Inbox.List(null, null, 10, null));
    }

    [Fact]
    public async Task Unknown_connection_is_not_found()
    {
        using var answer = await hub.Http.PostAsync("/webhooks/nobody", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Disabled_connection_asks_to_come_back()
    {
        await using var other = await TestHub.StartAsync("""{"connections":{"forms":{"connector":"typeform","enabled":false,"settings":{}}}}""");
        using var answer = await other.Http.PostAsync("/webhooks/forms", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(300), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Body_over_the_limit_is_refused_before_it_is_read()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Http.BaseAddress!.Host, hub.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /webhooks/typeform HTTP/1.1\r\nHost: hub\r\nContent-Length: {11 * 1024 * 1024}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Body_over_the_limit_without_a_length_is_refused()
    {
        await using var small = await TestHub.StartAsync(settings: "--Hub:MaxBodyBytes=2048");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/typeform") { Content = new PushContent(new byte[100_000]) };
        using var answer = await small.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Delivery_that_hangs_up_in_the_middle_leaves_nothing()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(hub.Http.BaseAddress!.Host, hub.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync("POST /webhooks/typeform HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\n{\"event_id\""u8.ToArray());
        }
        var sample = VendorSample.Load("typeform", "form-response");
        using var answer = await hub.PostAsync("typeform", sample.Body, sample.Headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(hub.Inbox.List(null, null, 10, null));
    }

    private sealed class PushContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
