using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>
/// Makes one part of the live record what it has to be, within one transaction: brings in what events say today, mends the rows that lead to
/// them, and has the people worked out afresh. So contact ids stay, what has come meanwhile is taken in, and what changes is announced.
/// </summary>
internal sealed class Repair
{
    // A group that exists within the transaction only: what is in no group is gathered by it.
    private const long Gathering = -1;

    private readonly DbSession live;
    private readonly DbSession shadow;
    private readonly HubConfiguration configuration;
    private readonly RebuildSource source;
    private readonly DecisionBook decisions;
    private readonly RecordSession record;
    private readonly HashSet<long> groups = [Gathering];

    public Repair(DbSession live, DbSession shadow, HubConfiguration configuration, RebuildSource source, TimeProvider time)
    {
        (this.live, this.shadow, this.configuration, this.source) = (live, shadow, configuration, source);
        decisions = DecisionBook.Read(live);
        var survivorship = new Survivorship(configuration.Identity, decisions);
        record = new RecordSession(live, survivorship, survivorship, time);
    }

    /// <returns>How many messages wait in the outbox because of it.</returns>
    public int Run(Difference difference)
    {
        foreach (var contact in difference.Live) MendContact(contact);
        var names = NamesOf(difference);
        var events = names.SelectMany(name => EventsAt(live, name).Concat(EventsAt(shadow, name))).Concat(difference.Events).ToHashSet();
        foreach (var name in difference.Values) live.Execute("delete from refused_tie where one = $name or other = $name", ("$name", name));
        foreach (var name in names) MendNode(name);
        foreach (var eventId in events) MendEvent(eventId);
        foreach (var name in difference.Shadow.SelectMany(contact => shadow.Query("select entity.name from entity join node using (node_key) where contact_key = $contact", row => row.GetString(0), ("$contact", contact))))
            live.Execute("delete from entity where name = $name", ("$name", name));
        new Reevaluation(new IdentityRules(configuration), new Rulings(configuration.Identity.Limits, decisions.Links), record).Run(groups);
        var messages = record.Save().Count;
        foreach (var name in difference.Values) CopyMentions(name);
        return messages;
    }

    // A contact that no node leads to has ended; its id leads to whoever has the node that it was made for, and comes back from there.
    private void MendContact(long key)
    {
        try
        {
            _ = live.FindContact(key);
        }
        catch (JsonException)
        {
            live.Execute("update contact set state = null where contact_key = $contact", ("$contact", key));
        }
        if (live.NodesOfContact(key).Count > 0 || live.FindContact(key) is null) return;
        var heir = live.First("select node.contact_key from contact join node on node.name = born_of where contact.contact_key = $contact", row => row.IsDBNull(0) ? null : (long?)row.GetInt64(0), ("$contact", key));
        live.MergeContact(key, heir);
    }

    private HashSet<string> NamesOf(Difference difference)
    {
        HashSet<string> names = new(difference.Values, StringComparer.Ordinal);
        foreach (var contact in difference.Shadow) names.UnionWith(shadow.NodesOfContact(contact));
        foreach (var contact in difference.Live) names.UnionWith(live.NodesOfContact(contact));
        // What has joined them meanwhile comes along.
        foreach (var contact in names.Select(name => live.FindNode(name)?.ContactKey).OfType<long>().ToHashSet()) names.UnionWith(live.NodesOfContact(contact));
        return names;
    }

    private void MendNode(string name)
    {
        var row = live.FindNode(name);
        if (row?.GroupKey is { } group) groups.Add(group);
        if (decisions.Blocks(name)) record.Unlink(name, NodeStanding.Blocked);
        else if (shadow.FindNode(name) is { Standing: NodeStanding.Shared }) Share(name);
        else if (row is { Links: false }) Free(name);
        else if (row is not null) record.Attach(name, row.ContactKey is { } contact && Holds(contact, row) ? contact : null, row.GroupKey ?? Gathering);
    }

    private void Share(string name)
    {
        record.Unlink(name, NodeStanding.Shared);
        var value = shadow.First("select name, people, counted from shared_value where name = $name", row => new SharedValue(row.GetString(0), row.GetInt32(1), row.GetString(2)), ("$name", name));
        if (value is not null && live.First("select 1 from shared_value where name = $name", _ => true, ("$name", name)) is false) live.UpsertSharedValue(value);
    }

    // It links again, and so do the events that mention it.
    private void Free(string name)
    {
        groups.UnionWith(live.EventsMentioning(name).Select(live.GroupOfEvent).OfType<long>());
        live.ForgetMentions(name);
        record.Attach(name, null, Gathering);
    }

