namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>ClickFunnels Classic (1.0): opt-ins and purchases of its funnels. The newer product is another connector.</summary>
/// <remarks>
/// It has no secret. Its header <c>X-Clickfunnels-Webhook-Delivery-Id</c> is the MD5 of address and body: whoever knows the address can work it out, so it
/// proves nothing that the token in the address does not. See https://github.com/adamlove01/clickfunnels-webhooks-sendy-api, read 2026-11-20.
/// </remarks>
[Connector("clickfunnels-classic", "ClickFunnels Classic", ConnectorCategory.LeadGeneration, ProbePath = "/funnel_webhooks/test")]
public sealed class ClickFunnelsClassicConnector(ClickFunnelsClassicSettings settings) : IWebhookSource
{
    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new TokenAuthentication(settings.WebhookToken);

    /// <inheritdoc/>
    public TopicTable Topics { get; } = new()
    {
        { "contact_created", delivery => ClassicContacts.OptedIn(new ClassicEvent(delivery.Json)) },
        { "contact_updated", delivery => ClassicContacts.Changed(new ClassicEvent(delivery.Json)) },
        { "purchase_created", delivery => ClassicPurchases.Seen(new ClassicEvent(delivery.Json)) },
        { "purchase_updated", delivery => ClassicPurchases.Seen(new ClassicEvent(delivery.Json)) },
    };

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => new ClassicEvent(delivery.Json).Topic;

    /// <summary>There is no id of the delivery; a repeated one has the same body.</summary>
    public string? DeliveryId(WebhookRequest request) => null;
}
