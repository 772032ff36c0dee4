using System.Net;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>What orders and subscriptions have in common: lines, amounts, and where the buyer came from. Amounts are texts in major units, with as many decimals as the shop is set to.</summary>
internal static class WooCommerceGoods
{
    private const string Attributed = "_wc_order_attribution_";

    // Between these, sums and quotients are decimals that can be held.
    private const decimal MaxAmount = 1_000_000_000_000_000m;
    private const decimal MinQuantity = 0.000_001m;

    public static Money? Total(Payload purchase) => Amounts.Major(purchase["total"], purchase["currency"]);

    public static IReadOnlyList<OrderItem> Items(Payload purchase)
    {
        List<OrderItem> items = [];
        foreach (var line in purchase["line_items"].Items())
        {
            if (Title(line) is not { } title) continue;
            var product = line["product_id"].Id();
            items.Add(new OrderItem
            {
                // Of a product that was deleted since, 0 is left.
                ProductId = product == "0" ? null : product,
                Sku = line["sku"].Text(),
                Title = title,
                Quantity = line["quantity"].Decimal() ?? 1,
                UnitPrice = UnitPrice(line, purchase),
            });
        }
        return items;
    }

    /// <summary>The name of a line, which holds HTML entities where an editor put them.</summary>
    public static string? Title(Payload line) => PayloadText.Clean(WebUtility.HtmlDecode(line["name"].Text())) ?? line["sku"].Text();

    /// <summary>An amount as the shop shows its prices: with the tax where prices include it.</summary>
    public static Money? Shown(Payload net, Payload tax, Payload purchase)
    {
        if (Amounts.Major(net, purchase["currency"]) is not { } amount) return null;
        var included = purchase["prices_include_tax"].Flag() is true ? tax.Decimal() ?? 0 : 0;
        if (Math.Abs(amount.Amount) > MaxAmount || Math.Abs(included) > MaxAmount) throw net.Not("an amount of a shop");
        return included == 0 ? amount : amount with { Amount = amount.Amount + included };
    }

    /// <summary>Campaign and pages, kept by WooCommerce itself since 8.5. Queries are left out: besides the campaign they may hold keys.</summary>
    public static Attribution? Attribution(Payload order)
    {
        string? Read(string name) => WooCommerceMeta.Value(order["meta_data"], Attributed + name) is { } value && !value.StartsWith('(') ? value : null;
        var attribution = new Attribution
        {
            Source = Read("utm_source"),
            Medium = Read("utm_medium"),
            Campaign = Read("utm_campaign"),
            Term = Read("utm_term"),
            Content = Read("utm_content"),
            Referrer = WithoutQuery(Read("referrer")),
            LandingPage = WithoutQuery(Read("session_entry")),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    // "price" is what one cost after discounts, as an inexact number. A price that can't be told exactly is not told.
    private static Money? UnitPrice(Payload line, Payload purchase)
    {
        if (Shown(line["subtotal"], line["subtotal_tax"], purchase) is not { } subtotal || line["quantity"].Decimal() is not ({ } quantity and >= MinQuantity)) return null;
        var price = Math.Round(subtotal.Amount / quantity, 6);
        if (price * quantity != subtotal.Amount) return null;
        var usual = Math.Round(price, Math.Min(6, (int)subtotal.Amount.Scale));
        return subtotal with { Amount = usual == price ? usual : price };
    }

    private static string? WithoutQuery(string? address) => address is null ? null : PayloadText.Clean(address.Split('?', '#')[0]);
}
