using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads sales. Amounts are major units with tax, without a currency.</summary>
internal sealed class MindbodySales(string? currency)
{
    // Between these, sums and quotients are decimals that can be held.
    private const decimal MaxAmount = 1_000_000_000_000m;
    private const decimal MinQuantity = 0.000_001m;

    public Normalization Sold(MindbodyEvent told)
    {
        var body = told.Body;
        var sale = new MindbodySale(told.Site, body["saleId"].RequiredId())
        {
            At = body["saleDateTime"].Time() ?? told.At,
            ClientId = body["purchasingClientId"].Id(),
            Total = Amount(body["totalAmountPaid"]),
            Items = [.. body["items"].Items().Select(Item).OfType<OrderItem>()],
        };
        return body["totalAmountPaid"].Decimal() < 0 ? told.Ignored(MindbodySale.IsReturn) : Normalization.Of([.. sale.Facts()]);
    }

    /// <summary>A sale of the history.</summary>
    public Normalization Read(MindbodySite site, Payload body, MindbodyClock clock, DateTimeOffset readAt)
    {
        var (items, payments) = (body["PurchasedItems"].Items().ToList(), body["Payments"].Items().ToList());
        var sale = new MindbodySale(site, body["Id"].RequiredId())
        {
            At = clock.Required(body["SaleDateTime"]),
            ClientId = body["ClientId"].Id(),
            Total = payments.Count > 0 ? Sum(payments.Select(payment => payment["Amount"])) : Sum(items.Select(item => item["TotalAmount"])),
            Items = [.. items.Select(Purchased).OfType<OrderItem>()],
        };
        if (sale.Total is { Amount: < 0 }) return new Normalization.Ignored("sale", MindbodySale.IsReturn);
        List<Fact> facts = [.. sale.Facts()];
        if (Sum(items.Where(item => item["Returned"].Flag() is true).Select(item => item["TotalAmount"])) is { Amount: > 0 } returned) facts.Add(sale.Returned(returned, readAt));
        return Normalization.Of(facts);
    }

    /// <summary>A card transaction that was voided or paid back.</summary>
    public Normalization Refunded(MindbodySite site, Payload body, MindbodyClock clock)
    {
        var (id, saleId) = (body["TransactionId"].RequiredId(), body["SaleId"].RequiredId());
        var amount = Amount(body["Amount"]);
        return Normalization.Of(site.Fact($"sales/{saleId}/refunds/{id}", new OrderRefunded
        {
            OccurredAt = clock.Required(body["TransactionTime"]),
            Person = new Person { Identifiers = site.Identifiers(uniqueId: null, body["ClientId"].Id(), email: null) },
            Source = site.Source("transaction", id),
            OrderId = site.Wide(saleId),
            RefundId = id,
            Amount = amount is null ? null : amount with { Amount = Math.Abs(amount.Amount) },
            Reason = body["Status"].Text(),
        }));
    }

    /// <summary>Whether a transaction gave money back, or took none in the end.</summary>
    public static bool IsRefund(Payload transaction) =>
        transaction["Amount"].Decimal() < 0 || (transaction["Status"].Text() is { } status && (status.Contains("void", StringComparison.OrdinalIgnoreCase) || status.Contains("refund", StringComparison.OrdinalIgnoreCase)));

    private Money? Amount(Payload told)
    {
        if (told.Decimal() is not { } value || currency is null) return null;
        return Math.Abs(value) <= MaxAmount ? new Money { Amount = value, Currency = currency } : throw told.Not("an amount of a sale");
    }

    private Money? Sum(IEnumerable<Payload> amounts)
    {
        var told = amounts.Select(Amount).OfType<Money>().ToList();
        return told.Count > 0 ? told[0] with { Amount = told.Sum(amount => amount.Amount) } : null;
    }

    private OrderItem? Purchased(Payload item) => item["Description"].Text() is { } title
        ? new OrderItem { ProductId = item["Id"].Id(), Title = title, Quantity = item["Quantity"].Decimal() ?? 1, UnitPrice = Amount(item["UnitPrice"]) }
        : null;

    private OrderItem? Item(Payload item)
    {
        if ((item["name"].Text() ?? item["type"].Text()) is not { } title) return null;
        var quantity = item["quantity"].Decimal() ?? 1;
        return new OrderItem { ProductId = item["itemId"].Id(), Title = title, Quantity = quantity, UnitPrice = UnitPrice(item, quantity) };
    }

    // Before discounts. A price that can't be told exactly is not told.
    private Money? UnitPrice(Payload item, decimal quantity)
    {
        if (Amount(item["amountPaid"]) is not { } paid || quantity < MinQuantity || quantity > MaxAmount) return null;
        var whole = paid.Amount + (Amount(item["amountDiscounted"])?.Amount ?? 0);
        var price = Math.Round(whole / quantity, 4);
        return price * quantity == whole ? paid with { Amount = price } : null;
    }
}
