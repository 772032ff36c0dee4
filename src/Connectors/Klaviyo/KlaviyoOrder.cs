using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>
/// An order or checkout as a shop told it to Klaviyo. Names come from the integration; those of Klaviyo's guide for shops without one are read as well:
/// https://developers.klaviyo.com/en/docs/guide_to_integrating_a_platform_without_a_pre_built_klaviyo_integration, read 2026-11-22.
/// </summary>
internal sealed class KlaviyoOrder(KlaviyoEvent told, string? currencyWithoutOne)
{
    /// <summary>The shop's id of the order; where none is told the event's own, which no other event meets.</summary>
    public string Id => told.Scalar("OrderId", "$event_id") ?? told.Id;

    /// <summary>What it is worth, in major units.</summary>
    public Money? Value => Money(told.Properties["$value"]);

    /// <summary>What was ordered: names, or lines with a price.</summary>
    public IReadOnlyList<OrderItem> Items => [.. List("Items").Select(Item).OfType<OrderItem>()];

    /// <summary>The discount codes, each once.</summary>
    public IReadOnlyList<string> Codes =>
        [.. List("Discount Codes").Where(code => code.IsText).Select(code => code.Text()).Append(told.Text("DiscountCode")).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What the discounts took off, in all.</summary>
    public Money? Discount => Money(told.Properties["Total Discounts"]) ?? Money(told.Properties["DiscountValue"]);

    private string? Currency => Amounts.Currency(told.Properties["$currency_code"]) ?? currencyWithoutOne;

    private Money? Money(Payload amount) => amount.Decimal() is { } value && Currency is { } currency ? new Money { Amount = value, Currency = currency } : null;

    private IEnumerable<Payload> List(string name) => told.Properties[name] is { IsList: true } list ? list.Items() : [];

    private OrderItem? Item(Payload line)
    {
        if (line.IsText) return line.Text() is { } name ? new OrderItem { Title = name } : null;
        if ((line["ProductName"].Text() ?? line["SKU"].Id()) is not { } title) return null;
        return new OrderItem
        {
            ProductId = line["ProductID"].Id(),
            Sku = line["SKU"].Id(),
            Title = title,
            Quantity = line["Quantity"].Decimal() ?? 1,
            UnitPrice = Money(line["ItemPrice"]),
        };
    }
}
