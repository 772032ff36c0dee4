using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Ingest;

namespace IntegrationHub.Hub.Simulating;

/// <summary>Sends deliveries to a hub as the vendors would: signed at the moment of sending.</summary>
/// <param name="hub">Where the hub listens.</param>
/// <param name="publicUrl">The address by which vendors know it; null when that is the same.</param>
internal sealed class WebhookSender(Uri hub, TimeProvider time, Uri? publicUrl = null) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = hub, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signs a delivery and sends it.</summary>
    /// <param name="forge">Changes the signed request, for example to break its signature.</param>
    public async Task<SendOutcome> SendAsync(Connection connection, SimulatedDelivery delivery, CancellationToken cancellationToken, Func<WebhookRequest, WebhookRequest>? forge = null)
    {
        var source = connection.Source ?? throw new ArgumentException($"Connection '{connection.Name}' is not enabled.", nameof(connection));
        var signed = source.Authentication.Sign(new WebhookRequest { Method = "POST", Url = PublicAddress.Of(publicUrl ?? hub, Target(connection.Name, delivery.Query)), Query = delivery.Query, Headers = delivery.Headers, Body = delivery.Body, ReceivedAt = time.GetUtcNow() });
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

    /// <summary>Sends what a vendor sends before any event.</summary>
    /// <returns>Whether it was answered with success.</returns>
    public async Task<bool> ProbeAsync(Connection connection, SimulatedProbe probe, CancellationToken cancellationToken)
    {
        var request = new WebhookRequest { Method = probe.Method, Query = probe.Query, Headers = probe.Headers, Body = probe.Body, ReceivedAt = time.GetUtcNow() };
        using var message = Message(connection.Name, connection.Source?.Authentication is TokenAuthentication token ? token.Sign(request) : request);
        using var answer = await client.SendAsync(message, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public void Dispose() => client.Dispose();

    private static string Target(string path, string query) => $"/webhooks/{path}{(query.Length > 0 ? "?" + query : "")}";

    private static HttpRequestMessage Message(string connection, WebhookRequest request)
    {
        var path = request.PathToken is { } token ? $"{connection}/{Uri.EscapeDataString(token)}" : connection;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Target(path, request.Query), UriKind.Relative));
        if (request.Method is not ("GET" or "HEAD")) message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    private static async Task<SendOutcome> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return answer.Headers.TryGetValues(WebhookAnswers.StatusHeader, out var status) && status.Contains(WebhookAnswers.Duplicate, StringComparer.Ordinal) ? new SendOutcome.Duplicate() : new SendOutcome.Accepted(await TextAsync(answer, "id", cancellationToken));
        var detail = await TextAsync(answer, "detail", cancellationToken) ?? "";
        return answer.StatusCode < HttpStatusCode.InternalServerError ? new SendOutcome.Refused((int)answer.StatusCode, detail) : new SendOutcome.Failed($"{(int)answer.StatusCode}: {detail}");
    }

    // A vendor may want a body that is not the hub's own.
    private static async Task<string?> TextAsync(HttpResponseMessage answer, string name, CancellationToken cancellationToken)
    {
        try
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var given) && given.ValueKind is JsonValueKind.String ? given.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the hub answered to a delivery.</summary>
internal abstract record SendOutcome
{
    private SendOutcome() { }

    /// <param name="Id">The delivery's id; null when the vendor wants another body than the hub's own.</param>
    public sealed record Accepted(string? Id) : SendOutcome;

    public sealed record Duplicate : SendOutcome;

    public sealed record Refused(int Status, string Detail) : SendOutcome;

    /// <summary>No answer, or one that asks to try again.</summary>
    public sealed record Failed(string Detail) : SendOutcome;
}
