using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>Money as vendors write it.</summary>
public static class Amounts
{
    // ISO 4217 currencies whose minor unit is not a hundredth.
    private static readonly HashSet<string> NoMinorUnit = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    private static readonly HashSet<string> Thousandths = new(StringComparer.Ordinal) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    private static readonly HashSet<string> TenThousandths = new(StringComparer.Ordinal) { "CLF", "UYW" };

    /// <summary>An amount in major units; null when either part is unknown.</summary>
    /// <exception cref="PayloadException">The currency is not three letters.</exception>
    public static Money? Major(Payload amount, Payload currency) =>
        amount.Decimal() is { } value && Currency(currency) is { } code ? new Money { Amount = value, Currency = code } : null;

    /// <summary>An amount in the currency's minor units; null when either part is unknown.</summary>
    /// <exception cref="PayloadException">The amount is not whole, or the currency is not three letters.</exception>
    public static Money? Minor(Payload amount, Payload currency) =>
        amount.Integer() is { } value && Currency(currency) is { } code ? FromMinor(value, code) : null;

    /// <summary>Major units of an amount in ISO 4217 minor units.</summary>
    /// <param name="minorUnits">Cents and the like.</param>
    /// <param name="currency">ISO 4217, upper case.</param>
    public static Money FromMinor(long minorUnits, string currency) => new()
    {
        Amount = Decimals(currency) switch { 0 => minorUnits, 3 => minorUnits / 1000m, 4 => minorUnits / 10_000m, _ => minorUnits / 100m },
        Currency = currency,
    };

    /// <summary>An amount as text with the currency's usual decimals, further ones only where they matter: <c>12.30</c>, <c>500</c> (JPY).</summary>
    public static string Write(decimal amount, string currency) =>
        amount.ToString($"0.{new string('0', Decimals(currency))}########", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An ISO 4217 code in upper case; null when unknown.</summary>
    /// <exception cref="PayloadException">It is not three letters.</exception>
    public static string? Currency(Payload currency) =>
        currency.Text() is not { } text ? null : IsCurrency(text) ? text.ToUpperInvariant() : throw currency.Not("an ISO 4217 currency");

    /// <summary>Whether the text is written like an ISO 4217 code.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetter);

    private static int Decimals(string currency) =>
        NoMinorUnit.Contains(currency) ? 0 : Thousandths.Contains(currency) ? 3 : TenThousandths.Contains(currency) ? 4 : 2;
}
