using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationHub.Hub.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Ingest;

public sealed class RequestLimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Bodies_in_flight_have_one_room_for_all_and_it_is_free_again_when_a_sender_goes_away()
    {
        await using var hub = await TestHub.StartAsync(settings: ["--Hub:MaxBodiesMebibytes=24", "--Hub:MaxBodyBytes=12582912"]);
        var room = hub.App.Services.GetRequiredService<Hub.Ingest.BodyBudget>();
        var stalled = $"POST /webhooks/typeform HTTP/1.1\r\nHost: x\r\nContent-Length: {10 * Mebibyte}\r\n\r\n1";
        using (await OpenAsync(hub, stalled))
        using (await OpenAsync(hub, stalled))
        {
            await Eventually.HoldsAsync(() => !Fits(room, 7), "both bodies have their room");
            using var second = await hub.PostAsync("typeform", new byte[7 * Mebibyte]);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (second.StatusCode, second.Headers.RetryAfter?.Delta));
            using var small = await hub.PostAsync("typeform", VendorSample.Load("typeform", "form-response").Body);
            Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        }
        await Eventually.HoldsAsync(() => Fits(room, 24), "all room is free again");
    }

    [Fact]
    public async Task Body_that_does_not_come_to_its_end_is_given_up()
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var slow = await OpenAsync(hub, "POST /webhooks/typeform HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n1");
        using var reader = new StreamReader(slow.GetStream());
        var status = await time.PassUntilAsync(reader.ReadLineAsync(), TimeSpan.FromSeconds(20));
        Assert.Equal("HTTP/1.1 408 Request Timeout", status);
    }

    [Fact]
    public async Task Packed_body_is_refused_where_the_tool_never_packs()
    {
        await using var hub = await TestHub.StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/webhooks/typeform") { Content = new ByteArrayContent(Packed(new byte[10])) };
        message.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await hub.Http.SendAsync(message);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "identity"), (answer.StatusCode, answer.Headers.GetValues("Accept-Encoding").Single()));
    }

    [Fact]
    public async Task Body_that_is_made_to_burst_is_not_unpacked_to_its_end()
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf("segment"));
        var bomb = Packed(new byte[9 * Mebibyte]);
        Assert.True(bomb.Length < 10_000);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new ByteArrayContent(bomb) };
        message.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await hub.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("the body is packed and can't be unpacked", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(101, 1, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(5, 8_000, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(5, 10, "HTTP/1.1 401 Unauthorized")]
    public async Task Headers_are_bounded_in_number_and_size(int count, int length, string status)
    {
        await using var hub = await TestHub.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}\r\n"));
        using var socket = await OpenAsync(hub, $"POST /webhooks/typeform HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n{headers}\r\n");
        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal(status, await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Address_has_a_bounded_length()
    {
        await using var hub = await TestHub.StartAsync();
        using var socket = await OpenAsync(hub, $"POST /webhooks/{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal("HTTP/1.1 414 URI Too Long", await reader.ReadLineAsync());
    }

    private static bool Fits(Hub.Ingest.BodyBudget room, int mebibytes)
    {
        if (!room.TryTake((long)mebibytes * Mebibyte)) return false;
        room.GiveBack((long)mebibytes * Mebibyte);
        return true;
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(content);
        return packed.ToArray();
    }

    private static async Task<TcpClient> OpenAsync(TestHub hub, string request)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, hub.Http.BaseAddress!.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }
}
