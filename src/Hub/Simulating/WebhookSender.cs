using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Simulating;

/// <summary>Sends deliveries to a hub as the vendors would: signed at the moment of sending.</summary>
internal sealed class WebhookSender(Uri hub, TimeProvider time) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = hub, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signs a delivery and sends it.</summary>
    /// <param name="forge">Changes the signed request, for example to break its signature.</param>
    public async Task<SendOutcome> SendAsync(Connection connection, SimulatedDelivery delivery, CancellationToken cancellationToken, Func<WebhookRequest, WebhookRequest>? forge = null)
    {
        var source = connection.Source ?? throw new ArgumentException($"Connection '{connection.Name}' is not enabled.", nameof(connection));
        var signed = source.Authentication.Sign(new WebhookRequest { Method = "POST", Query = delivery.Query, Headers = delivery.Headers, Body = delivery.Body, ReceivedAt = time.GetUtcNow() });
        using var message = Message(connection.Name, forge is null ? signed : forge(signed));
        try
        {
            using var answer = await client.SendAsync(message, cancellationToken);
            return await ReadAsync(answer, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            return new SendOutcome.Failed(exception.Message);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Failed("no answer within 30 s");
        }
    }

    public void Dispose() => client.Dispose();

    private static HttpRequestMessage Message(string connection, WebhookRequest request)
    {
        var token = request.PathToken is { } given ? "/" + Uri.EscapeDataString(given) : "";
        var query = request.Query.Length > 0 ? "?" + request.Query : "";
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri($"/webhooks/{connection}{token}{query}", UriKind.Relative)) { Content = new ReadOnlyMemoryContent(request.Body) };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    private static async Task<SendOutcome> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (answer.IsSuccessStatusCode) return body.GetProperty("status").GetString() == "duplicate" ? new SendOutcome.Duplicate() : new SendOutcome.Accepted(body.GetProperty("id").GetString() ?? "");
        var detail = body.TryGetProperty("detail", out var given) ? given.GetString() ?? "" : "";
        return answer.StatusCode < HttpStatusCode.InternalServerError ? new SendOutcome.Refused((int)answer.StatusCode, detail) : new SendOutcome.Failed($"{(int)answer.StatusCode}: {detail}");
    }
}

/// <summary>What the hub answered to a delivery.</summary>
internal abstract record SendOutcome
{
    private SendOutcome() { }

    public sealed record Accepted(string Id) : SendOutcome;

    public sealed record Duplicate : SendOutcome;

    public sealed record Refused(int Status, string Detail) : SendOutcome;

    /// <summary>No answer, or one that asks to try again.</summary>
    public sealed record Failed(string Detail) : SendOutcome;
}
