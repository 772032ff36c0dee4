namespace IntegrationHub.Connectors.Stripe;

/// <summary>
/// Stripe: hex HMAC-SHA256 of "{t}.{raw body}" under the whole secret text, header Stripe-Signature "t=…,v1=…[,v1=…]", 300 s.
/// See https://docs.stripe.com/webhooks and EventUtility.cs of https://github.com/stripe/stripe-dotnet.
/// </summary>
[Connector("stripe", "Stripe", ConnectorCategory.Payment)]
public sealed class StripeConnector(StripeSettings settings) : IWebhookSource
{
    private readonly bool liveModeOnly = settings.LiveModeOnly;

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Stripe-Signature",
        Layout = SignatureLayout.Timestamped,
        Tolerance = TimeSpan.FromSeconds(300),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = StripeTopics.Table(new StripeCheckouts(settings.ClientReferenceIsUserId));

    /// <summary>The event's type. A thin event of an API v1 object is called like its snapshot event with <c>v1.</c> before it, which is left out.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        var type = delivery.Json["type"].RequiredText();
        return StripeEvent.IsThin(delivery.Json) && type.StartsWith("v1.", StringComparison.Ordinal) ? type[3..] : type;
    }

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "id");

    /// <inheritdoc/>
    public Normalization Normalize(WebhookDelivery delivery)
    {
        var topic = Topic(delivery);
        if (liveModeOnly && delivery.Json["livemode"].Flag() is false)
            return new Normalization.Ignored(topic, "it is no live event, and the setting liveModeOnly is on");
        return StripeEvent.IsThin(delivery.Json) && Topics.Understood.Contains(topic, StringComparer.Ordinal)
            ? StripeEvent.Hydration(delivery.Json)
            : Topics.Normalize(topic, delivery);
    }
}
