using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Orders and checkouts of the shops that tell Klaviyo.</summary>
internal sealed class KlaviyoShops(KlaviyoSettings settings)
{
    private const string Shopify = "event:shopify.";

    /// <summary>An order was placed.</summary>
    public Normalization Placed(KlaviyoEvent told) => Unless(told, order =>
    {
        List<Fact> facts =
        [
            new($"orders/{order.Id}/placed", new OrderPlaced
            {
                OccurredAt = told.Time,
                Person = told.Person,
                Source = told.Source,
                OrderId = order.Id,
                PlacedAt = told.Time,
                Total = order.Value,
                Items = order.Items,
                DiscountCodes = order.Codes,
            }),
        ];
        facts.AddRange(order.Codes.Select(code => new Fact($"orders/{order.Id}/promo/{code}", new PromoUsed
        {
            OccurredAt = told.Time,
            Person = told.Person,
            Source = told.Source,
            Code = code,
            OrderId = order.Id,
            Discount = order.Codes.Count == 1 ? order.Discount : null,
        })));
        return Normalization.Of(facts);
    });

    /// <summary>An order was called off.</summary>
    public Normalization Cancelled(KlaviyoEvent told) => Unless(told, order => Normalization.Of($"orders/{order.Id}/cancelled", new OrderCancelled
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        OrderId = order.Id,
        Reason = told.Text("Reason"),
    }));

    /// <summary>Money went back. Two refunds of an order are two events.</summary>
    public Normalization Refunded(KlaviyoEvent told) => Unless(told, order => Normalization.Of(told.Key, new OrderRefunded
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        OrderId = order.Id,
        RefundId = told.Id,
        Amount = order.Value is { } value ? value with { Amount = Math.Abs(value.Amount) } : null,
        Reason = told.Text("Reason"),
    }));

    /// <summary>A checkout was begun. How long the buyer has to be idle is the hub's to say.</summary>
    public Normalization CheckoutStarted(KlaviyoEvent told) => Unless(told, cart => Normalization.Of($"checkouts/{cart.Id}/started", new CartAbandoned
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        CartId = cart.Id,
        Total = cart.Value,
        Items = cart.Items,
        RecoveryUrl = told.Text("CheckoutURL"),
    }));

    /// <summary>The topic under which another shop's event is read: integrations differ in the name before the dot. Null for Klaviyo's own events and those that come over its API.</summary>
    public static string? SameAt(string topic) => topic.Split('.') is [not ("event:klaviyo" or "event:api"), var metric] ? Shopify + metric : null;

    private Normalization Unless(KlaviyoEvent told, Func<KlaviyoOrder, Normalization> read) => settings.Orders is KlaviyoOrders.ToldElsewhere
        ? told.Ignored("the shop is connected too and tells this itself (orders is \"toldElsewhere\")")
        : read(new KlaviyoOrder(told, settings.Currency));
}
