using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>The objects of billing and of what follows a payment.</summary>
internal sealed partial class SimulatedObjects
{
    private const int Month = 2592000;

    public JsonObject Refund(int number) => With(
        new JsonObject
        {
            ["id"] = Id("re", number),
            ["object"] = "refund",
            ["amount"] = RefundedAmount(number),
            ["balance_transaction"] = Id("txn", number),
            ["charge"] = Id("ch", number),
            ["created"] = Ago(1),
            ["currency"] = Currency,
            ["destination_details"] = new JsonObject { ["card"] = new JsonObject { ["reference_status"] = "pending", ["reference_type"] = "acquirer_reference_number", ["type"] = "refund" }, ["type"] = "card" },
            ["metadata"] = new JsonObject(),
            ["payment_intent"] = Id("pi", number),
            ["reason"] = "requested_by_customer",
            ["status"] = "succeeded",
        },
        "receipt_number", "source_transfer_reversal", "transfer_reversal");

    public JsonObject Dispute(int number) => new()
    {
        ["id"] = Id("du", number),
        ["object"] = "dispute",
        ["amount"] = Amount(number),
        ["balance_transactions"] = new JsonArray(),
        ["charge"] = Id("ch", number),
        ["created"] = Ago(2),
        ["currency"] = Currency,
        ["evidence"] = With(new JsonObject { ["customer_email_address"] = person.Email, ["customer_name"] = person.FullName }, "access_activity_log", "product_description", "uncategorized_text"),
        ["evidence_details"] = new JsonObject { ["due_by"] = Ago(-9 * 86400), ["has_evidence"] = false, ["past_due"] = false, ["submission_count"] = 0 },
        ["is_charge_refundable"] = false,
        ["livemode"] = true,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = Id("pi", number),
        ["reason"] = "product_not_received",
        ["status"] = "needs_response",
    };

    public JsonObject Discount(int number) => With(
        new JsonObject
        {
            ["id"] = Id("di", number),
            ["object"] = "discount",
            ["customer"] = CustomerId,
            ["promotion_code"] = "promo_autumn10",
            ["source"] = new JsonObject { ["coupon"] = "AUTUMN10", ["type"] = "coupon" },
            ["start"] = Ago(1),
            ["subscription"] = Id("sub", number),
        },
        "checkout_session", "end", "invoice", "invoice_item", "subscription_item");

