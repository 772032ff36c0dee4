using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Inbox;

/// <summary>A verified delivery on its way into the inbox.</summary>
/// <param name="Key">The same for every retry of the delivery.</param>
internal sealed record NewDelivery(string Connection, Guid Key, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public DeliveryOrigin Origin { get; init; }

    /// <summary>What was signed, and until when it is remembered; null where a repetition is known by <see cref="Key"/> alone.</summary>
    public (Nonce Nonce, DateTimeOffset ExpiresAt)? Signed { get; init; }

    /// <summary>Where its trace goes on (W3C <c>traceparent</c>); null when it is not sampled.</summary>
    public string? Trace { get; init; }

    /// <summary>An object that was read from the vendor. Read again without a change it is a duplicate.</summary>
    public static NewDelivery Of(string connection, VendorObject read, DeliveryOrigin origin, DateTimeOffset at)
    {
        var (type, id) = read.Reference;
        var name = Encoding.UTF8.GetBytes($"o{type.Length} {type}{id.Length} {id}");
        return new NewDelivery(connection, new Guid(SHA256.HashData([.. name, .. read.Body.Span]).AsSpan(0, 16), bigEndian: true), at,
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = "application/json",
                [WebhookDelivery.ObjectTypeHeader] = type,
                [WebhookDelivery.ObjectIdHeader] = id,
            }, read.Body)
        { Origin = origin };
    }
}

/// <summary>What was signed.</summary>
/// <param name="Hash">Stands for it.</param>
internal readonly record struct Nonce(string Connection, Guid Hash);

/// <summary>How a delivery came. The numbers are stored.</summary>
internal enum DeliveryOrigin
{
    /// <summary>The vendor sent it.</summary>
    Webhook = 0,

    /// <summary>Fetched, because a webhook hinted at it.</summary>
    Hydration = 1,

    /// <summary>Read with the history.</summary>
    Backfill = 2,

    /// <summary>Read to find what webhooks missed.</summary>
    Reconciliation = 3,
}

/// <summary>A delivery of the inbox with its body.</summary>
internal sealed record StoredDelivery(long Id, string Connection, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <inheritdoc cref="NewDelivery.Trace"/>
    public string? Trace { get; init; }
}

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
