namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>ClickFunnels 2.0: contacts, tags, opt-in forms, orders, invoices, subscriptions, bookings, courses and opportunities.</summary>
/// <remarks>
/// Hex HMAC-SHA256 of <c>{time}.{raw body}</c> under the secret's text, header <c>X-Webhook-ClickFunnels-Signature</c>; the time in Unix seconds in
/// <c>X-Webhook-ClickFunnels-Timestamp</c>, 600 s. See https://developers.myclickfunnels.com/docs/signature-verification, read 2026-11-20.
/// </remarks>
[Connector("clickfunnels", "ClickFunnels", ConnectorCategory.LeadGeneration)]
public sealed class ClickFunnelsConnector : IWebhookSource, IHydrate, IBackfill
{
    private readonly Dictionary<string, string> topicsBySpelling;
    private readonly ClickFunnelsObjects objects;
    private readonly string workspace;

    /// <summary>Creates the connector for one connection.</summary>
    public ClickFunnelsConnector(ClickFunnelsSettings settings)
    {
        Authentication = new HmacAuthentication(settings.WebhookSecret)
        {
            Header = "X-Webhook-ClickFunnels-Signature",
            Content = SignedContent.Of("{seconds:X-Webhook-ClickFunnels-Timestamp}.{body}"),
            Tolerance = TimeSpan.FromSeconds(600),
        };
        var forms = new ClickFunnelsForms(settings.ConsentField);
        objects = new ClickFunnelsObjects(forms);
        workspace = settings.WorkspaceId ?? "";
        Api = settings.Access();
        Topics = ClickFunnelsTopics.Table(forms, new ClickFunnelsDeals(settings.OpportunityCurrency));
        topicsBySpelling = Topics.ToDictionary(Spelling, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; }

    /// <inheritdoc/>
    public TopicTable Topics { get; }

    /// <summary>The event type; one that differs from a known one by a dash, an underscore or a plural is that one.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        var told = delivery.Json["event_type"].RequiredText();
        return topicsBySpelling.GetValueOrDefault(Spelling(told), told);
    }

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "event_id");

    /// <inheritdoc/>
    public Normalization Normalize(WebhookDelivery delivery)
    {
        var topic = Topic(delivery);
        return new ClickFunnelsEvent(delivery.Json).IsTest ? new Normalization.Ignored(topic, ClickFunnelsEvent.TestReason) : Topics.Normalize(topic, delivery);
    }

    /// <inheritdoc/>
    public ApiAccess? Api { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams => ClickFunnelsHistory.Streams;

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        ClickFunnelsObjects.FetchAsync(reference, api.As<IClickFunnelsApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        ClickFunnelsHistory.ReadAsync(request, workspace, api.As<IClickFunnelsApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => objects.Read(what, delivery.Json);

    // ClickFunnels itself writes one_time_order beside one-time-order, contact/applied_tag beside contacts/applied_tag, form/submission beside form_submission.
    private static string Spelling(string topic) =>
        string.Join('.', topic.Split('/', '.', '-', '_').Select(part => part.TrimEnd('s')));
}
