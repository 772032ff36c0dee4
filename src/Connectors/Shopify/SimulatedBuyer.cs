namespace IntegrationHub.Connectors.Shopify;

/// <summary>One person in front of the simulated shop, and how far they have come.</summary>
internal sealed class SimulatedBuyer(SimulatedPerson person, long customerId, Random random)
{
    private const string Order = "order", OrderUnpaid = "order unpaid", Summary = "customers/purchasing_summary", Consent = "customers_email_marketing_consent/update";

    // What a journey goes through, mostly topics; afterwards the buyer comes back for more.
    private static readonly string[][] Journeys =
    [
        ["customers/create", Consent, "checkouts/update", Order, Summary, "orders/updated", "refunds/create"],
        ["checkouts/create", "customers/create", Order, "customer.tags_added", "orders/updated", "customers/update"],
        ["customers/create", OrderUnpaid, "orders/paid", Summary, "orders/updated"],
        ["checkouts/create", "checkouts/update", "customers/create", Consent, "customers_marketing_consent/update"],
        ["customers/create", OrderUnpaid, "order_transactions/create", "orders/cancelled", "customers/update"],
        [Order, "refunds/create", "customers/update", Consent, "customer.tags_added"],
    ];

    private static readonly string[] Return = ["checkouts/update", Order, Summary, "orders/updated"];

    private readonly string[] journey = Journeys[random.Next(Journeys.Length)];
    private readonly SimulatedCustomer customer = new(person, customerId);
    private SimulatedOrder? order;
    private string checkout = Token(random);
    private int step;

    /// <summary>The next delivery about this buyer.</summary>
    /// <param name="now">The vendor's time.</param>
    /// <param name="nextOrderId">Takes the next order id of the shop.</param>
    public (string Topic, ReadOnlyMemory<byte> Body) Next(DateTimeOffset now, Func<long> nextOrderId)
    {
        var next = step < journey.Length ? journey[step] : Return[(step - journey.Length) % Return.Length];
        step++;
        if (next is Order or OrderUnpaid or "customers/create") customer.CreatedAt ??= now;
        return next switch
        {
            Order or OrderUnpaid => Place(now, nextOrderId(), next is OrderUnpaid),
            "checkouts/create" or "checkouts/update" => (next, JsonBody.Of(body => SimulatedOrder.WriteCheckout(body, customer, checkout, random, now))),
            "customers/create" or "customers/update" => (next, JsonBody.Of(body => customer.Write(body, now))),
            _ when next.StartsWith("customer", StringComparison.Ordinal) => (next, JsonBody.Of(body => customer.WriteThin(body, next, order?.Id, now))),
            _ => (next, JsonBody.Of(body => WriteAboutOrder(body, next, now))),
        };
    }

    private (string Topic, ReadOnlyMemory<byte> Body) Place(DateTimeOffset now, long id, bool unpaid)
    {
        order = new SimulatedOrder(id, customer, checkout, random, now) { FinancialStatus = unpaid ? "pending" : "paid" };
        var placed = order;
        checkout = Token(random);
        return ("orders/create", JsonBody.Of(body => placed.Write(body, now)));
    }

    private void WriteAboutOrder(JsonBody body, string topic, DateTimeOffset now)
    {
        var placed = order ?? throw new InvalidOperationException($"The journey tells {topic} before an order.");
        switch (topic)
        {
            case "refunds/create":
                placed.WriteRefund(body, now);
                return;
            case "order_transactions/create":
                placed.WriteFailedPayment(body, now);
                return;
            case "orders/paid":
                placed.FinancialStatus = "paid";
                break;
            case "orders/cancelled":
                (placed.FinancialStatus, placed.CancelledAt) = ("voided", now);
                break;
            default:
                placed.FulfillmentStatus = "fulfilled";
                break;
        }
        placed.Write(body, now);
    }

    private static string Token(Random random) => $"{random.NextInt64():x16}{random.NextInt64():x16}";
}
