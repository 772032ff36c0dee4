namespace IntegrationHub.Connectors.Typeform;

/// <summary>Forms, surveys and quizzes of Typeform. One webhook holds one whole response: the form's definition and the answers. The API tells the same of responses that were given before.</summary>
/// <remarks>
/// Signature: base64 HMAC-SHA256 of the raw body after <c>sha256=</c>, header <c>Typeform-Signature</c>, no time.
/// See https://www.typeform.com/developers/webhooks/secure-your-webhooks/.
/// </remarks>
[Connector("typeform", "Typeform", ConnectorCategory.Forms)]
public sealed class TypeformConnector(TypeformSettings settings) : IWebhookSource, IBackfill
{
    private readonly TypeformResponses responses = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Typeform-Signature",
        Encoding = SignatureEncoding.Base64,
        Prefix = "sha256=",
    };

    /// <inheritdoc/>
    public TopicTable Topics => field ??= new TopicTable
    {
        { "form_response", delivery => responses.Complete(delivery.Json["form_response"], delivery) },
        { "form_response_partial", delivery => responses.Partial(delivery.Json["form_response"], delivery) },
    };

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = settings.PartialResponses ? [TypeformHistory.Responses, TypeformHistory.PartialResponses] : [TypeformHistory.Responses];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["event_type"].RequiredText();

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "event_id");

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new TypeformHistory(settings.Forms, api.As<ITypeformApi>()).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) =>
        what.ObjectType == TypeformHistory.Partial ? responses.Partial(delivery.Json, delivery) : responses.Complete(delivery.Json, delivery);
}
