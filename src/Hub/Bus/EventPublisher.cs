using IntegrationHub.Contracts;
using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>Puts the facts of a delivery on the bus. Their headers say which delivery told them and how many it told.</summary>
internal sealed class EventPublisher(IBusControl bus, TimeProvider time, ILogger<EventPublisher> logger)
{
    public const string DeliveryHeader = "Hub-Delivery";
    public const string CountHeader = "Hub-Delivery-Events";
    public const string UnreadHeader = "Hub-Delivery-Unread";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly Outage outage = new("The bus", grace: TimeSpan.FromSeconds(3), calm: TimeSpan.Zero, time, logger);
    private long lookedAt = long.MinValue;

    /// <summary>Whether the bus takes messages now.</summary>
    public bool IsConnected => bus.CheckHealth().Status is BusHealthStatus.Healthy;

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
        Task.WhenAll(events.Select(contactEvent => bus.Publish(contactEvent, contactEvent.GetType(), context =>
        {
            context.MessageId = contactEvent.EventId;
            context.Headers.Set(DeliveryHeader, deliveryId);
            context.Headers.Set(CountHeader, events.Count);
            if (Signals.Here is { } trace) context.Headers.Set(Signals.TraceHeader, trace);
            if (unread is not null) context.Headers.Set(UnreadHeader, unread);
        }, cancellationToken)));
}
