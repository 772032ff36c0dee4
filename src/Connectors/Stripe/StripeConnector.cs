namespace IntegrationHub.Connectors.Stripe;

/// <summary>
/// Stripe: hex HMAC-SHA256 of "{t}.{raw body}" under the whole secret text, header Stripe-Signature "t=…,v1=…[,v1=…]", 300 s.
/// See https://docs.stripe.com/webhooks and EventUtility.cs of https://github.com/stripe/stripe-dotnet.
/// </summary>
[Connector("stripe", "Stripe", ConnectorCategory.Payment)]
public sealed class StripeConnector : IWebhookSource, IHydrate, IBackfill
{
    private readonly bool liveModeOnly;
    private readonly StripeObjects objects;
    private readonly StripeHistory history;

    /// <summary>A connection.</summary>
    public StripeConnector(StripeSettings settings)
    {
        liveModeOnly = settings.LiveModeOnly;
        Authentication = new HmacAuthentication(settings.WebhookSecret)
        {
            Header = "Stripe-Signature",
            Layout = SignatureLayout.Timestamped,
            Tolerance = TimeSpan.FromSeconds(300),
        };
        var checkouts = new StripeCheckouts(settings.ClientReferenceIsUserId);
        Topics = StripeTopics.Table(checkouts);
        objects = new StripeObjects(Topics, checkouts);
        history = new StripeHistory(Topics);
        Api = settings.Access();
    }

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; }

    /// <inheritdoc/>
    public TopicTable Topics { get; }

    /// <inheritdoc/>
    public ApiAccess? Api { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams => StripeHistory.Streams;

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
        if (IsUnwanted(delivery)) return new Normalization.Ignored(topic, "it is no live event, and the setting liveModeOnly is on");
        return StripeEvent.IsThin(delivery.Json) && Topics.Understood.Contains(topic, StringComparer.Ordinal)
            ? StripeObjects.Hint(topic, delivery.Json)
            : Topics.Normalize(topic, delivery);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        StripeObjects.FetchAsync(reference, api.As<IStripeApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        history.ReadAsync(request, api.As<IStripeApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) =>
        IsUnwanted(delivery) ? new Normalization.Ignored(what.ObjectType, "it is of test mode, and the setting liveModeOnly is on") : objects.Read(delivery);

    private bool IsUnwanted(WebhookDelivery delivery) => liveModeOnly && delivery.Json["livemode"].Flag() is false;
}
