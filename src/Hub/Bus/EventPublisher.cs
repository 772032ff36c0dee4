using IntegrationHub.Contracts;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Bus;

/// <summary>Puts the facts of a delivery on the bus. Their headers say which delivery told them and how many it told.</summary>
internal sealed class EventPublisher(IMessageBus bus, TimeProvider time, ILogger<EventPublisher> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly Outage outage = new("The bus", grace: TimeSpan.FromSeconds(3), calm: TimeSpan.Zero, time, logger);
    private long lookedAt = long.MinValue;

    /// <summary>Whether the bus takes messages now.</summary>
    public bool IsConnected => bus.IsConnected;

    /// <summary>Waits until the bus takes messages and has somebody to bring them to: what is published before that is lost.</summary>
    public async Task WaitUntilConnectedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var last = Volatile.Read(ref lookedAt);
            if (last != long.MinValue && time.GetElapsedTime(last) < LookInterval) return;
            if (IsConnected)
            {
                outage.Work();
                Volatile.Write(ref lookedAt, time.GetTimestamp());
                return;
            }
            outage.Fail();
            Volatile.Write(ref lookedAt, long.MinValue);
            await Task.Delay(LookInterval, time, cancellationToken);
        }
    }

    /// <param name="unread">Why the delivery stays in quarantine although its facts count; null when all of it can be read.</param>
    public Task PublishAsync(IReadOnlyList<ContactEvent> events, long deliveryId, string? unread, CancellationToken cancellationToken) =>
        Task.WhenAll(events.Select(contactEvent => bus.PublishAsync(contactEvent, new Envelope(contactEvent.EventId, deliveryId, events.Count, unread), cancellationToken)));
}
