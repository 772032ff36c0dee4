using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Normalization;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Who told an identifier of a contact, how it was spelt, and whether it links; if not, why.</summary>
internal sealed class IdentifierExplanation
{
    private const int ShownEvents = 5;

    private readonly string name;
    private readonly IReadOnlyList<ContactEvent> events;
    private readonly IReadOnlyList<string> spellings;
    private readonly IdentifierStanding standing;
    private readonly IReadOnlyList<(RefusedTieRow Tie, Evidence? Said)> refused;
    private readonly bool links;

    private IdentifierExplanation(string name, IReadOnlyList<ContactEvent> events, IReadOnlyList<string> spellings, IdentifierStanding standing, bool links, IReadOnlyList<(RefusedTieRow, Evidence?)> refused)
    {
        this.name = name;
        this.events = events;
        this.spellings = spellings;
        this.standing = standing;
        this.links = links;
        this.refused = refused;
    }

    /// <param name="identifier">As someone asks for it.</param>
    /// <param name="connection">The connection within which it counts; empty where it counts everywhere.</param>
    /// <returns>The explanation, or null when no event of the contact names it.</returns>
    public static IdentifierExplanation? Of(DbSession session, ContactStory story, Identifier identifier, string connection)
    {
        var node = story.Rules.Node(identifier, connection);
        bool IsMeant(Identifier told, string by) => node is null ? IsSameText(told, identifier) && (connection.Length == 0 || by == connection) : story.Rules.Node(told, by)?.Name == node.Name;
        var events = story.Events.Where(contactEvent => contactEvent.Person.Identifiers.Any(told => IsMeant(told, contactEvent.Connection)))
            .OrderBy(contactEvent => new FirstSaid(Stamp.Of(contactEvent).At, contactEvent.EventId)).ToList();
        if (events.Count == 0) return null;
        var spellings = events.SelectMany(contactEvent => contactEvent.Person.Identifiers.Where(told => IsMeant(told, contactEvent.Connection))).Select(told => told.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var standing = node is null
            ? new IdentifierStanding(null, WhyNobody(identifier, events[0].Connection, story.Configuration), null, [])
            : IdentifierStanding.Of(session, node.Name, story.Configuration);
        var refused = standing.Refused.Select(tie => (tie, session.FindEvent(tie.EventId) is { } row ? Evidence.Of(row.Read()) : null)).ToList();
        return new IdentifierExplanation(node?.Name ?? $"{Names.Of(identifier.Kind)}:{identifier.Value}", events, spellings, standing, standing.ContactId == story.Contact.Row.Id, refused);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("identifier", name);
        writer.WriteBoolean("links", links);
        writer.WriteString("why", Why);
        if (standing.ContactId is { } owner) writer.WriteString("contact", owner);
        if (standing.Block is { } block)
        {
            writer.WritePropertyName("decision");
            Evidence.Of(block).Write(writer);
        }
        writer.WritePropertyName("firstTold");
        Evidence.Of(events[0]).Write(writer);
        writer.WriteStartObject("events");
        writer.WriteNumber("count", events.Count);
        writer.WriteStartArray("items");
        foreach (var contactEvent in events.Take(ShownEvents)) Evidence.Of(contactEvent).Write(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("raw");
        foreach (var spelling in spellings) writer.WriteStringValue(spelling);
        writer.WriteEndArray();
        WriteRefused(writer);
        writer.WriteEndObject();
    }

    /// <summary>The same for people to read.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{name} {(links ? "is of this contact" : "does not link here")}: {Why}.");
        text.AppendLine($"  first told by {Evidence.Of(events[0])}; told by {events.Count} {(events.Count == 1 ? "event" : "events")} in all.");
        text.AppendLine($"  written {string.Join(", ", spellings.Select(spelling => $"\"{spelling}\""))}.");
        foreach (var (tie, said) in refused) text.AppendLine($"  its tie to {(tie.One == name ? tie.Other : tie.One)}{(said is null ? "" : $", told by {said},")} was refused: {tie.Reason}.");
        return text.ToString();
    }

    private string Why => links ? "its events name it" : standing.Why ?? "it belongs to another contact, and the tie that would join the two was refused";

    private void WriteRefused(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("refused");
        foreach (var (tie, said) in refused)
        {
            writer.WriteStartObject();
            writer.WriteString("one", tie.One);
            writer.WriteString("other", tie.Other);
            writer.WriteString("why", tie.Reason);
            said?.WriteMembers(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static bool IsSameText(Identifier told, Identifier asked) =>
        told.Kind == asked.Kind && string.Equals(told.Value.Trim(), asked.Value.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string WhyNobody(Identifier identifier, string connection, HubConfiguration configuration)
    {
        string? value = identifier.Value.Trim();
        if (identifier.Kind is IdentifierKind.Email) value = EmailAddress.TryNormalize(identifier.Value, configuration.Identity.Emails, out var email) ? email : null;
        if (identifier.Kind is IdentifierKind.Phone)
        {
            var read = PhoneNumber.Read(identifier.Value, configuration.Connections.GetValueOrDefault(connection)?.Settings?.DefaultCountry);
            if (read is PhoneResult.HasExtension) return "it has an extension, and the line belongs to everybody behind it";
            value = (read as PhoneResult.Number)?.E164;
        }
        if (string.IsNullOrEmpty(value)) return "it is not valid";
        return BuiltInBlocklist.Blocks(identifier.Kind, value) is { } phrase ? $"a built-in rule blocks it: {phrase}" : "the connectors file blocks it";
    }
}
