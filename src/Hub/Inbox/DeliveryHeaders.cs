using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Which headers of a request are stored.</summary>
internal static class DeliveryHeaders
{
    /// <summary>Those that the connector reads, and what kind of body it is.</summary>
    public static Dictionary<string, string> Kept(IWebhookSource source, WebhookRequest request)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in source.KeptHeaders.Append("Content-Type"))
        {
            if (request.Header(header) is { } value) kept[header] = value;
        }
        if (request.Path is { } path) kept[WebhookDelivery.PathHeader] = path;
        return kept;
    }
}
