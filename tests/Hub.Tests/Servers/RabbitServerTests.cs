using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using IntegrationHub.Servers;

namespace IntegrationHub.Hub.Tests.Servers;

/// <summary>The RabbitMQ server that other tests take for granted.</summary>
public sealed class RabbitServerTests
{
    [Fact]
    public async Task Queues_outlive_a_stop_and_not_a_start_with_nothing()
    {
        await using var server = await RabbitServer.StartAsync();
        var address = await server.CreateVirtualHostAsync("a/host");
        Assert.Equal("/a%2Fhost", address.AbsolutePath);
        await DeclareAsync(server, "a/host", "kept");
        await server.StopAsync();
        using (var client = new TcpClient()) await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(server.Uri.Host, server.Uri.Port));

        await server.StartAgainAsync(empty: false);
        var queue = Assert.Single(await server.QueuesAsync("a/host"));
        Assert.Equal(("kept", "quorum"), (queue.Name, queue.Type));

        await server.StopAsync();
        await server.StartAgainAsync(empty: true);
        Assert.Empty(await server.QueuesAsync("a/host"));
    }

    [Fact]
    public async Task A_virtual_host_is_gone_when_it_is_deleted()
    {
        var server = await SharedServers.RabbitAsync();
        await server.CreateVirtualHostAsync("servers_gone");
        Assert.Empty(await server.QueuesAsync("servers_gone"));
        await server.DeleteVirtualHostAsync("servers_gone");
        await Assert.ThrowsAsync<HttpRequestException>(() => server.QueuesAsync("servers_gone"));
    }

    private static async Task DeclareAsync(RabbitServer server, string virtualHost, string queue)
    {
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("guest:guest")));
        using var answer = await http.PutAsJsonAsync($"/api/queues/{Uri.EscapeDataString(virtualHost)}/{queue}", new { durable = true, arguments = new Dictionary<string, string> { ["x-queue-type"] = "quorum" } });
        answer.EnsureSuccessStatusCode();
    }
}
