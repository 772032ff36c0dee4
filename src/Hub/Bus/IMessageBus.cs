namespace IntegrationHub.Hub.Bus;

/// <summary>The bus as the hub needs it. It may bring a message late, twice, in any order, or lose it with its broker: the inbox and the outbox make up for that.</summary>
internal interface IMessageBus
{
    /// <summary>Whether it takes messages now and has somebody to bring them to.</summary>
    bool IsConnected { get; }

    /// <summary>Publishes a message under its own type. When the task completes, the broker has it.</summary>
    /// <param name="envelope">What goes with a fact of a delivery; null for what the hub itself tells.</param>
    /// <exception cref="BusException">Nothing was heard of it in time.</exception>
    /// <remarks>Throws also what the transport throws. In any case the message may be published or not.</remarks>
    Task PublishAsync(object message, Envelope? envelope, CancellationToken cancellationToken);
}

/// <summary>What goes with a fact on the bus.</summary>
/// <param name="MessageId">The same for every telling of the fact.</param>
/// <param name="DeliveryId">The delivery that told it.</param>
/// <param name="EventsOfDelivery">How many facts that delivery told.</param>
/// <param name="Unread">Why the delivery stays in quarantine although its facts count; null when all of it can be read.</param>
internal sealed record Envelope(Guid MessageId, long DeliveryId, int EventsOfDelivery, string? Unread)
{
    public const string HubHeader = "Hub-Id";
    public const string DeliveryHeader = "Hub-Delivery";
    public const string CountHeader = "Hub-Delivery-Events";
    public const string UnreadHeader = "Hub-Delivery-Unread";
}