    public JsonObject Subscription(int number, string status)
    {
        var cancelled = status is "canceled";
        return With(
            new JsonObject
            {
                ["id"] = Id("sub", number),
                ["object"] = "subscription",
                ["automatic_tax"] = With(new JsonObject { ["enabled"] = false }, "disabled_reason", "liability"),
                ["billing_cycle_anchor"] = Ago(1),
                ["billing_mode"] = new JsonObject { ["type"] = "flexible", ["updated_at"] = null },
                ["cancel_at"] = null,
                ["cancel_at_period_end"] = false,
                ["canceled_at"] = cancelled ? Ago(1) : null,
                ["cancellation_details"] = new JsonObject { ["comment"] = null, ["feedback"] = cancelled ? "unused" : null, ["reason"] = cancelled ? "cancellation_requested" : null },
                ["collection_method"] = "charge_automatically",
                ["created"] = Ago(1),
                ["currency"] = Currency,
                ["customer"] = CustomerId,
                ["default_payment_method"] = Id("pm", 0),
                ["default_tax_rates"] = new JsonArray(),
                ["discounts"] = new JsonArray(),
                ["ended_at"] = cancelled ? Ago(1) : null,
                ["items"] = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(SubscriptionItem(number)), ["has_more"] = false, ["total_count"] = 1, ["url"] = "/v1/subscription_items" },
                ["latest_invoice"] = Id("in", number),
                ["livemode"] = true,
                ["metadata"] = new JsonObject(),
                ["payment_settings"] = new JsonObject { ["payment_method_options"] = null, ["payment_method_types"] = null, ["save_default_payment_method"] = "off" },
                ["start_date"] = Ago(1),
                ["status"] = status,
                ["trial_end"] = status is "trialing" ? Ago(-3 * 86400) : null,
                ["trial_settings"] = new JsonObject { ["end_behavior"] = new JsonObject { ["missing_payment_method"] = "create_invoice" } },
                ["trial_start"] = status is "trialing" ? Ago(1) : null,
            },
            "application", "application_fee_percent", "billing_thresholds", "customer_account", "days_until_due", "default_source", "description", "next_pending_invoice_item_invoice",
            "on_behalf_of", "pause_collection", "pending_invoice_item_interval", "pending_setup_intent", "pending_update", "schedule", "test_clock", "transfer_data");
    }

    public JsonObject Invoice(int number, string status)
    {
        var paid = status is "paid";
        return With(
            new JsonObject
            {
                ["id"] = Id("in", number),
                ["object"] = "invoice",
                ["account_country"] = "DE",
                ["account_name"] = "Shop Example",
                ["amount_due"] = Amount(0),
                ["amount_overpaid"] = 0,
                ["amount_paid"] = paid ? Amount(0) : 0,
                ["amount_remaining"] = paid ? 0 : Amount(0),
                ["amount_shipping"] = 0,
                ["attempt_count"] = 1,
                ["attempted"] = true,
                ["auto_advance"] = !paid,
                ["automatic_tax"] = With(new JsonObject { ["enabled"] = false }, "disabled_reason", "liability", "provider", "status"),
                ["billing_reason"] = number % 10 == 0 ? "subscription_create" : "subscription_cycle",
                ["collection_method"] = "charge_automatically",
                ["created"] = Ago(40),
                ["currency"] = Currency,
                ["customer"] = CustomerId,
                ["customer_address"] = Address(),
                ["customer_email"] = person.Email,
                ["customer_name"] = person.FullName,
                ["customer_phone"] = person.Phone,
                ["customer_tax_exempt"] = "none",
                ["customer_tax_ids"] = new JsonArray(),
                ["discounts"] = new JsonArray(),
                ["ending_balance"] = 0,
                ["hosted_invoice_url"] = "https://invoice.stripe.com/i/example",
                ["invoice_pdf"] = "https://invoice.stripe.com/i/example/pdf",
                ["lines"] = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(Line(number)), ["has_more"] = false, ["total_count"] = 1, ["url"] = $"/v1/invoices/{Id("in", number)}/lines" },
                ["livemode"] = true,
                ["metadata"] = new JsonObject(),
                ["next_payment_attempt"] = paid ? null : Ago(-3 * 86400),
                ["number"] = $"SIM{person.Number:D5}-{number + 1:D4}",
                ["parent"] = new JsonObject { ["quote_details"] = null, ["subscription_details"] = SubscriptionDetails(number), ["type"] = "subscription_details" },
                ["period_end"] = Ago(40),
                ["period_start"] = Ago(Month),
                ["starting_balance"] = 0,
                ["status"] = status,
                ["status_transitions"] = new JsonObject { ["finalized_at"] = Ago(2), ["marked_uncollectible_at"] = null, ["paid_at"] = paid ? Ago(1) : null, ["voided_at"] = null },
                ["subtotal"] = Amount(0),
                ["total"] = Amount(0),
                ["total_discount_amounts"] = new JsonArray(),
                ["total_taxes"] = new JsonArray(),
            },
            "account_tax_ids", "application", "custom_fields", "customer_account", "customer_shipping", "default_payment_method", "default_source", "description", "due_date",
            "footer", "from_invoice", "last_finalization_error", "latest_revision", "on_behalf_of", "receipt_number", "rendering", "shipping_cost", "shipping_details", "test_clock");
    }

    // A round's subscription is its number 0, or 1 where a session comes first.
    private JsonObject SubscriptionDetails(int number) =>
        new() { ["metadata"] = new JsonObject(), ["subscription"] = Id("sub", (number / 10 * 10) + (person.Number % 4 == 3 ? 1 : 0)) };

    private JsonObject SubscriptionItem(int number) => new()
    {
        ["id"] = Id("si", number),
        ["object"] = "subscription_item",
        ["created"] = Ago(1),
        ["current_period_end"] = Ago(-Month),
        ["current_period_start"] = Ago(1),
        ["discounts"] = new JsonArray(),
        ["metadata"] = new JsonObject(),
        ["price"] = With(
            new JsonObject
            {
                ["id"] = $"price_{Amount(0)}",
                ["object"] = "price",
                ["active"] = true,
                ["billing_scheme"] = "per_unit",
                ["currency"] = Currency,
                ["livemode"] = true,
                ["nickname"] = "Pro monthly",
                ["product"] = "prod_pro",
                ["recurring"] = new JsonObject { ["interval"] = "month", ["interval_count"] = 1, ["meter"] = null, ["usage_type"] = "licensed" },
                ["tax_behavior"] = "unspecified",
                ["type"] = "recurring",
                ["unit_amount"] = Amount(0),
                ["unit_amount_decimal"] = $"{Amount(0)}",
            },
            "custom_unit_amount", "lookup_key", "tiers_mode", "transform_quantity"),
        ["quantity"] = 1,
        ["subscription"] = Id("sub", number),
        ["tax_rates"] = new JsonArray(),
    };

    private JsonObject Line(int number) => new()
    {
        ["id"] = Id("il", number),
        ["object"] = "line_item",
        ["amount"] = Amount(0),
        ["currency"] = Currency,
        ["description"] = "1 × Pro (monthly)",
        ["discount_amounts"] = new JsonArray(),
        ["discountable"] = true,
        ["invoice"] = Id("in", number),
        ["livemode"] = true,
        ["metadata"] = new JsonObject(),
        ["period"] = new JsonObject { ["end"] = Ago(-Month), ["start"] = Ago(0) },
        ["pricing"] = new JsonObject { ["price_details"] = new JsonObject { ["price"] = $"price_{Amount(0)}", ["product"] = "prod_pro" }, ["type"] = "price_details", ["unit_amount_decimal"] = $"{Amount(0)}" },
        ["quantity"] = 1,
        ["subtotal"] = Amount(0),
        ["taxes"] = new JsonArray(),
    };
}
