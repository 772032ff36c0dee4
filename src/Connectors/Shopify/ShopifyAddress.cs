namespace IntegrationHub.Connectors.Shopify;

/// <summary>Addresses of customers and orders. An empty list may stand where an address is missing, and without approval for protected customer data only region and country are left.</summary>
internal static class ShopifyAddress
{
    /// <summary>The first address that says where; failing that the first that says anything.</summary>
    public static Payload Best(IReadOnlyList<Payload> addresses) =>
        addresses.FirstOrDefault(SaysWhere) ?? addresses.FirstOrDefault(address => address.IsObject) ?? addresses[0];

    /// <summary>The first customer or address that bears a name; failing that the last.</summary>
    public static Payload Named(params ReadOnlySpan<Payload> candidates)
    {
        foreach (var candidate in candidates)
        {
            if ((candidate["first_name"].Text() ?? candidate["last_name"].Text() ?? candidate["name"].Text()) is not null) return candidate;
        }
        return candidates[^1];
    }

    public static string? Street(Payload address)
    {
        var (first, second) = (address["address1"].Text(), address["address2"].Text());
        return first is null ? second : second is null ? first : $"{first}, {second}";
    }

    /// <summary>The code in upper case; where there is none, the name.</summary>
    public static string? Country(Payload address)
    {
        if (address["country_code"].Text() is { } code) return code.ToUpperInvariant();
        var country = address["country_name"].Text() ?? address["country"].Text();
        return country is { Length: 2 } ? country.ToUpperInvariant() : country;
    }

    private static bool SaysWhere(Payload address) => (address["address1"].Text() ?? address["city"].Text() ?? address["zip"].Text()) is not null;
}
