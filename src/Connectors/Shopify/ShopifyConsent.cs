using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Consent to marketing, by e-mail and by text message. Shopify leaves <c>consent_updated_at</c> as it is while the state stays the same.</summary>
internal static class ShopifyConsent
{
    public static Normalization Email(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var identifiers = new IdentifierList();
        // In the API it is part of the customer.
        var id = ShopifyIds.Required(body["customer_id"], body["id"]);
        identifiers.AddEmail(body["email_address"]);
        identifiers.AddEmail(body["email"]);
        return Read(delivery, body["email_marketing_consent"], ConsentChannel.Email, id, identifiers);
    }

    /// <summary>The topic does not say so, but it is about text messages; the customer's id is plain <c>id</c> here.</summary>
    public static Normalization Sms(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var identifiers = new IdentifierList();
        var id = ShopifyIds.Required(body["id"], body["customer_id"]);
        identifiers.AddPhone(body["phone"]);
        return Read(delivery, body["sms_marketing_consent"], ConsentChannel.Sms, id, identifiers);
    }

    private static Normalization Read(WebhookDelivery delivery, Payload consent, ConsentChannel channel, string id, IdentifierList others)
    {
        if (StateOf(consent["state"]) is not { } state)
            return new Normalization.Ignored(delivery.Header(ShopifyHeaders.Topic), "the state says neither yes nor no");
        var moment = Moment.Of(delivery, consent["consent_updated_at"]);
        var person = new Person { Identifiers = [Identifier.Customer(id), .. others.ToList()] };
        var source = ShopifyHeaders.Source(delivery, "customer", id, $"customers/{id}");
        var key = $"customers/{id}/{channel.ToString().ToLowerInvariant()}_consent/{state.ToString().ToLowerInvariant()}/{(moment.Basis is TimeBasis.Arrival ? "undated" : moment)}";
        var changed = new ConsentChanged
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = person,
            Source = source,
            Channel = channel,
            State = state,
            Basis = Basis(consent),
        };
        List<Fact> facts = [new(key, changed)];
        if (channel is ConsentChannel.Email && state is ConsentState.Granted)
            facts.Add(new Fact($"{key}/subscribed", new EmailSubscribed { OccurredAt = moment.At, TimeBasis = moment.Basis, Person = person, Source = source }));
        if (channel is ConsentChannel.Email && state is ConsentState.Withdrawn)
            facts.Add(new Fact($"{key}/unsubscribed", new EmailUnsubscribed { OccurredAt = moment.At, TimeBasis = moment.Basis, Person = person, Source = source }));
        return Normalization.Of(facts);
    }

    // not_subscribed is how every customer begins: it is no refusal, and would outvote a consent given in another tool.
    private static ConsentState? StateOf(Payload state) => state.Text()?.ToLowerInvariant() switch
    {
        "subscribed" => ConsentState.Granted,
        "pending" => ConsentState.Pending,
        "unsubscribed" => ConsentState.Withdrawn,
        null or "not_subscribed" or "redacted" or "invalid" => null,
        _ => throw state.Not("a state of consent that is known"),
    };

    private static string? Basis(Payload consent) =>
        (consent["opt_in_level"].Text()?.ToLowerInvariant(), consent["consent_collected_from"].Text()) switch
        {
            ({ } level, { } from) => $"{level}, {from}",
            var (level, from) => level ?? from,
        };
}
