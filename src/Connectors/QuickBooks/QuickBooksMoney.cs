using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Amounts in major units. A company that uses one currency names none.</summary>
internal static class QuickBooksMoney
{
    // Amounts of this size can be written and read again without a loss.
    private const decimal MaxAmount = 1_000_000_000_000_000m;

    /// <summary>An amount with the decimals that are usual for its currency, further ones only where they matter; null when amount or currency is unknown.</summary>
    public static Money? Of(Payload amount, Payload entity, string? homeCurrency)
    {
        if (amount.Decimal() is not { } value || (Amounts.Currency(entity["CurrencyRef"]["value"]) ?? homeCurrency) is not { } currency) return null;
        if (Math.Abs(value) > MaxAmount) throw amount.Not("an amount of a company");
        return new Money { Amount = decimal.Parse(Amounts.Write(value, currency), CultureInfo.InvariantCulture), Currency = currency };
    }
}
