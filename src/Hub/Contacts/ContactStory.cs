using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>All that a contact was made of: what explanations look it up in.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Nodes">Names of its nodes.</param>
/// <param name="Events">Its events, the latest first.</param>
/// <param name="Decisions">The decisions that hold, about anybody.</param>
/// <param name="Configuration">The configuration.</param>
internal sealed record ContactStory(ContactDetails Contact, IReadOnlySet<string> Nodes, IReadOnlyList<ContactEvent> Events, IReadOnlyList<StoredDecision> Decisions, HubConfiguration Configuration)
{
    public IdentityRules Rules { get; } = new(Configuration);

    public ContactState State => Contact.Row.State;

    /// <summary>The story of a contact, or of the one that took it in; null when there is none.</summary>
    public static ContactStory? Read(DbSession session, Guid contactId, HubConfiguration configuration) => session.ContactById(contactId) is { } contact
        ? new ContactStory(contact, session.NodesOfContact(contact.Row.Key).ToHashSet(StringComparer.Ordinal), [.. session.Timeline(contact.Row.Key, int.MaxValue, null).Select(entry => entry.Event)],
            session.DecisionsThatHold(), configuration)
        : null;

    /// <summary>The nodes of an event that are the contact's: a refused tie leads to one that is not.</summary>
    public IReadOnlyList<IdentityNode> Own(ContactEvent contactEvent)
    {
        var own = Rules.NodesOf(contactEvent).Where(node => Nodes.Contains(node.Name)).ToList();
        return own.Count > 0 ? own : [IdentityNode.OfEvent(contactEvent.EventId)];
    }

    /// <summary>What each event alone would make of the contact: by it, who claims what.</summary>
    public IEnumerable<Telling> Tellings(Func<ContactState, IEnumerable<Claim>> select)
    {
        foreach (var contactEvent in Events)
        {
            var alone = new ContactState();
            alone.Apply(contactEvent, Own(contactEvent), []);
            foreach (var claim in select(alone)) yield return new Telling(claim, Evidence.Of(contactEvent));
        }
    }
}

/// <summary>A claim, and what makes it.</summary>
internal sealed record Telling(Claim Claim, Evidence Evidence);
