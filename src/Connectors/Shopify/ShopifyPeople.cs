using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Reads the person out of a customer, or out of an order, draft order or checkout with the customer in it.</summary>
internal static class ShopifyPeople
{
    /// <summary>The customer that a body describes.</summary>
    public static Person OfCustomer(Payload customer)
    {
        var address = ShopifyAddress.Best([customer["default_address"], .. customer["addresses"].Items()]);
        var identifiers = new IdentifierList();
        identifiers.AddCustomer(customer);
        identifiers.AddEmail(customer["email"]);
        identifiers.AddPhone(customer["phone"]);
        identifiers.AddOwnPhone(address, customer);
        return Describe(identifiers, address, [customer, address], CustomOf(customer));
    }

    /// <summary>The buyer behind an order, draft order or checkout.</summary>
    /// <param name="purchase">The order, draft order or checkout.</param>
    /// <param name="checkoutToken">The token that an order shares with its checkout.</param>
    public static Person OfBuyer(Payload purchase, string? checkoutToken)
    {
        var (customer, billing, shipping) = (purchase["customer"], purchase["billing_address"], purchase["shipping_address"]);
        var identifiers = new IdentifierList();
        identifiers.AddCustomer(customer);
        foreach (var email in (ReadOnlySpan<Payload>)[purchase["email"], purchase["contact_email"], customer["email"]]) identifiers.AddEmail(email);
        foreach (var phone in (ReadOnlySpan<Payload>)[purchase["phone"], purchase["sms_marketing_phone"], customer["phone"]]) identifiers.AddPhone(phone);
        identifiers.AddOwnPhone(billing, ShopifyAddress.Named(customer, billing));
        identifiers.AddAnonymous("cart", purchase["cart_token"].Text());
        identifiers.AddAnonymous("checkout", checkoutToken);

        var custom = CustomOf(customer);
        AddPurchase(custom, purchase);
        var person = Describe(identifiers, ShopifyAddress.Best([billing, customer["default_address"], shipping]), [customer, billing, shipping], custom);
        return person with { Locale = purchase["customer_locale"].Text() };
    }

    private static Person Describe(IdentifierList identifiers, Payload address, ReadOnlySpan<Payload> named, Dictionary<string, string> custom)
    {
        var name = ShopifyAddress.Named(named);
        var (first, last) = (name["first_name"].Text(), name["last_name"].Text());
        return new Person
        {
            Identifiers = identifiers.ToList(),
            FirstName = first,
            LastName = last,
            FullName = first is null && last is null ? name["name"].Text() : null,
            Company = address["company"].Text(),
            Street = ShopifyAddress.Street(address),
            City = address["city"].Text(),
            Region = address["province"].Text() ?? address["province_code"].Text(),
            PostalCode = address["zip"].Text(),
            Country = ShopifyAddress.Country(address),
            Custom = custom,
        };
    }

    private static Dictionary<string, string> CustomOf(Payload customer)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(custom, "account_state", customer["state"].Text()?.ToLowerInvariant());
        Add(custom, "verified_email", customer["verified_email"].Scalar());
        Add(custom, "tax_exempt", customer["tax_exempt"].Scalar());
        Add(custom, "currency", customer["currency"].Text());
        Add(custom, "note", customer["note"].Text());
        Add(custom, "customer_since", customer["created_at"].Time()?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return custom;
    }

    // The marketing boxes are what was ticked at the checkout, not the consent that holds now: that has its own topics.
    private static void AddPurchase(Dictionary<string, string> custom, Payload purchase)
    {
        Add(custom, "buyer_accepts_marketing", purchase["buyer_accepts_marketing"].Scalar());
        Add(custom, "buyer_accepts_sms_marketing", purchase["buyer_accepts_sms_marketing"].Scalar());
        Add(custom, "source_name", purchase["source_name"].Text());
        Add(custom, "order_tags", TagsOf(purchase["tags"]));
        foreach (var attribute in purchase["note_attributes"].Items())
        {
            // Names with an underscore in front are an app's own bookkeeping.
            var value = attribute["value"];
            if (attribute["name"].Text() is { } name && !name.StartsWith('_') && !value.IsObject && !value.IsList) Add(custom, name, value.Scalar());
        }
    }

    // A text in webhooks, a list in the API.
    private static string? TagsOf(Payload tags) => tags.IsList ? PayloadText.Clean(string.Join(", ", tags.Items().Select(tag => tag.Text()))) : tags.Text();

    private static void Add(Dictionary<string, string> custom, string name, string? value)
    {
        if (value is not null) custom.TryAdd(name, value);
    }
}
