using System.Data.Common;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>All that is stored of a contact and does not depend on arrival: its nodes, which events are kept at which of them, its state, its entities, and the text for the search.</summary>
internal sealed class ContactImage
{
    private ContactImage(List<string> nodes, string group, string events, Row? row, List<Entity> entities)
    {
        Nodes = nodes;
        Group = group;
        Events = events;
        Search = row?.Search;
        State = row?.State;
        Entities = entities;
    }

    public IReadOnlyList<string> Nodes { get; }

    /// <summary>How many groups its nodes are in (one), and whether anything in them is contested.</summary>
    public string Group { get; }

    /// <summary>Digest of its events with their times and the nodes where they are kept.</summary>
    public string Events { get; }

    public string? Search { get; }

    /// <summary>Null when it is missing.</summary>
    public byte[]? State { get; }

    private List<Entity> Entities { get; }

    public static ContactImage Read(DbSession session, long contactKey) => new(
        session.NodesOfContact(contactKey),
        session.First(
            """
            select count(distinct group_key) || ' ' || (count(*) - count(group_key)) || ' ' || max(standing)
                || ' ' || max(case when exists (select 1 from contested_group where contested_group.group_key = node.group_key) then 1 else 0 end)
            from node where contact_key = $contact
            """, row => row.Text(0), ("$contact", contactKey)) ?? "",
        session.DigestOf("select hex(event_id) || ' ' || kind || ' ' || occurred_at || ' ' || name from event join node using (node_key) where contact_key = $what order by event_id", contactKey),
        session.First("select state, search from contact where contact_key = $contact and merged_into is null",
            row => new Row(row.IsDBNull(0) ? null : row.Bytes(0), row.Text(1)), ("$contact", contactKey)),
        session.Query("select entity.name, type || ' ' || node.name, state from entity join node using (node_key) where contact_key = $contact order by entity.name", ReadEntity, ("$contact", contactKey)));

    /// <summary>Whether two databases say the same of a contact.</summary>
    public bool SaysSameAs(ContactImage other) =>
        Nodes.SequenceEqual(other.Nodes, StringComparer.Ordinal) && Group == other.Group && Events == other.Events && Search == other.Search && HasSameState(other);

    /// <summary>Whether the state and the entities are equal.</summary>
    public bool HasSameState(ContactImage other) =>
        CanonicalJson.AreEqual(State, other.State) && Entities.Count == other.Entities.Count && Entities.Zip(other.Entities).All(pair => pair.First.Says(pair.Second));

    private static Entity ReadEntity(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.Bytes(2));

    private sealed record Row(byte[]? State, string? Search);

    private sealed record Entity(string Name, string Place, byte[] State)
    {
        public bool Says(Entity other) => Name == other.Name && Place == other.Place && CanonicalJson.AreEqual(State, other.State);
    }
}
