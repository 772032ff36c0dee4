using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>MassTransit's bus, in memory or over a broker. The trace of whoever publishes goes with the message.</summary>
internal sealed class MassTransitBus(IBusControl bus, BusIdentity identity, TimeProvider time) : IMessageBus
{
    /// <summary>How long a message may take to be confirmed. One that is under way when the broker goes may never be.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool IsConnected => bus.CheckHealth().Status is BusHealthStatus.Healthy;

    public async Task PublishAsync(object message, Envelope? envelope, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(message, envelope, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new BusException("The bus did not confirm a message.", exception);
        }
    }

    private Task SendAsync(object message, Envelope? envelope, CancellationToken cancellationToken) => bus.Publish(message, message.GetType(), context =>
    {
        if (Signals.Here is { } trace) context.Headers.Set(Signals.TraceHeader, trace);
        if (envelope is null) return;
        context.MessageId = envelope.MessageId;
        context.Headers.Set(Envelope.HubHeader, identity.Hub);
        context.Headers.Set(Envelope.DeliveryHeader, envelope.DeliveryId);
        context.Headers.Set(Envelope.CountHeader, envelope.EventsOfDelivery);
        if (envelope.Unread is { } unread) context.Headers.Set(Envelope.UnreadHeader, unread);
    }, cancellationToken);
}
