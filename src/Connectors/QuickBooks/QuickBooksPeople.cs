using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Reads the person out of a customer, and the customer out of a sale.</summary>
/// <param name="defaultCountry">Country that phone numbers without a country code are taken for; null when none is set.</param>
/// <param name="homeCurrency">The company's own currency; null when unknown.</param>
internal sealed class QuickBooksPeople(string? defaultCountry, string? homeCurrency)
{
    private static readonly string[] Lines = ["Line1", "Line2", "Line3", "Line4", "Line5"];
    private static readonly string[] Phones = ["PrimaryPhone", "Mobile", "AlternatePhone"];

    public Person OfCustomer(Payload customer, string id)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        var billing = customer["BillAddr"];
        var (email, others) = Addresses(customer);
        List<Identifier> identifiers = [Identifier.Customer(id)];
        if (email is not null) identifiers.Add(Identifier.Email(email));
        if (others is not null) custom["other_emails"] = others;
        AddPhones(identifiers, custom, customer, billing["Country"].Text());
        Add(custom, "title", customer["Title"].Text());
        Add(custom, "balance", QuickBooksMoney.Of(customer["Balance"], customer, homeCurrency) is { } balance ? $"{Amounts.Write(balance.Amount, balance.Currency)} {balance.Currency}" : null);
        var company = customer["CompanyName"].Text();
        return new Person
        {
            Identifiers = identifiers,
            FirstName = customer["GivenName"].Text(),
            LastName = customer["FamilyName"].Text(),
            FullName = customer["DisplayName"].Text() is var shown && shown != company ? shown : null,
            Company = company,
            Street = string.Join(", ", Lines.Select(line => billing[line].Text()).OfType<string>()) is { Length: > 0 } street ? street : null,
            City = billing["City"].Text(),
            Region = billing["CountrySubDivisionCode"].Text(),
            PostalCode = billing["PostalCode"].Text(),
            Country = billing["Country"].Text(),
            Website = customer["WebAddr"]["URI"].Text(),
            Custom = custom,
        };
    }

    /// <summary>The customer that a sale is for; of a job, the customer behind it. The address that the sale was mailed to counts only where the customer has none: it may be an office.</summary>
    public static Person OfSale(Payload sale)
    {
        var buyer = sale[QuickBooksObjects.Buyer];
        List<Identifier> identifiers = [];
        if ((buyer.IsObject ? buyer["Id"].Id() : sale["CustomerRef"]["value"].Id()) is { } id) identifiers.Add(Identifier.Customer(id));
        var (email, _) = Addresses(buyer);
        if ((email ?? First(sale["BillEmail"]["Address"])) is { } address) identifiers.Add(Identifier.Email(address));
        return new Person { Identifiers = identifiers, FullName = buyer.IsObject ? null : sale["CustomerRef"]["name"].Text() };
    }

    // The first one is the customer's; others may be of colleagues.
    private static (string? First, string? Others) Addresses(Payload customer)
    {
        if (customer["PrimaryEmailAddr"]["Address"].Text() is not { } text) return (null, null);
        var all = text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (all.FirstOrDefault(), all.Length > 1 ? string.Join(", ", all[1..]) : null);
    }

    private static string? First(Payload addresses) => addresses.Text()?.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    // A national number from another country than the default one would be read as the number of a stranger. It is kept, and names nobody.
    private void AddPhones(List<Identifier> identifiers, Dictionary<string, string> custom, Payload customer, string? country)
    {
        foreach (var kind in Phones)
        {
            if (customer[kind]["FreeFormNumber"].Text() is not { } number || identifiers.Exists(known => known.Value == number)) continue;
            if (number.StartsWith('+') || country is not { Length: 2 } || defaultCountry is null || string.Equals(country, defaultCountry, StringComparison.OrdinalIgnoreCase)) identifiers.Add(Identifier.Phone(number));
            else custom[kind] = number;
        }
    }

    private static void Add(Dictionary<string, string> custom, string name, string? value)
    {
        if (value is not null) custom.TryAdd(name, value);
    }
}
