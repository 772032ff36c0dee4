using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>What orders and invoices share: who, what, where it is paid.</summary>
internal static class ClickFunnelsGoods
{
    /// <summary>Whether the order is a subscription: then its id is the subscription's.</summary>
    public static bool IsSubscription(Payload order) => order["order_type"].Text()?.StartsWith("subscription", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>A status with dashes for underscores: ClickFunnels writes both.</summary>
    public static string? Status(Payload status) => status.Text()?.Replace('_', '-').ToLowerInvariant();

    public static Money? Amount(Payload holder, string name) => Amounts.Major(holder[name], holder["currency"]);

    /// <summary>The contact of an order, with what the order itself says about them.</summary>
    public static Person Person(Payload order)
    {
        var contact = order["contact"];
        var person = ClickFunnelsPeople.Of(contact, order["contact_id"]);
        var custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal);
        if (order["referral_code"]["code"].Text() is { } referral) custom["referral_code"] = referral;
        if (order["funnel_name"].Text() is { } funnel) custom["funnel_name"] = funnel;
        if (order["phone_number"].Text() is { } phone && !person.Identifiers.Contains(Identifier.Phone(phone)))
            person = person with { Identifiers = [.. person.Identifiers, Identifier.Phone(phone)] };
        return Addressed(order, person with { Custom = custom });
    }

    public static IReadOnlyList<OrderItem> Items(IEnumerable<Payload> lines) => [.. lines.Select(Item).OfType<OrderItem>()];

    // A parcel may go to somebody else; what is billed is the customer's.
    private static Person Addressed(Payload order, Person person)
    {
        var prefix = HasAddress(order, "billing_address_") ? "billing_address_" : "shipping_address_";
        if (prefix is "shipping_address_" && order["shipping_address_last_name"].Text() is { } name && !string.Equals(name, person.LastName, StringComparison.OrdinalIgnoreCase)) return person;
        return person with
        {
            Company = order[prefix + "organization_name"].Text(),
            Street = ClickFunnelsEvent.Joined(", ", order[prefix + "street_one"].Text(), order[prefix + "street_two"].Text()),
            City = order[prefix + "city"].Text(),
            Region = order[prefix + "region"].Text(),
            PostalCode = order[prefix + "postal_code"].Text(),
            Country = order[prefix + "country"].Text(),
        };
    }

    private static bool HasAddress(Payload order, string prefix) =>
        order[prefix + "street_one"].Text() is not null || order[prefix + "city"].Text() is not null || order[prefix + "postal_code"].Text() is not null;

    private static OrderItem? Item(Payload line)
    {
        var (product, variant, price) = (line["original_product"], line["products_variant"], line["products_price"]);
        if ((product["name"].Text() ?? line["description"].Text() ?? variant["name"].Text()) is not { } title) return null;
        return new OrderItem
        {
            ProductId = product["id"].Id() ?? variant["product_id"].Id(),
            Sku = variant["sku"].Text(),
            Title = variant["name"].Text() is { } kind && kind is not "Default" && kind != title ? $"{title} ({kind})" : title,
            Quantity = line["quantity"].Decimal() ?? 1,
            UnitPrice = Amounts.Major(price["amount"], price["currency"]),
        };
    }
}
