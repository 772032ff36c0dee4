using System.Collections.Frozen;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Custom topics <c>action.…</c>: a hook of PHP ran, and its first argument is sent. Of an order or customer that is the id alone.</summary>
internal static class WooCommerceActions
{
    /// <summary>Stands for all of them.</summary>
    public const string Topic = "action.*";

    private static readonly FrozenSet<string> OfOrders = new[]
    {
        "woocommerce_new_order", "woocommerce_update_order", "woocommerce_checkout_order_processed", "woocommerce_payment_complete", "woocommerce_thankyou",
        "woocommerce_order_refunded", "woocommerce_order_fully_refunded", "woocommerce_order_partially_refunded", "woocommerce_cancelled_order", "woocommerce_untrash_order",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfCustomers = new[]
    {
        "woocommerce_created_customer", "woocommerce_new_customer", "woocommerce_update_customer", "woocommerce_customer_save_address", "woocommerce_save_account_details",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static Normalization Fired(WebhookDelivery delivery)
    {
        var (action, id) = (delivery.Json["action"].RequiredText(), delivery.Json["arg"]);
        if (OfOrders.Contains(action) || action.StartsWith("woocommerce_order_status_", StringComparison.Ordinal)) return Fetch("order", id);
        return OfCustomers.Contains(action)
            ? Fetch("customer", id)
            : new Normalization.Ignored(delivery.Header(WooCommerceConnector.TopicHeader), "the argument of this hook is not known to be an order or a customer");
    }

    private static Normalization Fetch(string objectType, Payload id)
    {
        var text = id.RequiredId();
        return text.All(char.IsAsciiDigit) ? Normalization.Fetch(objectType, text) : throw id.Not("a whole number");
    }
}
