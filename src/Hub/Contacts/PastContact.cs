using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>A contact as it was at a past moment, worked out from the events and decisions that count for it. See decision 0009.</summary>
internal sealed class PastContact
{
    private readonly AsOf asOf;
    private readonly ContactJson json;
    private readonly EventClosure closure;
    private readonly Part contact;
    private readonly IReadOnlyList<Part> separate;

    private PastContact(AsOf asOf, ContactJson json, EventClosure closure, Part contact, IReadOnlyList<Part> separate)
    {
        this.asOf = asOf;
        this.json = json;
        this.closure = closure;
        this.contact = contact;
        this.separate = separate;
    }

    /// <summary>Works out what a contact was. An id that was merged since means the person it stood for.</summary>
    /// <returns>The contact, or null when there was nothing of it.</returns>
    public static PastContact? Find(DbSession session, HubConfiguration configuration, ContactOrigin origin, AsOf asOf)
    {
        var book = new DecisionBook([.. session.AllDecisions().Where(asOf.Counts)]);
        var rulings = new Rulings(configuration.Identity.Limits, book.Links);
        var closure = new EventClosure(session, new IdentityRules(configuration), rulings, book.Blocks, asOf.Counts);
        closure.Gather([origin.BornOf, .. session.NodesOfContact(origin.ContactKey)]);
        var people = closure.Fold(rulings);
        int Share(FoldedPerson person) => person.Events.Count(contactEvent => closure.Row(contactEvent).ContactKey == origin.ContactKey);
        var parts = people.Where(person => Share(person) > 0).OrderByDescending(Share).ThenBy(person => person.Nodes[0], StringComparer.Ordinal).ToList();
        var chosen = people.FirstOrDefault(person => person.Nodes.Contains(origin.BornOf)) ?? parts.FirstOrDefault();
        if (chosen is null) return null;
        return new PastContact(asOf, new ContactJson(new Survivorship(configuration.Identity, book)), closure, new Part(origin.Id, origin.Version, chosen),
            [.. parts.Where(person => person != chosen).Select(person => session.FindOrigin(origin, person.Nodes) is { } other ? new Part(other.Id, other.Version, person) : new Part(null, 0, person))]);
    }

    /// <summary>The contact in its usual shape, and what is one contact with it today and was not then. Id and version are today's.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer, contact);
        ContactJson.WriteTime(writer, "asOf", asOf.Moment);
        writer.WriteString("by", asOf.By);
        writer.WriteStartArray("separateThen");
        foreach (var part in separate)
        {
            writer.WriteStartObject();
            WriteMembers(writer, part);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What had happened, the latest first by vendor time.</summary>
    /// <param name="before">Position of the last entry already shown; null for the start.</param>
    public List<TimelineEntry> Timeline(int limit, (long OccurredAt, long EventKey)? before) =>
        [.. contact.Person.Events.Select(contactEvent => new TimelineEntry(closure.Row(contactEvent).Key, contactEvent.GetType().Name, contactEvent))
            .Where(entry => before is not { } last || Position(entry).CompareTo(last) < 0).OrderByDescending(Position).Take(limit)];

    private void WriteMembers(Utf8JsonWriter writer, Part part)
    {
        if (part.Id is { } id)
        {
            writer.WriteString("id", id);
            writer.WriteNumber("version", part.Version);
        }
        json.WriteRecord(writer, new ContactDetails(new ContactRow(0, part.Id ?? Guid.Empty, part.Version, part.Person.State), part.Person.Entities));
    }

    private static (long, long) Position(TimelineEntry entry) => (entry.Event.OccurredAt.ToDb(), entry.EventKey);

    private sealed record Part(Guid? Id, long Version, FoldedPerson Person);
}
