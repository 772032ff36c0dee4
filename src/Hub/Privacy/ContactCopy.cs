using System.Text.Json;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Everything that is held of a person: the record with where each value comes from, all events, what the tools sent, and what was decided.</summary>
internal sealed record ContactCopy(ContactDetails Contact, IReadOnlyList<Guid> FormerIds, IReadOnlyList<TimelineEntry> Events, IReadOnlyList<(StoredDelivery Delivery, IReadOnlyList<Guid> Told)> Deliveries, IReadOnlyList<StoredDecision> Decisions)
{
    /// <summary>The copy of a contact, or of the one that took it in; null when there is none.</summary>
    public static ContactCopy? Read(DbSession session, Guid contactId)
    {
        if (session.ContactById(contactId) is not { } contact) return null;
        var nodes = session.NodeNamesOf(contact.Row.Key).ToHashSet(StringComparer.Ordinal);
        var events = session.Timeline(contact.Row.Key, int.MaxValue, null);
        var told = events.SelectMany(entry => session.DeliveriesOf(entry.EventKey).Select(delivery => (Delivery: delivery, entry.Event.EventId))).ToLookup(pair => pair.Delivery, pair => pair.EventId);
        return new ContactCopy(
            contact,
            [.. session.FormerIdsOf(contact.Row.Key)],
            events,
            [.. told.OrderBy(delivery => delivery.Key).Select(delivery => (InboxStore.Find(session, delivery.Key), (IReadOnlyList<Guid>)[.. delivery])).Where(found => found.Item1 is not null).Select(found => (found.Item1!, found.Item2))],
            [.. session.AllDecisions().Where(made => made.Decision.Nodes.Any(nodes.Contains))]);
    }

    public void Write(Utf8JsonWriter writer, ContactJson json)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("contact");
        json.Write(writer, Contact);
        writer.WriteStartArray("formerIds");
        foreach (var id in FormerIds) writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteStartArray("events");
        foreach (var entry in Events) TimelineJson.Write(writer, entry);
        writer.WriteEndArray();
        writer.WriteStartArray("deliveries");
        foreach (var (delivery, told) in Deliveries) Write(writer, delivery, told);
        writer.WriteEndArray();
        writer.WriteStartArray("decisions");
        foreach (var made in Decisions) DecisionEndpoints.Write(writer, made);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, StoredDelivery delivery, IReadOnlyList<Guid> told)
    {
        writer.WriteStartObject();
        writer.WriteString("id", delivery.Id.ToString());
        writer.WriteString("connection", delivery.Connection);
        ContactJson.WriteTime(writer, "receivedAt", delivery.ReceivedAt);
        DeliveryEndpoints.WriteContent(writer, delivery);
        writer.WriteStartArray("events");
        foreach (var eventId in told) writer.WriteStringValue(eventId);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
