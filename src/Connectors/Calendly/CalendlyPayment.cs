using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>The payment of a booking. Its amount is a number in major units: <c>49.5</c>.</summary>
internal static class CalendlyPayment
{
    public static IEnumerable<Fact> Read(CalendlyBooking booking)
    {
        var payment = booking.Invitee["payment"];
        if (payment["successful"].Flag() is not { } successful) yield break;
        var id = payment["external_id"].Id() ?? booking.Uri;
        var amount = Amounts.Major(payment["amount"], payment["currency"]);
        if (!successful)
        {
            yield return new Fact($"payments/{id}/failed", Failed(booking, id, amount));
            yield break;
        }
        yield return new Fact($"orders/{id}/placed", Placed(booking, id, amount));
        yield return new Fact($"orders/{id}/paid", Paid(booking, id, amount));
    }

    private static OrderPlaced Placed(CalendlyBooking booking, string id, Money? amount) => new()
    {
        OrderId = id,
        PlacedAt = booking.BookedAt,
        Total = amount,
        Items = booking.Title is { } title ? [new OrderItem { Title = title, ProductId = booking.Meeting["event_type"].Text(), UnitPrice = amount }] : [],
        Payment = PaymentStatus.Paid,
        OccurredAt = booking.BookedAt,
        Person = booking.Person,
        Source = Source(id),
        Attribution = booking.Attribution,
    };

    private static OrderPaid Paid(CalendlyBooking booking, string id, Money? amount) =>
        new() { OrderId = id, Amount = amount, OccurredAt = booking.BookedAt, Person = booking.Person, Source = Source(id) };

    private static PaymentFailed Failed(CalendlyBooking booking, string id, Money? amount) =>
        new() { PaymentId = id, Amount = amount, OccurredAt = booking.BookedAt, Person = booking.Person, Source = Source(id) };

    private static SourceReference Source(string id) => new() { ObjectType = "payment", ObjectId = id };
}
