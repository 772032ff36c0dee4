using System.Text.Json;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Contacts;

/// <summary>What a person may want to decide: ties that were refused, and values that come together with too many people.</summary>
internal static class ReviewQueue
{
    private const int MaxItems = 1000;

    /// <returns>How many items were written.</returns>
    public static int Write(Utf8JsonWriter writer, DbSession session)
    {
        var ties = session.Query(
            """
            select tie.one, tie.other, tie.reason, tie.event_id, a.contact_id, b.contact_id
            from refused_tie tie
                left join node one on one.name = tie.one left join contact a on a.contact_key = one.contact_key
                left join node other on other.name = tie.other left join contact b on b.contact_key = other.contact_key
            order by tie.one, tie.other limit $limit
            """,
            row => (One: row.GetString(0), Other: row.GetString(1), Reason: row.GetString(2), Event: row.Id(3), Contacts: new[] { OptionalId(row, 4), OptionalId(row, 5) }), ("$limit", MaxItems));
        foreach (var tie in ties) WriteTie(writer, tie.One, tie.Other, tie.Reason, tie.Event, tie.Contacts);
        var shared = session.Query(
            "select name, people, counted, (select count(*) from mention where mention.name = shared_value.name) from shared_value order by people desc, name limit $limit",
            row => (Name: row.GetString(0), People: row.GetInt64(1), Counted: row.GetString(2), Events: row.GetInt64(3)), ("$limit", MaxItems));
        foreach (var value in shared) WriteShared(writer, value.Name, value.People, value.Counted, value.Events);
        return ties.Count + shared.Count;
    }

    private static void WriteTie(Utf8JsonWriter writer, string one, string other, string reason, Guid eventId, Guid?[] contacts)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "refused_tie");
        writer.WriteString("one", one);
        writer.WriteString("other", other);
        writer.WriteString("reason", reason);
        writer.WriteString("eventId", eventId);
        writer.WriteStartArray("contacts");
        foreach (var contact in contacts.OfType<Guid>().Distinct()) writer.WriteStringValue(contact);
        writer.WriteEndArray();
        writer.WriteString("suggestion", "cannot_link");
        writer.WriteString("impact", "must_link would make these contacts one; cannot_link keeps them apart for good");
        writer.WriteEndObject();
    }

    private static void WriteShared(Utf8JsonWriter writer, string name, long people, string counted, long events)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "shared_value");
        writer.WriteString("value", name);
        writer.WriteString("reason", $"it comes together with {people} {counted}");
        writer.WriteNumber("events", events);
        writer.WriteString("suggestion", "block_value");
        writer.WriteString("impact", "it joins nobody as it is; block_value keeps it so, whatever comes");
        writer.WriteEndObject();
    }

    private static Guid? OptionalId(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Id(column);
}
