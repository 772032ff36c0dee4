namespace IntegrationHub.Hub.Inbox;

/// <summary>A verified delivery on its way into the inbox.</summary>
/// <param name="Key">16 bytes that are the same for every retry of the delivery.</param>
internal sealed record NewDelivery(string Connection, byte[] Key, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

/// <summary>A delivery of the inbox with its body.</summary>
internal sealed record StoredDelivery(long Id, string Connection, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

/// <summary>A delivery of the inbox as lists show it.</summary>
internal sealed record DeliverySummary(long Id, string Connection, DateTimeOffset ReceivedAt, DeliveryStatus Status, string? Topic, string? Reason, int Attempts);

/// <summary>What became of an append.</summary>
internal abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>Stored under this id.</summary>
    public sealed record Accepted(long Id) : AppendOutcome;

    /// <summary>It was there already.</summary>
    public sealed record Duplicate : AppendOutcome;
}
