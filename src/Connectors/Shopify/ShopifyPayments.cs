using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Attempts to collect money: transactions of an order, and renewals of a subscription.</summary>
internal sealed class ShopifyPayments(TestOrders testOrders)
{
    public Normalization Tried(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        if (testOrders is TestOrders.Ignore && body["test"].Flag() is true) return Ignored("it was made in test mode, and the settings say to ignore that");
        if (body["status"].Text()?.ToLowerInvariant() is not ("failure" or "error")) return Ignored("the attempt did not fail; the order tells what was paid");
        if (body["kind"].Text()?.ToLowerInvariant() is not ("sale" or "authorization" or "emv_authorization" or "capture")) return Ignored("it was no attempt to collect money");
        var id = ShopifyIds.Self(body);
        var moment = Moment.Of(delivery, body["processed_at"], body["created_at"]);
        var orderId = ShopifyIds.Of(body["order_id"]);
        return Normalization.Of($"transactions/{id}/failed", new PaymentFailed
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = new Person(),
            Source = ShopifyHeaders.Source(delivery, "order_transaction", id, orderId is null ? null : $"orders/{orderId}"),
            PaymentId = id,
            OrderId = orderId,
            Amount = Amounts.Major(body["amount"], body["currency"]),
            Reason = Reason(body["message"], body["error_code"]),
        });

        static Normalization Ignored(string reason) => new Normalization.Ignored("order_transactions/create", reason);
    }

    /// <summary>A renewal made an order. It has its own key: the order's own "paid" tells the amount and the person, this one does not.</summary>
    public static Normalization RenewalSucceeded(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        if (ShopifyIds.Of(body["order_id"], body["admin_graphql_api_order_id"]) is not { } orderId)
            return new Normalization.Ignored("subscription_billing_attempts/success", "the attempt names no order yet");
        var (id, moment) = (AttemptId(body), Moment.Of(delivery));
        return Normalization.Of($"billing_attempts/{id}/succeeded", new OrderPaid
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = new Person(),
            Source = ShopifyHeaders.Source(delivery, "subscription_billing_attempt", id, $"orders/{orderId}"),
            OrderId = orderId,
        });
    }

    public static Normalization RenewalFailed(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var (id, moment) = (AttemptId(body), Moment.Of(delivery));
        return Normalization.Of($"billing_attempts/{id}/failed", new PaymentFailed
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = new Person(),
            Source = ShopifyHeaders.Source(delivery, "subscription_billing_attempt", id),
            PaymentId = id,
            OrderId = ShopifyIds.Of(body["order_id"], body["admin_graphql_api_order_id"]),
            SubscriptionId = ShopifyIds.Of(body["subscription_contract_id"], body["admin_graphql_api_subscription_contract_id"]),
            Reason = Reason(body["error_message"], body["error_code"]),
        });
    }

    // Shopify's own sample has no id, the idempotency key is always there.
    private static string AttemptId(Payload body) => ShopifyIds.Required(body["id"], body["idempotency_key"]);

    private static string? Reason(Payload message, Payload code) =>
        (message.Text(), code.Text()?.ToLowerInvariant()) is ({ } words, { } word) ? $"{words} ({word})" : message.Text() ?? code.Text()?.ToLowerInvariant();
}
