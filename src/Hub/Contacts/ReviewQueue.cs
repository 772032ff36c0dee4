using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Contacts;

/// <summary>What a person may want to decide: ties that were refused, and values that come together with too many people; each with what speaks for it, a decision to make, and what that would do.</summary>
internal sealed class ReviewQueue(DbSession session, HubConfiguration configuration)
{
    public const string RefusedTie = "refused_tie";
    public const string SharedValue = "shared_value";

    private const int ExamplesOfValue = 3;

    private readonly ReviewImpact impact = new(session, configuration);

    /// <summary>Writes a page.</summary>
    /// <param name="kind"><see cref="RefusedTie"/>, <see cref="SharedValue"/>, or null for both.</param>
    /// <param name="after">Position of the last item already shown: of ties 0 and the keys of both nodes, of values 1, the node's key and 0.</param>
    /// <returns>Position of the last item when there are more; else null.</returns>
    public long[]? Write(Utf8JsonWriter writer, string? kind, int limit, long[] after)
    {
        var (isValue, one, other) = after is [var list, var first, var second] ? (list == 1, first, second) : (false, 0, 0);
        var ties = isValue || kind is SharedValue ? [] : Ties(limit + 1, one, other);
        foreach (var tie in ties.Take(limit)) Write(writer, tie);
        if (ties.Count > limit) return [0, ties[limit - 1].OneKey, ties[limit - 1].OtherKey];
        if (kind is RefusedTie) return null;
        var room = limit - ties.Count;
        var values = Values(room + 1, isValue ? one : 0);
        foreach (var value in values.Take(room)) Write(writer, value);
        if (values.Count <= room) return null;
        return room > 0 ? [1, values[room - 1].NodeKey, 0] : [0, ties[^1].OneKey, ties[^1].OtherKey];
    }

    private List<Tie> Ties(int limit, long one, long other) => session.Query(
        """
        select tie.group_key, tie.one, tie.other, tie.reason, tie.event_id, one.node_key, other.node_key
        from refused_tie tie join node one on one.name = tie.one join node other on other.name = tie.other
        where (one.node_key, other.node_key) > ($one, $other) and not exists (
            select 1 from refused_tie back where back.group_key = tie.group_key and back.one = tie.other and back.other = tie.one and back.one < back.other)
        order by one.node_key, other.node_key limit $limit
        """,
        row => new Tie(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Id(4), row.GetInt64(5), row.GetInt64(6)),
        ("$one", one), ("$other", other), ("$limit", limit));

    private List<Value> Values(int limit, long after) => session.Query(
        """
        select shared_value.name, (select count(*) from mention where mention.name = shared_value.name), node_key
        from shared_value join node on node.name = shared_value.name where node_key > $after order by node_key limit $limit
        """, row => new Value(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ("$after", after), ("$limit", limit));

    private void Write(Utf8JsonWriter writer, Tie tie)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", RefusedTie);
        writer.WriteString("one", tie.One);
        writer.WriteString("other", tie.Other);
        writer.WriteString("reason", tie.Reason);
        writer.WriteString("eventId", tie.EventId);
        writer.WriteStartArray("contacts");
        foreach (var contact in impact.ContactsOf(tie.One, tie.Other)) writer.WriteStringValue(contact.Id);
        writer.WriteEndArray();
        WriteEvidence(writer, session.FindEvent(tie.EventId) is { } row ? [row] : []);
        writer.WriteStartObject("suggestion");
        writer.WriteString("type", "cannot_link");
        writer.WriteStartArray("identifiers");
        foreach (var identifier in impact.Identifiers(tie.One, tie.Other)) writer.WriteStringValue(identifier);
        writer.WriteEndArray();
        writer.WriteEndObject();
        impact.WriteTie(writer, tie.GroupKey, tie.One, tie.Other);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, Value value)
    {
        var count = SharedValueCount.Of(session, value.Name, configuration);
        writer.WriteStartObject();
        writer.WriteString("kind", SharedValue);
        writer.WriteString("value", value.Name);
        writer.WriteString("reason", $"it comes together with {count}");
        writer.WriteNumber("people", count.People);
        writer.WriteString("counted", count.Counted);
        writer.WriteNumber("events", value.Events);
        WriteEvidence(writer, session.EventRowsMentioning(value.Name, ExamplesOfValue));
        writer.WriteStartObject("suggestion");
        writer.WriteString("type", "block_value");
        writer.WriteString("identifier", value.Name);
        writer.WriteEndObject();
        impact.WriteValue(writer, value.Name);
        writer.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter writer, IEnumerable<EventRow> events)
    {
        writer.WriteStartArray("evidence");
        foreach (var row in events) Evidence.Of(row.Read()).Write(writer);
        writer.WriteEndArray();
    }

    private sealed record Tie(long GroupKey, string One, string Other, string Reason, Guid EventId, long OneKey, long OtherKey);

    private sealed record Value(string Name, long Events, long NodeKey);
}
