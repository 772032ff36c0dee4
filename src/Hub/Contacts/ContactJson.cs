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

    /// <summary>The members of the contact that its events and decisions make.</summary>
    public void WriteRecord(Utf8JsonWriter writer, ContactDetails contact)
    {
        var state = contact.Row.State;
        var fields = survivorship.Fields(state).ToList();
        writer.WriteStartObject("fields");
        foreach (var (name, claim) in fields) WriteClaim(writer, name, claim);
        writer.WriteEndObject();
        WriteIdentifiers(writer, "identifiers", Survivorship.Identifiers(state, former: false));
        WriteIdentifiers(writer, "formerIdentifiers", Survivorship.Identifiers(state, former: true));
        WriteUnlinked(writer, state);
        WriteAddresses(writer, state);
        WriteTags(writer, state);
        WriteConsent(writer, state);
        EntityJson.Write(writer, state.Orders, contact.Entities);
        WriteEngagement(writer, state.Engagement, BestHour.Of(state, fields.Find(field => field.Name == "timeZone").Claim?.Value));
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

    private static void WriteProvenance(Utf8JsonWriter writer, Claim claim) => WriteProvenance(writer, claim.Connection, claim.Stamp);

    private static void WriteProvenance(Utf8JsonWriter writer, string connection, Stamp stamp)
    {
        writer.WriteString("connection", connection);
        writer.WriteString("eventId", stamp.EventId);
        WriteTime(writer, "occurredAt", stamp.Time);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    private static void WriteIdentifiers(Utf8JsonWriter writer, string member, IEnumerable<(string Name, Claim First)> identifiers)
    {
        writer.WriteStartArray(member);
        foreach (var (name, claim) in identifiers)
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

    private void WriteUnlinked(Utf8JsonWriter writer, ContactState state)
    {
        writer.WriteStartArray("unlinkedValues");
        foreach (var (claim, reason) in survivorship.Unlinked(state))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Names.Of(claim.Kind));
            writer.WriteString("value", claim.Value);
            writer.WriteString("reason", reason);
            WriteProvenance(writer, claim.Connection, claim.Stamp);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAddresses(Utf8JsonWriter writer, ContactState state)
    {
        writer.WriteStartArray("addresses");
        foreach (var address in Survivorship.Addresses(state))
        {
            writer.WriteStartObject();
            WriteText(writer, "street", address.Street);
            WriteText(writer, "city", address.City);
            WriteText(writer, "region", address.Region);
            WriteText(writer, "postalCode", address.PostalCode);
            WriteText(writer, "country", address.Country);
            WriteProvenance(writer, address.Connection, address.Stamp);
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
        foreach (var (channel, claim) in Survivorship.Consent(state))
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

    private static void WriteEngagement(Utf8JsonWriter writer, Engagement engagement, BestHour? bestHour)
    {
        writer.WriteStartObject("engagement");
        writer.WriteNumber("sent", engagement.Sent);
        writer.WriteNumber("opened", engagement.Opened);
        writer.WriteNumber("clicked", engagement.Clicked);
        writer.WriteNumber("bounced", engagement.Bounced);
        if (bestHour is null)
        {
            writer.WriteNull("bestHour");
        }
        else
        {
            writer.WriteStartObject("bestHour");
            writer.WriteNumber("hour", bestHour.Hour);
            writer.WriteString("timeZone", bestHour.TimeZone);
            writer.WriteNumber("opens", bestHour.Opens);
            writer.WriteNumber("of", bestHour.InAll);
            writer.WriteEndObject();
        }
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
