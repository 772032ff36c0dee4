using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Writes a contact as the API and the export show it: every value with the connection, event and time it comes from.</summary>
internal sealed class ContactJson(Survivorship survivorship)
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The contact with its id and version.</summary>
    public void Write(Utf8JsonWriter writer, ContactDetails contact)
    {
        writer.WriteStartObject();
        writer.WriteString("id", contact.Row.Id);
        writer.WriteNumber("version", contact.Row.Version);
        WriteRecord(writer, contact);
        writer.WriteEndObject();
    }

    /// <summary>The contact without what depends on arrival: id, version.</summary>
    public void WriteCanonical(Utf8JsonWriter writer, ContactDetails contact)
    {
        writer.WriteStartObject();
        WriteRecord(writer, contact);
        writer.WriteEndObject();
    }

    private void WriteRecord(Utf8JsonWriter writer, ContactDetails contact)
    {
        var state = contact.Row.State;
        writer.WriteStartObject("fields");
        foreach (var (name, claim) in survivorship.Fields(state)) WriteClaim(writer, name, claim);
        writer.WriteEndObject();
        WriteIdentifiers(writer, state);
        WriteTags(writer, state);
        WriteConsent(writer, state);
        EntityJson.Write(writer, state.Orders, contact.Entities);
        WriteEngagement(writer, state.Engagement);
        WriteTime(writer, "firstSeen", state.FirstSeen);
        WriteTime(writer, "lastSeen", state.LastSeen);
        writer.WriteNumber("events", state.Events);
    }

    private static void WriteClaim(Utf8JsonWriter writer, string name, Claim claim)
    {
        writer.WriteStartObject(name);
        writer.WriteString("value", claim.Value);
        WriteProvenance(writer, claim);
        writer.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter writer, Claim claim)
    {
        writer.WriteString("connection", claim.Connection);
        writer.WriteString("eventId", claim.Stamp.EventId);
        WriteTime(writer, "occurredAt", claim.Stamp.Time);
    }

    private static void WriteIdentifiers(Utf8JsonWriter writer, ContactState state)
    {
        writer.WriteStartArray("identifiers");
        foreach (var (name, claim) in state.Identifiers)
        {
            var (kind, value, connection) = IdentityNode.Parse(name);
            writer.WriteStartObject();
            writer.WriteString("kind", Names.Of(kind));
            writer.WriteString("value", value);
            if (connection is not null) writer.WriteString("connection", connection);
            writer.WriteString("raw", claim.Value);
            writer.WriteStartObject("firstTold");
            WriteProvenance(writer, claim);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter writer, ContactState state)
    {
        writer.WriteStartArray("tags");
        foreach (var (tag, claim) in Survivorship.Tags(state))
        {
            writer.WriteStartObject();
            writer.WriteString("value", tag);
            WriteProvenance(writer, claim);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteConsent(Utf8JsonWriter writer, ContactState state)
    {
        writer.WriteStartObject("consent");
        foreach (var (channel, claim) in state.Consent)
        {
            writer.WriteStartObject(channel);
            writer.WriteString("state", claim.Value);
            WriteProvenance(writer, claim);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        if (state.Suppression is not { } suppression) return;
        writer.WriteStartObject("suppression");
        writer.WriteString("reason", suppression.Value);
        WriteProvenance(writer, suppression);
        writer.WriteEndObject();
    }

    private static void WriteEngagement(Utf8JsonWriter writer, Engagement engagement)
    {
        writer.WriteStartObject("engagement");
        writer.WriteNumber("sent", engagement.Sent);
        writer.WriteNumber("opened", engagement.Opened);
        writer.WriteNumber("clicked", engagement.Clicked);
        writer.WriteNumber("bounced", engagement.Bounced);
        writer.WriteEndObject();
    }

    internal static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known) writer.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"));
        else writer.WriteNull(name);
    }

    internal static void WriteMoney(Utf8JsonWriter writer, string name, Money? money)
    {
        if (money is null) return;
        writer.WriteStartObject(name);
        writer.WriteString("amount", Connectors.Amounts.Write(money.Amount, money.Currency));
        writer.WriteString("currency", money.Currency);
        writer.WriteEndObject();
    }
}
