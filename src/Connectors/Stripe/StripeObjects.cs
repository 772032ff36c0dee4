using System.Text.Json;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Objects of the API: events, which are read like webhooks, and what a list holds, which is read as if an event had told it just now.</summary>
/// <param name="topics">Reads events.</param>
/// <param name="checkouts">Reads sessions.</param>
internal sealed class StripeObjects(TopicTable topics, StripeCheckouts checkouts)
{
    private const string Event = "event";

    // Of two tellings of a fact the earlier one counts: what the event told then, and not what has become of the object since.
    private static readonly TimeSpan BehindTheEvent = TimeSpan.FromMicroseconds(1);

    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["charge"] = "charges",
        ["checkout.session"] = "checkout/sessions",
        ["customer"] = "customers",
        ["dispute"] = "disputes",
        ["invoice"] = "invoices",
        ["payment_intent"] = "payment_intents",
        ["refund"] = "refunds",
        ["subscription"] = "subscriptions",
    };

    /// <summary>What a thin event points at: its snapshot event, which tells exactly what happened; where there is none, the object, with what only the thin event knows.</summary>
    public static Normalization Hint(string topic, Payload thin)
    {
        if (thin["snapshot_event"].Text() is { } snapshot) return Normalization.Fetch(Event, snapshot);
        var related = thin["related_object"];
        var created = thin["created"].RequiredTime().ToUnixTimeSeconds();
        return Normalization.Fetch(topic, $"{related["type"].RequiredText()}/{related["id"].RequiredText()}/{thin["id"].RequiredText()}/{created}");
    }

    /// <summary>Fetches an event; or an object, and puts it into the event that the reference names.</summary>
    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IStripeApi api, CancellationToken cancellationToken)
    {
        if (reference.ObjectType == Event) return [new VendorObject(Event, reference.ObjectId, await api.ObjectAsync("events", reference.ObjectId, cancellationToken))];
        // A discount can't be fetched on its own.
        if (reference.ObjectId.Split('/') is not [var type, var id, var told, var seconds] || !Paths.TryGetValue(type, out var path)) return [];
        var read = await api.ObjectAsync(path, id, cancellationToken);
        return [new VendorObject(reference, Snapshot(told, reference.ObjectType, long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), read))];
    }

    public Normalization Read(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        return body["object"].RequiredText() == Event ? topics.Normalize(body["type"].RequiredText(), delivery) : Held(body, delivery.ReceivedAt);
    }

    private Normalization Held(Payload held, DateTimeOffset readAt)
    {
        var type = held["object"].RequiredText();
        var told = new StripeEvent(Payload.Parse(Snapshot(held["id"].RequiredText(), type, readAt.ToUnixTimeSeconds(), held)));
        return WithOwnTimes(told, readAt, type switch
        {
            "customer" => StripeCustomers.Created(told),
            "subscription" => StripeSubscriptions.Held(told),
            "checkout.session" => checkouts.Held(told),
            "payment_intent" => StripePayments.Held(told),
            "invoice" => StripeInvoices.Held(told),
            "refund" => StripeRefunds.Refunded(told),
            _ => told.Ignored("the connector does not read such objects"),
        });
    }

    // What only an event could time is left out: an order that was placed says itself that it is paid. Not so consent, which counts as long as nothing better is known.
    private static Normalization WithOwnTimes(StripeEvent told, DateTimeOffset readAt, Normalization normalization)
    {
        if (normalization is not Normalization.Events events) return normalization;
        var facts = events.Facts.Select(fact => fact.Event switch
        {
            { OccurredAt: var at } when at != told.CreatedAt => fact with { Event = fact.Event with { OccurredAt = at + BehindTheEvent } },
            ConsentChanged consent => fact with { Event = consent with { OccurredAt = readAt, TimeBasis = TimeBasis.Arrival } },
            _ => null,
        }).OfType<Fact>().ToList();
        return facts.Count > 0 ? events with { Facts = facts } : told.Ignored("it tells nothing that has a time");
    }

    private static byte[] Snapshot(string id, string topic, long created, Payload content)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("object", Event);
            writer.WriteString("type", topic);
            writer.WriteNumber("created", created);
            writer.WriteStartObject("data");
            writer.WritePropertyName("object");
            writer.WriteRawValue(content.Raw().Span);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return output.ToArray();
    }
}
