using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>When a fact happened, and by whose clock.</summary>
internal sealed record Moment(DateTimeOffset At, TimeBasis Basis)
{
    /// <summary>The first time told; of a body without one, when Shopify triggered the delivery; without that, the arrival.</summary>
    public static Moment Of(WebhookDelivery delivery, params ReadOnlySpan<Payload> told)
    {
        foreach (var time in told)
        {
            if (time.Time() is { } at) return new Moment(at, TimeBasis.Vendor);
        }
        return ShopifyHeaders.Optional(delivery, ShopifyHeaders.TriggeredAt) is { } triggered
            ? new Moment(PayloadText.Time(triggered, $"header {ShopifyHeaders.TriggeredAt}"), TimeBasis.Vendor)
            : new Moment(delivery.ReceivedAt, TimeBasis.Arrival);
    }

    /// <summary>The time as it stands in the key of a state.</summary>
    public override string ToString() => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
