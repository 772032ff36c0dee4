using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>One webhook: the envelope, and what it holds.</summary>
internal sealed class MindbodyEvent
{
    public MindbodyEvent(WebhookDelivery delivery)
    {
        Topic = delivery.Json["eventId"].RequiredText();
        At = delivery.Json["eventInstanceOriginationDateTime"].RequiredTime();
        Body = delivery.Json["eventData"];
        Site = new MindbodySite(Body["siteId"].RequiredId());
    }

    public string Topic { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; }

    public Payload Body { get; }

    public MindbodySite Site { get; }

    /// <summary>Whom a booking, sale or contract names: by both ids as far as they are told, and by the address.</summary>
    public Person Client() => new()
    {
        Identifiers = Site.Identifiers(Body["clientUniqueId"].Id(), Body["clientId"].Id(), Body["clientEmail"].Text()),
        FirstName = Body["clientFirstName"].Text(),
        LastName = Body["clientLastName"].Text(),
    };

    public Normalization.Ignored Ignored(string reason) => new(Topic, reason);
}
