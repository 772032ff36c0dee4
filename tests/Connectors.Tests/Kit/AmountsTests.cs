using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(1230, "EUR", "12.30")]
    [InlineData(1, "USD", "0.01")]
    [InlineData(0, "EUR", "0")]
    [InlineData(-1230, "EUR", "-12.30")]
    [InlineData(500, "JPY", "500")]
    [InlineData(500, "KRW", "500")]
    [InlineData(500, "ISK", "500")]
    [InlineData(500, "XOF", "500")]
    [InlineData(12345, "KWD", "12.345")]
    [InlineData(12345, "BHD", "12.345")]
    [InlineData(1, "TND", "0.001")]
    [InlineData(12345, "CLF", "1.2345")]
    [InlineData(12345, "UYW", "1.2345")]
    [InlineData(12345, "MRU", "123.45")]
    [InlineData(12345, "XXX", "123.45")]
    [InlineData(long.MaxValue, "EUR", "92233720368547758.07")]
    [InlineData(long.MinValue, "EUR", "-92233720368547758.08")]
    [InlineData(long.MaxValue, "JPY", "9223372036854775807")]
    [InlineData(long.MaxValue, "KWD", "9223372036854775.807")]
    public void Minor_units_become_major_units(long minorUnits, string currency, string amount) =>
        Assert.Equal(new Money { Amount = decimal.Parse(amount, CultureInfo.InvariantCulture), Currency = currency }, Amounts.FromMinor(minorUnits, currency));

    // ISO 4217, list one of 2026-01-01: every currency whose minor unit is not a hundredth.
    [Theory]
    [InlineData(1, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(100, "AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR INR MGA MXN NOK NZD PLN SEK SGD TRY TWD USD ZAR")]
    [InlineData(1000, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(10_000, "CLF UYW")]
    public void Every_currency_has_its_minor_unit(int minorUnits, string currencies) =>
        Assert.All(currencies.Split(' '), currency => Assert.Equal(1m, Amounts.FromMinor(minorUnits, currency).Amount));

    [Theory]
    [InlineData("\"12.30\"", "\"eur\"", "12.30 EUR")]
    [InlineData("12.30", "\" Usd \"", "12.30 USD")]
    [InlineData("-5", "\"JPY\"", "-5 JPY")]
    [InlineData("0", "\"EUR\"", "0 EUR")]
    [InlineData("null", "\"EUR\"", null)]
    [InlineData("\"\"", "\"EUR\"", null)]
    [InlineData("12.30", "null", null)]
    [InlineData("12.30", "\" \"", null)]
    [InlineData("null", "\"not one\"", null)]
    public void Major_units_need_both_parts(string amount, string currency, string? expected)
    {
        var (first, second) = Parts(amount, currency);
        var money = Amounts.Major(first, second);
        Assert.Equal(expected, money is null ? null : string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}"));
    }

    [Theory]
    [InlineData("1230", "\"eur\"", "12.30")]
    [InlineData("\"1230\"", "\"EUR\"", "12.30")]
    [InlineData("1230", "\"jpy\"", "1230")]
    [InlineData("1230", "\"kwd\"", "1.230")]
    [InlineData("null", "\"EUR\"", null)]
    [InlineData("1230", "null", null)]
    public void Minor_units_need_both_parts(string amount, string currency, string? expected)
    {
        var (first, second) = Parts(amount, currency);
        Assert.Equal(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture), Amounts.Minor(first, second)?.Amount);
    }

    [Theory]
    [InlineData("12.30", "$.amount is not a whole number below 2^63")]
    [InlineData("\"12.30\"", "$.amount is not a whole number, or is beyond 2^63")]
    [InlineData("{}", "$.amount is not a text")]
    public void Minor_units_that_are_not_whole_are_an_error(string amount, string error)
    {
        var (first, second) = Parts(amount, "\"EUR\"");
        Assert.Equal(error, Assert.Throws<PayloadException>(() => Amounts.Minor(first, second)).Message);
    }

    [Theory]
    [InlineData("\"EU\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("\"EURO\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("\"E1R\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("\"€\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("\"ÉÜR\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("\"E R\"", "$.currency is not an ISO 4217 currency")]
    [InlineData("978", "$.currency is not a text")]
    [InlineData("{}", "$.currency is not a text")]
    public void Currency_that_is_not_three_letters_is_an_error(string currency, string error)
    {
        var (amount, given) = Parts("5", currency);
        Assert.Equal(error, Assert.Throws<PayloadException>(() => Amounts.Major(amount, given)).Message);
        Assert.Equal(error, Assert.Throws<PayloadException>(() => Amounts.Minor(amount, given)).Message);
        Assert.Equal(error, Assert.Throws<PayloadException>(() => Amounts.Currency(given)).Message);
    }

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", true)]
    [InlineData("EU", false)]
    [InlineData("", false)]
    [InlineData("EURO", false)]
    [InlineData("EU ", false)]
    [InlineData("ÉUR", false)]
    public void Currency_is_three_ascii_letters(string text, bool isCurrency) => Assert.Equal(isCurrency, Amounts.IsCurrency(text));

    [Theory]
    [InlineData("12.3", "EUR", "12.30")]
    [InlineData("12", "EUR", "12.00")]
    [InlineData("0", "EUR", "0.00")]
    [InlineData("-0.5", "EUR", "-0.50")]
    [InlineData("12.345", "EUR", "12.345")]
    [InlineData("12.3400", "EUR", "12.34")]
    [InlineData("1234567.89", "EUR", "1234567.89")]
    [InlineData("500", "JPY", "500")]
    [InlineData("500.00", "JPY", "500")]
    [InlineData("500.5", "JPY", "500.5")]
    [InlineData("0", "JPY", "0")]
    [InlineData("1.5", "KWD", "1.500")]
    [InlineData("1.2345", "KWD", "1.2345")]
    [InlineData("1.5", "CLF", "1.5000")]
    [InlineData("79228162514264337593543950335", "EUR", "79228162514264337593543950335.00")]
    public void Amount_is_written_with_the_decimals_of_its_currency(string amount, string currency, string written) =>
        Assert.Equal(written, Amounts.Write(decimal.Parse(amount, CultureInfo.InvariantCulture), currency));

    [Fact]
    public void Written_amounts_read_back_as_the_same()
    {
        var random = new Random(41);
        for (var i = 0; i < 10_000; i++)
        {
            var currency = new[] { "EUR", "JPY", "KWD", "CLF" }[i % 4];
            var money = Amounts.FromMinor(random.NextInt64(-1_000_000_000_000, 1_000_000_000_000), currency);
            Assert.Equal(money.Amount, decimal.Parse(Amounts.Write(money.Amount, currency), CultureInfo.InvariantCulture));
        }
    }

    private static (Payload Amount, Payload Currency) Parts(string amount, string currency)
    {
        var payload = Given.Json($$"""{"amount":{{amount}},"currency":{{currency}}}""");
        return (payload["amount"], payload["currency"]);
    }
}
