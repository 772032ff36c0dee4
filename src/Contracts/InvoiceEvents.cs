namespace IntegrationHub.Contracts;

/// <summary>An invoice was issued.</summary>
public sealed record InvoiceIssued : ContactEvent
{
    /// <summary>The vendor's id of the invoice.</summary>
    public required string InvoiceId { get; init; }

    /// <summary>The number people see.</summary>
    public string? Number { get; init; }

    /// <summary>What is owed.</summary>
    public Money? Total { get; init; }

    /// <summary>When it is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The subscription it bills, when it does.</summary>
    public string? SubscriptionId { get; init; }
}

/// <summary>An invoice was paid.</summary>
public sealed record InvoicePaid : ContactEvent
{
    /// <summary>The vendor's id of the invoice.</summary>
    public required string InvoiceId { get; init; }

    /// <summary>The number people see.</summary>
    public string? Number { get; init; }

    /// <summary>What was paid.</summary>
    public Money? Amount { get; init; }

    /// <summary>The subscription it bills, when it does.</summary>
    public string? SubscriptionId { get; init; }
}
