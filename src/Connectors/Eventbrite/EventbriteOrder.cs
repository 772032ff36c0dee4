using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>One order as the API tells it, and the facts in it. Topics come in any order and objects are read as they are now, so the state alone decides.</summary>
internal sealed class EventbriteOrder
{
    private readonly Payload order;
    private readonly EventbritePeople people;
    private readonly string id;
    private readonly IReadOnlyList<Payload> attendees;
    private readonly Money? total;
    private readonly EventbriteTold told;

    private EventbriteOrder(Payload order, EventbritePeople people)
    {
        this.order = order;
        this.people = people;
        id = order["id"].RequiredId();
        attendees = [.. order["attendees"].Items()];
        total = EventbriteCost.Amount(order["costs"]["gross"]);
        var source = new SourceReference { ObjectType = "order", ObjectId = id, Url = order["event"]["url"].Text() };
        told = new EventbriteTold($"orders/{id}", order["created"].RequiredTime(), order["changed"].Time() ?? order["created"].RequiredTime(), EventbritePeople.Buyer(order), source);
    }

    public static Normalization Read(Payload body, EventbritePeople people)
    {
        var order = new EventbriteOrder(body, people);
        return body["status"].RequiredText() switch
        {
            "started" or "pending" => new Normalization.Ignored("order", "a checkout that is not completed yet"),
            "abandoned" when order.told.Person.Identifiers.Count == 0 => new Normalization.Ignored("order", "a checkout that nobody completed, and nobody is named"),
            "abandoned" => Normalization.Of(order.Abandoned()),
            _ => Normalization.Of([.. order.Facts()]),
        };
    }

    private IEnumerable<Fact> Facts()
    {
        yield return told.Fact("placed", Describe(told.CreatedAt, total is { Amount: > 0 } ? PaymentStatus.Pending : null));
        if (told.ChangedAt > told.CreatedAt) yield return told.Fact($"state/{told.Change}", Describe(told.ChangedAt, Payment));
        if (Payment is PaymentStatus.Paid)
            yield return told.Fact("paid", new OrderPaid { OccurredAt = told.CreatedAt, Person = told.Person, Source = told.Source, OrderId = id, Amount = total });
        if (Refunded() is { } refunded) yield return refunded;
        if (IsCancelled) yield return told.Fact("cancelled", new OrderCancelled { OccurredAt = told.ChangedAt, Person = told.Person, Source = told.Source, OrderId = id });
        if (PromoUsed() is { } promo) yield return promo;
        foreach (var preference in told.Preferences(order["contact_list_preferences"])) yield return preference;
        foreach (var fact in attendees.SelectMany(attendee => new EventbriteAttendee(attendee, order, order["event"], people).Facts())) yield return fact;
    }

    private Fact Abandoned() => told.Fact("abandoned", new CartAbandoned
    {
        OccurredAt = told.ChangedAt,
        Person = told.Person,
        Source = told.Source,
        CartId = id,
        Total = total,
        Items = Items(),
    });

    private PaymentStatus? Payment => total is not { Amount: > 0 } ? null : attendees.Any(IsUnpaid) ? PaymentStatus.Pending : PaymentStatus.Paid;

    // Called off by the organiser or the buyer: what remains is an order in which nobody comes.
    private bool IsCancelled => order["status"].Text() is "cancelled" or "canceled" or "deleted" || (attendees.Count > 0 && attendees.All(IsOut));

    private static bool IsOut(Payload attendee) => attendee["cancelled"].Flag() is true || attendee["refunded"].Flag() is true;

    // To be paid later, by invoice or at the door. No other member tells it.
    private static bool IsUnpaid(Payload attendee) => attendee["status"].Text() is "Unpaid";

    private OrderPlaced Describe(DateTimeOffset at, PaymentStatus? payment) => new()
    {
        OccurredAt = at,
        Person = told.Person,
        Source = told.Source,
        Attribution = attendees.Select(EventbriteOccasion.Attribution).FirstOrDefault(attribution => attribution is not null),
        OrderId = id,
        Number = id,
        PlacedAt = told.CreatedAt,
        Total = total,
        Items = Items(),
        DiscountCodes = order["promo_code"].Text() is { } code ? [code] : [],
        Payment = payment,
    };

    private List<OrderItem> Items() => [.. attendees.GroupBy(attendee => (Id: attendee["ticket_class_id"].Id(), Name: attendee["ticket_class_name"].Text()))
        .Where(tickets => (tickets.Key.Name ?? tickets.Key.Id) is not null)
        .Select(tickets => new OrderItem
        {
            ProductId = tickets.Key.Id,
            Title = tickets.Key.Name ?? tickets.Key.Id ?? "",
            Quantity = tickets.Count(),
            UnitPrice = UnitPrice(tickets),
        })];

    // A ticket's price is told after the discount; with one, the price before it is not told for each.
    private Money? UnitPrice(IEnumerable<Payload> tickets)
    {
        if (EventbriteCost.Amount(order["costs"]["discount_amount"]) is { Amount: not 0 }) return null;
        return tickets.Select(ticket => EventbriteCost.Amount(ticket["costs"]["base_price"])).Distinct().ToList() is [var same] ? same : null;
    }

    private Fact? PromoUsed() => order["promo_code"].Text() is { } code
        ? told.Fact($"promo/{code}", new PromoUsed
        {
            OccurredAt = told.CreatedAt,
            Person = told.Person,
            Source = told.Source,
            Code = code,
            OrderId = id,
            Discount = EventbriteCost.Amount(order["costs"]["discount_amount"]),
        })
        : null;

    /// <summary>What went back so far. Refunds have no id and no time of their own: each sum is a fact.</summary>
    private Fact? Refunded()
    {
        var completed = EventbriteRefunds.Completed(order["refund_requests"]);
        if (EventbriteRefunds.InAll(order, completed, attendees, total) is not { Amount: > 0 } sum) return null;
        return told.Fact($"refunded/{sum.Amount.ToString("0.####", CultureInfo.InvariantCulture)}", new OrderRefunded
        {
            OccurredAt = told.ChangedAt,
            Person = told.Person,
            Source = told.Source,
            OrderId = id,
            TotalRefunded = sum,
            Reason = completed.Select(request => request["last_reason"].Text() ?? request["reason"].Text()).OfType<string>().FirstOrDefault(),
        });
    }
}
