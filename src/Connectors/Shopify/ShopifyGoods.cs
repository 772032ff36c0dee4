using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>What orders and checkouts have in common: lines, amounts in the shop's currency, and where the buyer came from.</summary>
internal static class ShopifyGoods
{
    /// <summary>What the buyer owes in all. Shopify: <c>total_price</c> is in <c>currency</c>, the shop's; the buyer's own currency is elsewhere.</summary>
    public static Money? Total(Payload purchase) => Amounts.Major(purchase["total_price"], purchase["currency"]);

    public static IReadOnlyList<OrderItem> Items(Payload purchase)
    {
        List<OrderItem> items = [];
        foreach (var line in purchase["line_items"].Items())
        {
            if (Title(line) is not { } title) continue;
            items.Add(new OrderItem
            {
                ProductId = ShopifyIds.Of(line["product_id"]),
                Sku = line["sku"].Text(),
                Title = title,
                Quantity = line["quantity"].Decimal() ?? 1,
                UnitPrice = Amounts.Major(line["price"], purchase["currency"]),
            });
        }
        return items;
    }

    /// <summary>Campaign and pages. The query is left out: besides the campaign it may hold the key of a recovery or activation link.</summary>
    public static Attribution? Attribution(Payload purchase)
    {
        var (landing, referrer) = (purchase["landing_site"].Text(), purchase["referring_site"].Text());
        if (landing is null && referrer is null) return null;
        var campaign = Query(landing);
        return new Attribution
        {
            Source = campaign.GetValueOrDefault("utm_source"),
            Medium = campaign.GetValueOrDefault("utm_medium"),
            Campaign = campaign.GetValueOrDefault("utm_campaign"),
            Term = campaign.GetValueOrDefault("utm_term"),
            Content = campaign.GetValueOrDefault("utm_content"),
            Referrer = WithoutQuery(referrer),
            LandingPage = WithoutQuery(landing),
        };
    }

    private static string? Title(Payload line)
    {
        if (line["title"].Text() is not { } title) return line["name"].Text() ?? line["sku"].Text();
        return line["variant_title"].Text() is { } variant ? $"{title} - {variant}" : title;
    }

    private static string? WithoutQuery(string? address) => address is null ? null : PayloadText.Clean(address.Split('?', '#')[0]);

    private static Dictionary<string, string> Query(string? address)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var start = address?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        if (address is null || start < 0) return values;
        foreach (var pair in address[(start + 1)..].Split('#')[0].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            var value = PayloadText.Clean(Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' ')));
            if (value is not null && !value.Contains('\0', StringComparison.Ordinal)) values.TryAdd(pair[..equals], value);
        }
        return values;
    }
}
