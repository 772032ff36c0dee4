using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Acme;

/// <summary>Acme: hex HMAC-SHA256 of the raw body in <c>X-Acme-Signature</c>, no time. See docs.acme.example, read on the day you read it.</summary>
[Connector("acme", "Acme", ConnectorCategory.Forms)]
public sealed class AcmeConnector(AcmeSettings settings) : IWebhookSource
{
    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret) { Header = "X-Acme-Signature" };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = new()
    {
        { "signup.created", Observed },
        { "signup.updated", Observed },
        { "page.published", "a page, not a person" },
    };

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["topic"].RequiredText();

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "delivery");

    private static Normalization Observed(WebhookDelivery delivery)
    {
        var signup = delivery.Json["signup"];
        var (id, at) = (signup["id"].RequiredId(), signup["updated_at"].RequiredTime());
        List<Identifier> identifiers = [Identifier.Customer(id)];
        if (signup["email"].Text() is { } email) identifiers.Add(Identifier.Email(email));
        if (signup["phone"].Text() is { } phone) identifiers.Add(Identifier.Phone(phone));
        return Normalization.Of($"signups/{id}/state/{at:yyyy-MM-dd'T'HH:mm:ss'Z'}", new ContactObserved
        {
            OccurredAt = at,
            Person = new Person { Identifiers = identifiers, FirstName = signup["first_name"].Text(), LastName = signup["last_name"].Text() },
            Source = new SourceReference { ObjectType = "signup", ObjectId = id },
        });
    }
}
