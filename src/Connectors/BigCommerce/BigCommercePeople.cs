using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Reads the person out of a customer, an order, a cart or a subscriber.</summary>
/// <param name="defaultCountry">Country that phone numbers without a country code are taken for; null when none is set.</param>
/// <param name="fields">What form fields and attributes mean.</param>
internal sealed class BigCommercePeople(string? defaultCountry, BigCommerceFields fields)
{
    // The orders and carts of guests name customer 0.
    private const string Guest = "0";

    /// <summary>A subscriber has an id and no account: it joins what is told of the subscription to its deletion, which tells nothing else.</summary>
    public static Identifier Subscriber(string id) => Identifier.Anonymous($"subscriber:{id}");

    /// <summary>A customer, with the latest address that bears their name: others are of people they send things to.</summary>
    public Person OfCustomer(Payload customer, string id)
    {
        var home = customer["addresses"].Items().LastOrDefault(address => Bears(address, customer));
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Identifier> identifiers = [Identifier.Customer(id)];
        AddEmail(identifiers, customer["email"]);
        AddPhone(identifiers, custom, customer["phone"], home is null ? null : Country(home["country_code"], home["country"]));
        Add(custom, "customer_group", customer["customer_group_id"].Id() is var group && group != "0" ? group : null);
        Add(custom, "accepts_product_review_abandoned_cart_emails", customer["accepts_product_review_abandoned_cart_emails"].Scalar());
        Add(custom, "customer_since", BigCommerceTime.Key(BigCommerceTime.Created(customer)));
        var person = (home is null ? new Person() : OfAddress(home)) with
        {
            FirstName = customer["first_name"].Text(),
            LastName = customer["last_name"].Text(),
            Company = customer["company"].Text() ?? home?["company"].Text(),
        };
        return fields.Complete(person with { Identifiers = identifiers, Custom = custom }, customer);
    }

    /// <summary>One address of a customer; null when it is gone, or of somebody else.</summary>
    public Person? OfAddress(Payload customer, string customerId, string addressId)
    {
        if (customer["addresses"].Items().FirstOrDefault(address => address["id"].Id() == addressId) is not { } address || !Bears(address, customer)) return null;
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Identifier> identifiers = [Identifier.Customer(customerId)];
        AddPhone(identifiers, custom, address["phone"], Country(address["country_code"], address["country"]));
        return OfAddress(address) with { Identifiers = identifiers, Custom = custom, Company = address["company"].Text() };
    }

    /// <summary>The buyer. A parcel may go to somebody else: a shipping address names nobody.</summary>
    public Person OfBuyer(Payload order)
    {
        var billing = order["billing_address"];
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Identifier> identifiers = [];
        AddCustomer(identifiers, order["customer_id"]);
        AddEmail(identifiers, billing["email"]);
        var country = Country(billing["country_iso2"], billing["country"]);
        AddPhone(identifiers, custom, billing["phone"], country);
        if (order["cart_id"].Text() is { } cart) identifiers.Add(Identifier.Anonymous($"cart:{cart}"));
        return new Person
        {
            Identifiers = identifiers,
            FirstName = billing["first_name"].Text(),
            LastName = billing["last_name"].Text(),
            Company = billing["company"].Text(),
            Locale = order["customer_locale"].Text()?.Replace('_', '-'),
            Street = Street(billing["street_1"], billing["street_2"]),
            City = billing["city"].Text(),
            Region = billing["state"].Text(),
            PostalCode = billing["zip"].Text(),
            Country = country,
            Custom = custom,
        };
    }

    public static Person OfCart(Payload cart, string id)
    {
        List<Identifier> identifiers = [];
        AddCustomer(identifiers, cart["customer_id"]);
        AddEmail(identifiers, cart["email"]);
        identifiers.Add(Identifier.Anonymous($"cart:{id}"));
        return new Person { Identifiers = identifiers, Locale = cart["locale"].Text()?.Replace('_', '-') };
    }

    public static Person OfSubscriber(Payload subscriber, string id)
    {
        List<Identifier> identifiers = [];
        AddEmail(identifiers, subscriber["email"]);
        identifiers.Add(Subscriber(id));
        var custom = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["abandoned_cart_emails"] = subscriber["consents"].Items().Any(consent => consent.Text() == "abandoned_cart") ? "true" : "false",
        };
        Add(custom, "newsletter_source", subscriber["source"].Text());
        return new Person { Identifiers = identifiers, FirstName = subscriber["first_name"].Text(), LastName = subscriber["last_name"].Text(), Custom = custom };
    }

    private static Person OfAddress(Payload address) => new()
    {
        Street = Street(address["address1"], address["address2"]),
        City = address["city"].Text(),
        Region = address["state_or_province"].Text(),
        PostalCode = address["postal_code"].Text(),
        Country = Country(address["country_code"], address["country"]),
    };

    private static string? Street(Payload first, Payload second) =>
        (first.Text(), second.Text()) is ({ } street, { } rest) ? $"{street}, {rest}" : first.Text() ?? second.Text();

    private static string? Country(Payload code, Payload name) => code.Text() is { Length: 2 } known ? known.ToUpperInvariant() : name.Text();

    private static bool Bears(Payload address, Payload customer) =>
        IsSame(address["first_name"].Text(), customer["first_name"].Text()) && IsSame(address["last_name"].Text(), customer["last_name"].Text());

    private static bool IsSame(string? told, string? account) => told is null || account is null || string.Equals(told, account, StringComparison.OrdinalIgnoreCase);

    private static void AddCustomer(List<Identifier> identifiers, Payload customer)
    {
        if (customer.Id() is { } id && id != Guest) identifiers.Add(Identifier.Customer(id));
    }

    private static void AddEmail(List<Identifier> identifiers, Payload email)
    {
        if (email.Text() is { } text) identifiers.Add(Identifier.Email(text));
    }

    // A national number from another country than the default one would be read as the number of a stranger. It is kept, and names nobody.
    private void AddPhone(List<Identifier> identifiers, Dictionary<string, string> custom, Payload number, string? country)
    {
        if (number.Text() is not { } phone) return;
        if (phone.StartsWith('+') || country is null || defaultCountry is null || country == defaultCountry) identifiers.Add(Identifier.Phone(phone));
        else custom["phone"] = phone;
    }

    private static void Add(Dictionary<string, string> custom, string name, string? value)
    {
        if (value is not null) custom.TryAdd(name, value);
    }
}
