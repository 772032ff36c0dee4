namespace IntegrationHub.Connectors.Typeform;

/// <summary>Forms, surveys and quizzes of Typeform. One webhook holds one whole response: the form's definition and the answers.</summary>
/// <remarks>
/// Signature: base64 HMAC-SHA256 of the raw body after <c>sha256=</c>, header <c>Typeform-Signature</c>, no time.
/// See https://www.typeform.com/developers/webhooks/secure-your-webhooks/.
/// </remarks>
[Connector("typeform", "Typeform", ConnectorCategory.Forms)]
public sealed class TypeformConnector(TypeformSettings settings) : IWebhookSource
{
    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Typeform-Signature",
        Encoding = SignatureEncoding.Base64,
        Prefix = "sha256=",
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = ReadBy(new TypeformResponses(settings));

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["event_type"].RequiredText();

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "event_id");

    private static TopicTable ReadBy(TypeformResponses responses) => new()
    {
        { "form_response", responses.Complete },
        { "form_response_partial", responses.Partial },
    };
}
