using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync;

/// <summary>An event to be merged.</summary>
/// <param name="Event">The event.</param>
/// <param name="DeliveryId">The delivery that told it.</param>
/// <param name="EventsOfDelivery">How many events that delivery told; when all are merged, it is done.</param>
internal sealed record MergeItem(ContactEvent Event, long DeliveryId, int EventsOfDelivery)
{
    /// <summary>Why the delivery stays in quarantine although its facts count: some of its items can't be read. Null when all can.</summary>
    public string? Unread { get; init; }

    /// <summary>Where the trace of its delivery goes on; null when it is not sampled.</summary>
    public string? Trace { get; init; }
}