    // An identifier that neither the contact itself knows of, nor the shadow joins with the node that the contact was made for, was tied to it
    // by nothing that was said: its events must not claim the contact's id.
    private bool Holds(long contact, NodeRow node)
    {
        if (live.FindContact(contact) is not { } row) return false;
        if (!IsIdentifier(node.Name) || row.State.Identifiers.ContainsKey(node.Name)) return true;
        var born = live.First("select born_of from contact where contact_key = $contact", found => found.GetString(0), ("$contact", contact)) ?? "";
        return shadow.FindNode(born) is not { ContactKey: { } rightful } || shadow.FindNode(node.Name)?.ContactKey == rightful;
    }

    private static bool IsIdentifier(string name) => Enum.TryParse<Contracts.IdentifierKind>(name.AsSpan(0, Math.Max(0, name.IndexOf(':', StringComparison.Ordinal))), ignoreCase: true, out _);

    private void MendEvent(Guid eventId)
    {
        var (ours, theirs) = (live.FindEvent(eventId), shadow.FindEvent(eventId));
        if (ours is not null && theirs is not null) Rewrite(ours, theirs);
        else if (ours is null && theirs is not null) ours = Insert(theirs);
        else if (ours is not null && source is RebuildSource.Inbox && InboxFiller.IsGone(live, shadow, ours)) ours = Delete(ours);
        if (ours is not null) Keep(ours, eventId);
    }

    private void Rewrite(EventRow ours, EventRow theirs)
    {
        if (source is RebuildSource.Inbox && !EventFiller.SameContent(ours, theirs)) live.ReplaceEvent(ours.Key, theirs.Read(), theirs.Body, theirs.DeliveryId);
        else live.Execute("update event set occurred_at = $occurred where event_key = $key and occurred_at <> $occurred", ("$occurred", theirs.Read().OccurredAt.ToDb()), ("$key", ours.Key));
    }

    // Only what a delivery of the inbox still tells may come in: an event that has gone from the live record was taken out of it.
    private EventRow? Insert(EventRow theirs)
    {
        if (source is not RebuildSource.Inbox || !live.HasBody(theirs.DeliveryId)) return null;
        live.LinkDelivery(theirs.DeliveryId, live.InsertEvent(theirs.Read(), theirs.Body, null, theirs.DeliveryId));
        return live.FindEvent(theirs.EventId);
    }

    private EventRow? Delete(EventRow ours)
    {
        live.Execute("delete from mention where event_key = $key", ("$key", ours.Key));
        live.DeleteEvent(ours.Key);
        return null;
    }

    // An event has to be found by way of its node: at the one where it belongs, else where it is, else at a node of its own.
    private void Keep(EventRow row, Guid eventId)
    {
        if (live.GroupOfEvent(row.Key) is { } group) groups.Add(group);
        var home = NodeOf(shadow, eventId) is { } name ? live.FindNode(name) : null;
        if (home is { Links: true, GroupKey: { } homeGroup })
        {
            groups.Add(homeGroup);
            if (home.Key != row.NodeKey) live.MoveEvent(row.Key, home.Key);
        }
        else if (NodeOf(live, eventId) is not { } now || live.FindNode(now) is not { Links: true, GroupKey: not null })
        {
            live.MoveEvent(row.Key, record.Attach(IdentityNode.OfEvent(eventId).Name, null, Gathering).Key);
        }
    }

    // What mentions a value that links nobody is found by the shadow; events that came meanwhile stay with what the live record says of them.
    private void CopyMentions(string name)
    {
        var mentioned = Mentioning(shadow, name);
        foreach (var row in Mentioning(live, name).Except(mentioned).Where(id => shadow.FindEvent(id) is not null).Select(live.FindEvent).OfType<EventRow>())
            live.Execute("delete from mention where name = $name and event_key = $event", ("$name", name), ("$event", row.Key));
        foreach (var row in mentioned.Select(live.FindEvent).OfType<EventRow>()) live.Mention(name, row.Key);
    }

    private static List<Guid> Mentioning(DbSession session, string name) =>
        session.Query("select event_id from mention join event using (event_key) where name = $name", row => row.Id(0), ("$name", name));

    private static List<Guid> EventsAt(DbSession session, string node) =>
        session.Query("select event_id from event join node using (node_key) where name = $name", row => row.Id(0), ("$name", node));

    private static string? NodeOf(DbSession session, Guid eventId) =>
        session.First("select name from event join node using (node_key) where event_id = $id", row => row.GetString(0), ("$id", eventId.ToDb()));
}
