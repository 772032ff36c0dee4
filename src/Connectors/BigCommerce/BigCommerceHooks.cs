using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Reads webhooks: what they point at, and the deletions, of which there is nothing left to fetch. Webhooks of one channel name the id otherwise.</summary>
internal static class BigCommerceHooks
{
    public static Normalization Customer(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Customer, Id(delivery.Json["data"]["id"]));

    /// <summary>Addresses tell no time of their own: that of the webhook goes with the reference.</summary>
    public static Normalization Address(WebhookDelivery delivery)
    {
        var data = delivery.Json["data"];
        var (customer, address) = (Id(data["address"]["customer_id"]), Id(data["id"]));
        return Fetch(BigCommerceObjects.Address, $"{customer}/{address}/{At(delivery).ToUnixTimeSeconds()}");
    }

    public static Normalization CustomerDeleted(WebhookDelivery delivery)
    {
        var id = Id(delivery.Json["data"]["id"]);
        return Normalization.Of($"customers/{id}/deleted", new ContactRemovedAtSource
        {
            OccurredAt = At(delivery),
            Person = new Person { Identifiers = [Identifier.Customer(id)] },
            Source = new SourceReference { ObjectType = BigCommerceObjects.Customer, ObjectId = id },
        });
    }

    public static Normalization Subscriber(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Subscriber, Id(delivery.Json["data"]["id"]));

    /// <summary>Whose address it was is known from what the subscriber told before.</summary>
    public static Normalization SubscriberDeleted(WebhookDelivery delivery)
    {
        var id = Id(delivery.Json["data"]["id"]);
        return Normalization.Of($"subscribers/{id}/deleted", new EmailUnsubscribed
        {
            OccurredAt = At(delivery),
            Person = new Person { Identifiers = [BigCommercePeople.Subscriber(id)] },
            Source = new SourceReference { ObjectType = BigCommerceObjects.Subscriber, ObjectId = id },
            Reason = "removed from the newsletter",
        });
    }

    public static Normalization Order(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Order, OrderId(delivery));

    public static Normalization Refund(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Refunds, OrderId(delivery));

    public static Normalization Transaction(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Transactions, OrderId(delivery));

    public static Normalization Message(WebhookDelivery delivery) => Fetch(BigCommerceObjects.Messages, OrderId(delivery));

    public static Normalization Cart(WebhookDelivery delivery)
    {
        var data = delivery.Json["data"];
        var id = data["id"].Exists ? data["id"] : data["cart_id"];
        return Guid.TryParseExact(id.RequiredText(), "D", out _) ? Fetch(BigCommerceObjects.Cart, id.RequiredText()) : throw id.Not("the id of a cart");
    }

    private static Normalization Fetch(string type, string id) => Normalization.Fetch(type, id);

    private static DateTimeOffset At(WebhookDelivery delivery) => delivery.Json["created_at"].RequiredEpochSeconds();

    private static string OrderId(WebhookDelivery delivery)
    {
        var data = delivery.Json["data"];
        return Id(data["order_id"].Exists ? data["order_id"] : data["id"]);
    }

    private static string Id(Payload id) => id.RequiredId() is var text && text.Length <= 20 && text.All(char.IsAsciiDigit) ? text : throw id.Not("a whole number");
}
