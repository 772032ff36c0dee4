using System.Text;
using IntegrationHub.Bench.Baselines;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Ingest;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Deliveries as the bytes of requests, signed and ready to be sent.</summary>
internal static class RequestBytes
{
    /// <summary>Signs a delivery, now, and lays it out.</summary>
    /// <param name="added">A proof besides the tool's own, for servers that do not know the tool.</param>
    public static byte[] Of(Connection connection, SimulatedDelivery delivery, PlainProof? added = null)
    {
        var source = connection.Source ?? throw new ArgumentException($"Connection '{connection.Name}' is not enabled.", nameof(connection));
        var request = source.Authentication.Sign(new WebhookRequest
        {
            Method = "POST",
            Url = PublicAddress.Of(ConnectorsFile.PublicUrl, $"/webhooks/{connection.Name}{(delivery.Query.Length > 0 ? "?" + delivery.Query : "")}"),
            Query = delivery.Query,
            Headers = delivery.Headers,
            Body = delivery.Body,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        });
        var head = new StringBuilder().Append("POST /webhooks/").Append(connection.Name);
        if (request.PathToken is { } token) head.Append('/').Append(Uri.EscapeDataString(token));
        if (request.Query.Length > 0) head.Append('?').Append(request.Query);
        head.Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        foreach (var (name, value) in request.Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (added is not null) head.Append(added.Header).Append(": ").Append(added.Sign(request.Body.Span)).Append("\r\n");
        head.Append("Content-Length: ").Append(request.Body.Length).Append("\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. request.Body.Span];
    }
}
