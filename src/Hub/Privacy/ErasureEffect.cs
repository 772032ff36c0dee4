using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Carries erasures out on what is stored: events of the erased are deleted, others are redacted, and who is left is worked out afresh.</summary>
internal sealed class ErasureEffect(DbSession session, HubConfiguration configuration, ErasureKey key, TimeProvider time)
{
    private readonly IdentityRules rules = new(configuration);
    private readonly HashSet<long> bodies = [];
    private readonly HashSet<string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);

    /// <summary>How many events were deleted.</summary>
    public int Events { get; private set; }

    /// <summary>How many deliveries lost their body.</summary>
    public int Deliveries { get; private set; }

    /// <summary>E-mail addresses and phone numbers of the erased as events spelled them.</summary>
    public IReadOnlySet<string> Values => values;

    /// <summary>Carries out all erasures on the events of these groups and on these events, and on what is tied to them.</summary>
    /// <param name="names">Nodes whose spellings are wanted.</param>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Apply(IEnumerable<long> groupKeys, IEnumerable<long> eventKeys, IReadOnlySet<string> names)
    {
        var rows = eventKeys.Select(session.EventByKey).OfType<EventRow>().ToList();
        HashSet<long> groups = [.. groupKeys, .. rows.Select(row => session.GroupOfEvent(row.Key)).OfType<long>()];
        var told = groups.SelectMany(session.EventsOfGroup).Concat(rows).DistinctBy(row => row.Key).Select(row => new Told(row, row.Read())).ToList();
        var concerned = Judge(told).Where(entry => entry.Verdict.IsDropped || entry.Verdict.IsRedacted).ToList();
        List<long> contacts = [.. groups.SelectMany(session.NodesOfGroup).Select(node => node.ContactKey).OfType<long>().Distinct().SelectMany(session.ContactsLedTo)];
        foreach (var (entry, verdict) in concerned) Take(entry, verdict, names);
        foreach (var delivery in bodies.Where(session.EraseBody)) Deliveries++;
        var record = Record();
        new Reevaluation(rules, RulingsThatHold(), record).RunWithout(groups, shared);
        var messages = record.Save();
        foreach (var contact in contacts.Where(session.IsEnded)) Announce(session.EraseContact(contact, time.GetUtcNow()), messages);
        return messages;
    }

    /// <summary>Announces that a contact was erased.</summary>
    public void Announce(Guid? contactId, List<OutboxMessage> messages)
    {
        if (contactId is not { } id) return;
        var record = Record();
        record.Announce(new ContactErased { ContactId = id, ErasedAt = time.GetUtcNow() });
        messages.AddRange(record.Save());
    }

    // An order of somebody erased is erased, and with it what names the order alone: hence until nothing is added any more.
    private List<(Told Told, ErasureVerdict Verdict)> Judge(List<Told> told)
    {
        var rule = new ErasureRule(session, key, rules);
        while (true)
        {
            var verdicts = told.ConvertAll(entry => (Told: entry, Verdict: rule.Judge(entry.Event)));
            if (verdicts.Sum(entry => rule.Remember(entry.Told.Event.EventId, entry.Verdict).Count) == 0) return verdicts;
        }
    }

    private void Take(Told told, ErasureVerdict verdict, IReadOnlySet<string> names)
    {
        foreach (var delivery in session.DeliveriesOf(told.Row.Key))
        {
            if (session.IsOpen(delivery)) session.InsertErasedFact(delivery, key.Hash(told.Row.EventId), verdict.IsDropped);
            else bodies.Add(delivery);
        }
        values.UnionWith(told.Event.Person.Identifiers.Where(identifier => identifier.Kind is IdentifierKind.Email or IdentifierKind.Phone
            && rules.Node(identifier, told.Event.Connection) is { } node && names.Contains(node.Name)).Select(identifier => identifier.Value));
        foreach (var node in verdict.Nodes.Where(node => verdict.IsDropped || verdict.Erased.Contains(node.Name)))
        {
            if (session.DeleteMention(node.Name, told.Row.Key) > 0 && session.FindNode(node.Name) is { Standing: NodeStanding.Shared }) shared.Add(node.Name);
        }
        if (verdict.IsDropped)
        {
            session.DeleteEvent(told.Row.Key);
            Events++;
        }
        else
        {
            var redacted = Redaction.Of(told.Event, verdict.Erased, rules);
            session.ReplaceEvent(told.Row.Key, redacted, Merger.Content(redacted), told.Row.DeliveryId);
            shared.UnionWith(verdict.Nodes.Select(node => node.Name).Where(name => session.FindNode(name) is { Standing: NodeStanding.Shared }));
        }
    }

    private RecordSession Record()
    {
        var survivorship = new Survivorship(configuration.Identity, DecisionBook.Read(session));
        return new RecordSession(session, survivorship, survivorship, time);
    }

    private Rulings RulingsThatHold() => new(configuration.Identity.Limits, DecisionBook.Read(session).Links);

    private sealed record Told(EventRow Row, ContactEvent Event);
}
