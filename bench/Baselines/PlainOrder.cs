using System.Text.Json;

namespace IntegrationHub.Bench.Baselines;

/// <summary>What a plain server reads of an order of Shopify's.</summary>
internal sealed record PlainOrder
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public string? Name { get; init; }

    public string? TotalPrice { get; init; }

    public string? Currency { get; init; }

    public string? FinancialStatus { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public PlainCustomer? Customer { get; init; }

    /// <exception cref="JsonException">It is none.</exception>
    public static PlainOrder Read(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, PlainJson.Default.PlainOrder) ?? throw new JsonException("The body is null.");
}

/// <summary>What it reads of the buyer.</summary>
internal sealed record PlainCustomer
{
    public required long Id { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }
}
