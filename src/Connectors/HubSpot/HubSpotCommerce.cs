using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Orders, carts, invoices and subscriptions: each is of the one contact that it is associated with.</summary>
internal sealed class HubSpotCommerce(string? currency)
{
    private static readonly string[] Cancelled = ["cancelled", "canceled", "voided"];
    private static readonly string[] Completed = ["completed", "complete", "purchased", "paid", "converted", "ordered"];

    public Normalization Ordered(HubSpotObject order) => HubSpotPeople.Only(order, contact =>
    {
        var (at, person) = (order.Modified, HubSpotPeople.Of(contact));
        var isPaid = Is(order, "hs_payment_status", "paid");
        List<Fact> facts =
        [
            new($"orders/{order.Id}/state/{HubSpotTime.Key(at)}", new OrderPlaced
            {
                OccurredAt = at,
                Person = person,
                Source = order.Source,
                OrderId = order.Id,
                Number = order.Text("hs_order_name"),
                PlacedAt = order.Time("hs_external_created_date") ?? order.Time("hs_createdate"),
                Total = order.Money("hs_total_price", "hs_currency_code", currency),
                Payment = isPaid ? PaymentStatus.Paid : Is(order, "hs_payment_status", "pending", "unpaid") ? PaymentStatus.Pending : null,
            }),
        ];
        if (Is(order, "hs_external_order_status", Cancelled)) facts.Add(new Fact($"orders/{order.Id}/cancelled", new OrderCancelled { OccurredAt = at, Person = person, Source = order.Source, OrderId = order.Id }));
        return Normalization.Of(facts);
    });

    /// <summary>Whether a cart was left nobody tells: it counts as left until it is completed.</summary>
    public Normalization Filled(HubSpotObject cart) => Is(cart, "hs_external_status", Completed)
        ? new Normalization.Ignored("cart", "was completed; its order tells that")
        : HubSpotPeople.Only(cart, contact => Normalization.Of($"carts/{cart.Id}/state/{HubSpotTime.Key(cart.Modified)}", new CartAbandoned
        {
            OccurredAt = cart.Modified,
            Person = HubSpotPeople.Of(contact),
            Source = cart.Source,
            CartId = cart.Id,
            Total = cart.Money("hs_total_price", "hs_currency_code", currency),
            RecoveryUrl = cart.Text("hs_cart_url"),
        }));

    public Normalization Billed(HubSpotObject invoice) => Is(invoice, "hs_invoice_status", "draft", "voided")
        ? new Normalization.Ignored("invoice", "is a draft, or was called off")
        : HubSpotPeople.Only(invoice, contact =>
        {
            var person = HubSpotPeople.Of(contact);
            var (number, total) = (invoice.Text("hs_number"), invoice.Money("hs_amount_billed", "hs_currency", currency));
            List<Fact> facts =
            [
                new($"invoices/{invoice.Id}/issued", new InvoiceIssued
                {
                    OccurredAt = invoice.Time("hs_invoice_date") ?? invoice.Time("hs_createdate") ?? invoice.Modified,
                    Person = person,
                    Source = invoice.Source,
                    InvoiceId = invoice.Id,
                    Number = number,
                    Total = total,
                    DueAt = invoice.Time("hs_due_date"),
                }),
            ];
            if (Is(invoice, "hs_invoice_status", "paid"))
                facts.Add(new Fact($"invoices/{invoice.Id}/paid", new InvoicePaid { OccurredAt = invoice.Modified, Person = person, Source = invoice.Source, InvoiceId = invoice.Id, Number = number, Amount = total }));
            return Normalization.Of(facts);
        });

    public Normalization Subscribed(HubSpotObject subscription) => HubSpotPeople.Only(subscription, contact =>
    {
        var at = subscription.Modified;
        var started = subscription.Time("hs_createdate") ?? at;
        return Normalization.Of(
            new Fact($"subscriptions/{subscription.Id}/started", Complete(new SubscriptionStarted { SubscriptionId = subscription.Id, OccurredAt = started, Person = HubSpotPeople.Of(contact), Source = subscription.Source }, subscription)),
            new Fact($"subscriptions/{subscription.Id}/state/{HubSpotTime.Key(at)}", Is(subscription, "hs_status", "canceled", "cancelled", "expired")
                ? Complete(new SubscriptionEnded { SubscriptionId = subscription.Id, OccurredAt = at, Person = HubSpotPeople.Of(contact), Source = subscription.Source }, subscription)
                : Complete(new SubscriptionChanged { SubscriptionId = subscription.Id, OccurredAt = at, Person = HubSpotPeople.Of(contact), Source = subscription.Source }, subscription)));
    });

    private SubscriptionEvent Complete(SubscriptionEvent told, HubSpotObject subscription) => told with
    {
        Plan = subscription.Text("hs_name"),
        Status = subscription.Text("hs_status"),
        Price = subscription.Money("hs_next_payment_amount", "hs_currency_code", currency),
        CurrentPeriodEndsAt = subscription.Time("hs_next_payment_due_date"),
    };

    private static bool Is(HubSpotObject told, string name, params string[] words) => words.Contains(told.Text(name), StringComparer.OrdinalIgnoreCase);
}
