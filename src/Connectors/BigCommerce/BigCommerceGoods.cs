using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Lines and amounts. Orders write amounts as texts with four decimals, carts as numbers; both in major units.</summary>
internal static class BigCommerceGoods
{
    private const int DeepestConsignment = 4;

    // Amounts of this size can be written and read again without a loss.
    private const decimal MaxAmount = 1_000_000_000_000_000m;

    /// <summary>An amount with the decimals that are usual for its currency, further ones only where they matter.</summary>
    public static Money? Amount(Payload amount, Payload currency)
    {
        if (Amounts.Major(amount, currency) is not { } money) return null;
        if (Math.Abs(money.Amount) > MaxAmount) throw amount.Not("an amount of a shop");
        return money with { Amount = decimal.Parse(Amounts.Write(money.Amount, money.Currency), CultureInfo.InvariantCulture) };
    }

    /// <summary>What an order's consignments hold, however they go: shipped, picked up, downloaded.</summary>
    public static IReadOnlyList<OrderItem> OfOrder(Payload order)
    {
        var currency = order["default_currency_code"];
        return [.. Lines(order["consignments"], DeepestConsignment).Select(line => Item(line, line["price_inc_tax"], currency)).OfType<OrderItem>()];
    }

    public static IReadOnlyList<OrderItem> OfCart(Payload cart)
    {
        var lines = cart["line_items"].IsObject ? cart["line_items"].Members().Where(kind => kind.Value.IsList).SelectMany(kind => kind.Value.Items()) : [];
        return [.. lines.Select(line => Item(line, line["list_price"].Exists ? line["list_price"] : line["amount"], cart["currency"]["code"])).OfType<OrderItem>()];
    }

    private static OrderItem? Item(Payload line, Payload price, Payload currency)
    {
        if ((line["name"].Text() ?? line["sku"].Text()) is not { } title) return null;
        var product = line["product_id"].Id();
        return new OrderItem
        {
            // Of goods that are not in the catalogue the product is 0.
            ProductId = product == "0" ? null : product,
            Sku = line["sku"].Text(),
            Title = title,
            Quantity = line["quantity"].Decimal() ?? 1,
            UnitPrice = Amount(price, currency),
        };
    }

    private static IEnumerable<Payload> Lines(Payload consignments, int depth)
    {
        if (depth == 0) return [];
        if (consignments.IsList) return consignments.Items().SelectMany(item => Lines(item, depth - 1));
        if (!consignments.IsObject) return [];
        return consignments["line_items"].IsList
            ? consignments["line_items"].Items()
            : consignments.Members().SelectMany(member => Lines(member.Value, depth - 1));
    }
}
