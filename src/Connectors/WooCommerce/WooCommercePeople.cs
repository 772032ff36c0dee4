using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Reads the person out of a customer, or out of the billing part of an order or subscription.</summary>
/// <param name="defaultCountry">Country that phone numbers without a country code are taken for; null when none is set.</param>
/// <param name="meta">What the meta data of plugins means.</param>
internal sealed class WooCommercePeople(string? defaultCountry, WooCommerceMeta meta)
{
    // A guest's order names customer 0.
    private const string Guest = "0";

    /// <summary>The customer that a body describes.</summary>
    public Person OfCustomer(Payload customer, string id)
    {
        var (billing, shipping) = (customer["billing"], customer["shipping"]);
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Identifier> identifiers = [Identifier.Customer(id)];
        AddEmail(identifiers, customer["email"]);
        if (Bears(billing, customer))
        {
            AddEmail(identifiers, billing["email"]);
            AddPhone(identifiers, billing, custom);
        }
        Add(custom, "username", customer["username"].Text());
        Add(custom, "role", customer["role"].Text());
        Add(custom, "is_paying_customer", customer["is_paying_customer"].Scalar());
        Add(custom, "customer_since", WooCommerceTime.Key(WooCommerceTime.Created(customer)));
        var home = Array.Find([billing, shipping], address => SaysWhere(address) && Bears(address, customer)) ?? billing;
        var person = Describe(home) with
        {
            FirstName = customer["first_name"].Text() ?? billing["first_name"].Text(),
            LastName = customer["last_name"].Text() ?? billing["last_name"].Text(),
        };
        return meta.Complete(person with { Identifiers = identifiers, Custom = custom }, customer["meta_data"], consentIsField: true);
    }

    /// <summary>The buyer behind an order or subscription. A parcel may go to somebody else: the shipping address names nobody.</summary>
    public Person OfBuyer(Payload purchase)
    {
        var billing = purchase["billing"];
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Identifier> identifiers = [];
        if (purchase["customer_id"].Id() is { } id && id != Guest) identifiers.Add(Identifier.Customer(id));
        AddEmail(identifiers, billing["email"]);
        AddPhone(identifiers, billing, custom);
        var person = Describe(billing) with { FirstName = billing["first_name"].Text(), LastName = billing["last_name"].Text() };
        return meta.Complete(person with { Identifiers = identifiers, Custom = custom }, purchase["meta_data"], consentIsField: false);
    }

    /// <summary>The channels that the buyer allowed with a box ticked at the checkout.</summary>
    public IEnumerable<(ConsentChannel Channel, string Key)> Consents(Payload order) => meta.Consents(order["meta_data"]);

    private static Person Describe(Payload address) => new()
    {
        Company = address["company"].Text(),
        Street = (address["address_1"].Text(), address["address_2"].Text()) is ({ } first, { } second)
            ? $"{first}, {second}"
            : address["address_1"].Text() ?? address["address_2"].Text(),
        City = address["city"].Text(),
        Region = address["state"].Text(),
        PostalCode = address["postcode"].Text(),
        Country = Country(address),
    };

    // An account can be billed to somebody else: a parent, the book-keeping.
    private static bool Bears(Payload address, Payload customer) =>
        IsSame(address["first_name"].Text(), customer["first_name"].Text()) && IsSame(address["last_name"].Text(), customer["last_name"].Text());

    private static bool IsSame(string? told, string? account) => told is null || account is null || string.Equals(told, account, StringComparison.OrdinalIgnoreCase);

    private static bool SaysWhere(Payload address) => (address["address_1"].Text() ?? address["city"].Text() ?? address["postcode"].Text()) is not null;

    private static string? Country(Payload address) => address["country"].Text() is { Length: 2 } code ? code.ToUpperInvariant() : address["country"].Text();

    private static void AddEmail(List<Identifier> identifiers, Payload email)
    {
        if (email.Text() is { } text && !identifiers.Exists(known => known.Kind is IdentifierKind.Email && string.Equals(known.Value, text, StringComparison.OrdinalIgnoreCase)))
            identifiers.Add(Identifier.Email(text));
    }

    // A national number from another country than the default one would be read as the number of a stranger. It is kept, and names nobody.
    private void AddPhone(List<Identifier> identifiers, Payload billing, Dictionary<string, string> custom)
    {
        if (billing["phone"].Text() is not { } phone) return;
        var country = Country(billing);
        if (phone.StartsWith('+') || country is null || defaultCountry is null || country == defaultCountry) identifiers.Add(Identifier.Phone(phone));
        else custom["billing_phone"] = phone;
    }

    private static void Add(Dictionary<string, string> custom, string name, string? value)
    {
        if (value is not null) custom.TryAdd(name, value);
    }
}
