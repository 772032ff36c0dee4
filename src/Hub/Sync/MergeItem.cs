using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>An event to be merged.</summary>
/// <param name="Event">The event.</param>
/// <param name="DeliveryId">The delivery that told it.</param>
/// <param name="EventsOfDelivery">How many events that delivery told; when all are merged, it is done.</param>
internal sealed record MergeItem(ContactEvent Event, long DeliveryId, int EventsOfDelivery)
{
    private byte[]? content;
    private (IdentityRules Rules, EventIdentity Identity)? read;

    public ContactEvent Event
    {
        get;
        init => (field, content, read) = (value, null, null);
    } = Event;

    /// <summary>The event's content, as it is stored; written when it is first asked for.</summary>
    public byte[] Content => content ??= Merger.Content(Event);

    /// <summary>By what the event is known to concern a person; worked out when it is first asked for, and again under another configuration.</summary>
    public EventIdentity IdentityUnder(IdentityRules rules)
    {
        if (read is { } known && known.Rules.AreSameAs(rules)) return known.Identity;
        var identity = rules.Read(Event);
        read = (rules, identity);
        return identity;
    }

    /// <summary>Why the delivery stays in quarantine although its facts count: some of its items can't be read. Null when all can.</summary>
    public string? Unread { get; init; }

    /// <summary>Where the trace of its delivery goes on; null when it is not sampled.</summary>
    public string? Trace { get; init; }
}
