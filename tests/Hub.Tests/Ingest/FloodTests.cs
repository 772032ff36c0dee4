using System.Net;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Tests.Configuration;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>Who sends forged requests, and those who share an address with them.</summary>
public sealed class FloodTests
{
    private const string Tracking = """
        { "connections": { "website": { "connector": "segment", "settings": {
          "webhookToken": "wk_server", "allowedOrigins": ["https://www.example.com"], "browserKeys": ["wk_page"], "browserRequestsPerMinute": 5 } } } }
        """;

    [Fact]
    public async Task Genuine_delivery_is_accepted_in_the_middle_of_a_flood_from_the_same_address()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = VendorSample.Load("typeform", "form-response");
        var flood = Enumerable.Range(0, 200).Select(i => ForgeAsync(hub, i)).ToList();
        using var genuine = await hub.PostAsync("typeform", sample.Body, sample.Headers);
        Assert.Equal(HttpStatusCode.OK, genuine.StatusCode);
        Assert.All(await Task.WhenAll(flood), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        using var after = await hub.PostAsync("shopify", VendorSample.Load("shopify", "orders-create").Body, VendorSample.Load("shopify", "orders-create").Headers);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        var refused = (await hub.GetAsync("/api/connections")).GetProperty("items").EnumerateArray().Single(connection => connection.GetProperty("name").GetString() == "typeform").GetProperty("refused");
        Assert.Equal(200, refused.GetProperty("the signature does not match").GetInt32());
    }

    [Fact]
    public async Task Flood_is_verified_one_after_the_other_over_new_connections_and_told_once_a_minute()
    {
        var (time, log) = (new ManualTime(), new LogLines<SenderChecks>());
        using var senders = new SenderChecks(time, log);
        for (var i = 0; i < 50; i++)
        {
            var context = ContextOf("2001:db8:0:1::" + i.ToString("x", null));
            await senders.VerifyAsync(context, "shop", () => Verification.Reject("no"), verification => verification);
            Assert.Equal(i < 20 ? "" : "close", context.Response.Headers.Connection.ToString());
        }
        Assert.Equal(["Warning 2002 Requests to shop from 2001:db8:0:1::/64 fail again and again; they are verified one after the other now"], log.All);
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => senders.VerifyAsync(ContextOf("2001:db8:0:1::1"), "shop", () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Decrement(ref running);
            return Verification.Accept;
        }, verification => verification))));
        Assert.Equal(1, most);
        time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 50; i++) await senders.VerifyAsync(ContextOf("2001:db8:0:1::1"), "shop", () => Verification.Reject("no"), verification => verification);
        Assert.Equal(2, log.All.Count);
    }

    [Fact]
    public async Task Failures_at_one_connection_are_not_held_against_another_or_another_address()
    {
        using var senders = new SenderChecks(new ManualTime(), new LogLines<SenderChecks>());
        for (var i = 0; i < 50; i++) await senders.VerifyAsync(ContextOf("198.51.100.7"), "shop", () => Verification.Reject("no"), verification => verification);
        foreach (var (address, connection) in new[] { ("198.51.100.8", "shop"), ("198.51.100.7", "forms") })
        {
            var context = ContextOf(address);
            await senders.VerifyAsync(context, connection, () => Verification.Reject("no"), verification => verification);
            Assert.Equal("", context.Response.Headers.Connection.ToString());
        }
    }

    [Fact]
    public async Task Key_that_stands_in_a_page_is_good_for_so_many_requests_a_minute_and_a_servers_key_for_any()
    {
        await using var hub = await TestHub.StartAsync(Tracking);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await TrackAsync(hub, "wk_page", i)).Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, "60", "https://www.example.com"), await TrackAsync(hub, "wk_page", 5));
        for (var i = 10; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await TrackAsync(hub, "wk_server", i)).Status);
    }

    private static async Task<(HttpStatusCode Status, string? RetryAfter, string? Origin)> TrackAsync(TestHub hub, string key, int number)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
        {
            Content = new StringContent($$"""{"type":"track","event":"Signed Up","userId":"u-1","messageId":"m{{number}}","writeKey":"{{key}}"}"""),
        };
        message.Headers.Add("Origin", "https://www.example.com");
        using var answer = await hub.Http.SendAsync(message);
        return (answer.StatusCode, answer.Headers.RetryAfter?.ToString(), answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var origin) ? origin.Single() : null);
    }

    private static async Task<HttpStatusCode> ForgeAsync(TestHub hub, int number)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/typeform") { Content = new StringContent($"{{\"event_id\":\"{number}\"}}") };
        message.Headers.Add("Typeform-Signature", "sha256=" + Convert.ToBase64String(new byte[32]));
        using var answer = await hub.Http.SendAsync(message);
        return answer.StatusCode;
    }

    private static DefaultHttpContext ContextOf(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
