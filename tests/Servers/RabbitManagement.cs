using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Servers;

/// <summary>RabbitMQ's management over HTTP, as the user of an AMQP address.</summary>
internal sealed class RabbitManagement : IDisposable
{
    private readonly HttpClient http;
    private readonly string user;

    public RabbitManagement(Uri address, Uri broker)
    {
        var credentials = Uri.UnescapeDataString(broker.UserInfo);
        user = credentials.Split(':')[0];
        http = new HttpClient { BaseAddress = new Uri(address, "/api/"), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("vhosts", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task CreateVirtualHostAsync(string name)
    {
        await SendAsync(HttpMethod.Put, $"vhosts/{Escaped(name)}", new { });
        await SendAsync(HttpMethod.Put, $"permissions/{Escaped(name)}/{Escaped(user)}", new { configure = ".*", write = ".*", read = ".*" });
    }

    public Task DeleteVirtualHostAsync(string name) => SendAsync(HttpMethod.Delete, $"vhosts/{Escaped(name)}", content: null);

    public async Task<IReadOnlyList<RabbitQueue>> QueuesAsync(string virtualHost)
    {
        var queues = await http.GetFromJsonAsync<JsonElement>(new Uri($"queues/{Escaped(virtualHost)}", UriKind.Relative));
        return [.. queues.EnumerateArray().Select(queue => new RabbitQueue
        {
            Name = queue.GetProperty("name").GetString()!,
            Type = queue.GetProperty("type").GetString()!,
            Messages = queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0,
        })];
    }

    public async Task CutConnectionsAsync()
    {
        var connections = await http.GetFromJsonAsync<JsonElement>(new Uri("connections", UriKind.Relative));
        foreach (var connection in connections.EnumerateArray()) await SendAsync(HttpMethod.Delete, $"connections/{Escaped(connection.GetProperty("name").GetString()!)}", content: null);
    }

    public void Dispose() => http.Dispose();

    private static string Escaped(string name) => Uri.EscapeDataString(name);

    private async Task SendAsync(HttpMethod method, string path, object? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (content is not null) request.Content = JsonContent.Create(content);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
