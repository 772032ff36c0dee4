namespace IntegrationHub.Contracts;

/// <summary>An amount in major units of its currency (12.34 EUR, 500 JPY).</summary>
public sealed record Money
{
    /// <summary>Major units; connectors convert from the vendor's minor units.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code in upper case.</summary>
    public required string Currency { get; init; }
}
