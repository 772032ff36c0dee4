using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Stripe's amounts: minor units, with exceptions of its own. See https://docs.stripe.com/currencies#special-cases.</summary>
internal static class StripeMoney
{
    /// <summary>An amount in major units; null when either part is unknown.</summary>
    /// <exception cref="PayloadException">The amount is no number, or the currency is not three letters.</exception>
    public static Money? Read(Payload amount, Payload currency) =>
        amount.Decimal() is { } minorUnits && Amounts.Currency(currency) is { } code
            ? new Money { Amount = minorUnits * MajorUnitsOfOne(code), Currency = code }
            : null;

    // ISK and UGX have no minor unit, yet Stripe still writes them with two decimals; for MGA it is the other way round.
    private static decimal MajorUnitsOfOne(string currency) => currency switch
    {
        "ISK" or "UGX" => 0.01m,
        "MGA" => 1m,
        _ => Amounts.FromMinor(1, currency).Amount,
    };
}
