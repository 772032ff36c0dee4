using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>The payment of a booking. Amounts are in minor units of a currency in either case.</summary>
internal static class CalComOrder
{
    public static Fact Placed(CalComBooking booking, PaymentStatus status)
    {
        var (id, amount) = (Id(booking), Amount(booking));
        return new Fact($"orders/{id}/placed", new OrderPlaced
        {
            OrderId = id,
            PlacedAt = booking.ToldAt,
            Total = amount,
            Items = booking.Title is { } title ? [new OrderItem { Title = title, ProductId = booking.Body["eventTypeId"].Id(), UnitPrice = amount }] : [],
            Payment = status,
            OccurredAt = booking.ToldAt,
            Person = booking.Booker.Person,
            Source = Source(id),
            Attribution = booking.Attribution,
        });
    }

    public static Fact Paid(CalComBooking booking)
    {
        var id = Id(booking);
        return new Fact($"orders/{id}/paid",
            new OrderPaid { OrderId = id, Amount = Amount(booking), OccurredAt = booking.ToldAt, Person = booking.Booker.Person, Source = Source(id) });
    }

    private static string Id(CalComBooking booking) => booking.Body["paymentId"].Id() ?? booking.Booker.Id;

    // Newer bodies hold the payment itself, older ones the price of the kind of meeting. Bitcoin is no currency of ISO 4217, and its units are not told.
    private static Money? Amount(CalComBooking booking)
    {
        var payment = booking.Body["paymentData"];
        var (amount, currency) = payment["amount"].Exists ? (payment["amount"], payment["currency"]) : (booking.Body["price"], booking.Body["currency"]);
        return Amounts.Currency(currency) is "BTC" ? null : Amounts.Minor(amount, currency);
    }

    private static SourceReference Source(string id) => new() { ObjectType = "payment", ObjectId = id };
}
