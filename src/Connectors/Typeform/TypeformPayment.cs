using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>What a payment question tells, card data left out.</summary>
internal sealed record TypeformPayment
{
    /// <summary>Major units; null when it was not told.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Whether it was charged; null when it was not told.</summary>
    public bool? Success { get; init; }

    /// <summary>ISO 4217; null when it is not configured.</summary>
    public string? Currency { get; init; }

    /// <summary>The amount, when its currency is known.</summary>
    public Money? Money => Amount is { } amount && Currency is { } currency ? new Money { Amount = amount, Currency = currency } : null;

    /// <summary>The payment as an answer, for example <c>149 EUR, paid</c>; null when nothing is known.</summary>
    public string? Text
    {
        get
        {
            var amount = Amount is null ? null : Currency is null ? $"{Amount}" : $"{Amount} {Currency}";
            var outcome = Success switch { true => "paid", false => "failed", null => null };
            return amount is null || outcome is null ? amount ?? outcome : $"{amount}, {outcome}";
        }
    }

    public static TypeformPayment Read(Payload payment, string? currency) => new()
    {
        Amount = payment["amount"].Decimal(),
        Success = payment["success"].Flag(),
        Currency = currency,
    };
}
