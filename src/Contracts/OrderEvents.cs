using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>An order was placed, or changed since (then <see cref="ContactEvent.OccurredAt"/> is after <see cref="PlacedAt"/>).</summary>
public sealed record OrderPlaced : ContactEvent
{
    /// <summary>The vendor's id of the order, unique within the connection.</summary>
    public required string OrderId { get; init; }

    /// <summary>The number people see, for example <c>#1042</c>.</summary>
    public string? Number { get; init; }

    /// <summary>When the order was first placed, UTC.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>What the customer owes in all, taxes and shipping included, refunds not deducted.</summary>
    public Money? Total { get; init; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    /// <summary>Discount codes that were used.</summary>
    public IReadOnlyList<string> DiscountCodes { get; init; } = [];

    /// <summary>Where the payment stands; null when the tool did not tell.</summary>
    public PaymentStatus? Payment { get; init; }
}

/// <summary>Where an order's payment stands.</summary>
[JsonConverter(typeof(CamelCase<PaymentStatus>))]
public enum PaymentStatus
{
    /// <summary>Not paid, or not in full.</summary>
    Pending,

    /// <summary>Paid in full, whether or not something was refunded later.</summary>
    Paid,

    /// <summary>The payment was called off.</summary>
    Voided,
}

/// <summary>One line of an order.</summary>
public sealed record OrderItem
{
    /// <summary>The vendor's product id.</summary>
    public string? ProductId { get; init; }

    /// <summary>Stock keeping unit.</summary>
    public string? Sku { get; init; }

    /// <summary>Name of the product.</summary>
    public required string Title { get; init; }

    /// <summary>How many.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>Price of one, before discounts.</summary>
    public Money? UnitPrice { get; init; }
}

/// <summary>An order was paid in full.</summary>
public sealed record OrderPaid : ContactEvent
{
    /// <summary>The vendor's id of the order.</summary>
    public required string OrderId { get; init; }

    /// <summary>What was paid.</summary>
    public Money? Amount { get; init; }
}

/// <summary>Money of an order went back.</summary>
public sealed record OrderRefunded : ContactEvent
{
    /// <summary>The vendor's id of the order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The vendor's id of this refund; null when only <see cref="TotalRefunded"/> is known.</summary>
    public string? RefundId { get; init; }

    /// <summary>What this refund gave back.</summary>
    public Money? Amount { get; init; }

    /// <summary>What was given back of the order so far, in all.</summary>
    public Money? TotalRefunded { get; init; }

    /// <summary>Why, in the tool's or merchant's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>An order was called off.</summary>
public sealed record OrderCancelled : ContactEvent
{
    /// <summary>The vendor's id of the order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Why, in the tool's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>A cart or checkout was started and not completed.</summary>
public sealed record CartAbandoned : ContactEvent
{
    /// <summary>The vendor's id or token of the cart.</summary>
    public required string CartId { get; init; }

    /// <summary>What the cart is worth.</summary>
    public Money? Total { get; init; }

    /// <summary>What lies in it.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    /// <summary>The address that brings the cart back.</summary>
    public string? RecoveryUrl { get; init; }
}

/// <summary>A payment was tried and failed.</summary>
public sealed record PaymentFailed : ContactEvent
{
    /// <summary>The vendor's id of the payment, attempt or invoice.</summary>
    public required string PaymentId { get; init; }

    /// <summary>The order it was for, when known.</summary>
    public string? OrderId { get; init; }

    /// <summary>The invoice it was for, when known.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>The subscription it was for, when known.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>What should have been paid.</summary>
    public Money? Amount { get; init; }

    /// <summary>Why it failed, in the tool's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When the tool tries again, UTC.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}
