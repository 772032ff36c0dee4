using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>One customer's objects as they stand in events, with the members that real ones have.</summary>
/// <param name="person">Who the customer is.</param>
/// <param name="account">Part of every id, so that two simulations don't share any.</param>
/// <param name="at">Now.</param>
internal sealed partial class SimulatedObjects(SimulatedPerson person, string account, DateTimeOffset at)
{
    private static readonly int[] Prices = [1900, 4900, 9900, 12500, 24000];

    public SimulatedPerson Person => person;

    public string Account => account;

    public DateTimeOffset At => at;

    private string CustomerId => Id("cus", 0);

    private string Currency => person.Country switch { "US" => "usd", "GB" => "gbp", "NO" => "nok", _ => "eur" };

    public JsonObject Customer() => With(
        new JsonObject
        {
            ["id"] = CustomerId,
            ["object"] = "customer",
            ["address"] = Address(),
            ["balance"] = 0,
            ["business_name"] = person.Number % 3 == 0 ? person.Company : null,
            ["created"] = Ago(0),
            ["currency"] = Currency,
            ["delinquent"] = false,
            ["email"] = person.Email,
            ["individual_name"] = person.FullName,
            ["invoice_prefix"] = $"SIM{person.Number:D5}",
            ["invoice_settings"] = With(new JsonObject(), "custom_fields", "default_payment_method", "footer", "rendering_options"),
            ["livemode"] = true,
            ["metadata"] = new JsonObject { ["newsletter"] = person.Number % 2 == 0 ? "monthly" : "never", ["utm_source"] = "newsletter", ["utm_campaign"] = "autumn" },
            ["name"] = person.FullName,
            ["next_invoice_sequence"] = 1,
            ["phone"] = person.Phone,
            ["preferred_locales"] = new JsonArray(person.Locale),
            ["tax_exempt"] = "none",
        },
        "customer_account", "default_source", "description", "discount", "shipping", "test_clock");

    public JsonObject Session(int number, bool completed)
    {
        var isPayment = person.Number % 4 != 3;
        var discount = completed && number % 3 == 1 ? Amount(number) / 10 : 0;
        return With(
            new JsonObject
            {
                ["id"] = Id("cs_live", number),
                ["object"] = "checkout.session",
                ["adaptive_pricing"] = new JsonObject { ["enabled"] = true },
                ["after_expiration"] = completed ? null : Recovery(number),
                ["allow_promotion_codes"] = true,
                ["amount_subtotal"] = isPayment ? Amount(number) : null,
                ["amount_total"] = isPayment ? Amount(number) - discount : null,
                ["automatic_tax"] = With(new JsonObject { ["enabled"] = false }, "liability", "provider", "status"),
                ["billing_address_collection"] = "required",
                ["cancel_url"] = "https://shop.example.com/cancel",
                ["collected_information"] = With(new JsonObject(), "business_name", "individual_name", "shipping_details"),
                ["consent"] = new JsonObject { ["promotions"] = number % 4 == 0 ? "opt_in" : null, ["terms_of_service"] = completed ? "accepted" : null },
                ["consent_collection"] = new JsonObject { ["payment_method_reuse_agreement"] = null, ["promotions"] = "auto", ["terms_of_service"] = "required" },
                ["created"] = Ago(95),
                ["currency"] = Currency,
                ["custom_fields"] = new JsonArray(new JsonObject
                {
                    ["key"] = "heard_from",
                    ["label"] = new JsonObject { ["custom"] = "How did you hear of us?", ["type"] = "custom" },
                    ["optional"] = true,
                    ["text"] = new JsonObject { ["default_value"] = null, ["maximum_length"] = null, ["minimum_length"] = null, ["value"] = person.Number % 2 == 0 ? "a friend" : "the fair" },
                    ["type"] = "text",
                }),
                ["customer"] = CustomerId,
                ["customer_creation"] = "always",
                ["customer_details"] = Details(),
                ["discounts"] = discount == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["coupon"] = null, ["promotion_code"] = "promo_autumn10" }),
                ["expires_at"] = Ago(95 - 86400),
                ["livemode"] = true,
                ["locale"] = "auto",
                ["metadata"] = new JsonObject { ["utm_source"] = "newsletter", ["utm_medium"] = "email", ["utm_campaign"] = "autumn" },
                ["mode"] = isPayment ? "payment" : "setup",
                ["payment_intent"] = completed && isPayment ? Id("pi", number) : null,
                ["payment_method_collection"] = "always",
                ["payment_method_types"] = new JsonArray("card"),
                ["payment_status"] = completed ? isPayment ? "paid" : "no_payment_required" : "unpaid",
                ["phone_number_collection"] = new JsonObject { ["enabled"] = true },
                ["status"] = completed ? "complete" : "expired",
                ["success_url"] = "https://shop.example.com/thanks?session_id={CHECKOUT_SESSION_ID}",
                ["total_details"] = new JsonObject { ["amount_discount"] = discount, ["amount_shipping"] = 0, ["amount_tax"] = 0 },
                ["ui_mode"] = "hosted_page",
            },
            "client_reference_id", "client_secret", "currency_conversion", "customer_email", "invoice", "invoice_creation", "origin_context", "payment_link", "permissions",
            "recovered_from", "setup_intent", "shipping_address_collection", "shipping_cost", "submit_type", "subscription", "url", "wallet_options");
    }

    public JsonObject Intent(int number, bool succeeded) => With(
        new JsonObject
        {
            ["id"] = Id("pi", number),
            ["object"] = "payment_intent",
            ["amount"] = Amount(number),
            ["amount_capturable"] = 0,
            ["amount_received"] = succeeded ? Amount(number) : 0,
            ["automatic_payment_methods"] = new JsonObject { ["allow_redirects"] = "always", ["enabled"] = true },
            ["capture_method"] = "automatic_async",
            ["confirmation_method"] = "automatic",
            ["created"] = Ago(12),
            ["currency"] = Currency,
            ["customer"] = CustomerId,
            ["description"] = $"Order {person.Number:D5}-{number:D3}",
            ["last_payment_error"] = succeeded ? null : Declined(number),
            ["latest_charge"] = Id(succeeded ? "ch" : "ch_failed", number),
            ["livemode"] = true,
            ["metadata"] = new JsonObject { ["utm_source"] = "search", ["utm_medium"] = "cpc" },
            ["payment_method"] = succeeded ? Id("pm", 0) : null,
            ["payment_method_types"] = new JsonArray("card"),
            ["receipt_email"] = person.Email,
            ["status"] = succeeded ? "succeeded" : "requires_payment_method",
        },
        "application", "application_fee_amount", "canceled_at", "cancellation_reason", "customer_account", "next_action", "on_behalf_of", "payment_details", "processing",
        "review", "setup_future_usage", "shipping", "source", "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group");

    public JsonObject RefundedCharge(int number) => With(
        new JsonObject
        {
            ["id"] = Id("ch", number),
            ["object"] = "charge",
            ["amount"] = Amount(number),
            ["amount_captured"] = Amount(number),
            ["amount_refunded"] = RefundedAmount(number),
            ["balance_transaction"] = Id("txn", number),
            ["billing_details"] = BillingDetails(),
            ["calculated_statement_descriptor"] = "SHOP EXAMPLE",
            ["captured"] = true,
            ["created"] = Ago(3600),
            ["currency"] = Currency,
            ["customer"] = CustomerId,
            ["disputed"] = false,
            ["fraud_details"] = new JsonObject(),
            ["livemode"] = true,
            ["metadata"] = new JsonObject(),
            ["outcome"] = new JsonObject { ["network_status"] = "approved_by_network", ["reason"] = null, ["risk_level"] = "normal", ["seller_message"] = "Payment complete.", ["type"] = "authorized" },
            ["paid"] = true,
            ["payment_intent"] = Id("pi", number),
            ["payment_method"] = Id("pm", 0),
            ["payment_method_details"] = CardDetails(),
            ["radar_options"] = new JsonObject(),
            ["refunded"] = RefundedAmount(number) == Amount(number),
            ["status"] = "succeeded",
        },
        "application", "application_fee", "description", "failure_code", "failure_message", "on_behalf_of", "receipt_email", "receipt_number", "review", "shipping", "source",
        "statement_descriptor", "transfer_data", "transfer_group");

    private JsonObject Recovery(int number) => new()
    {
        ["recovery"] = new JsonObject
        {
            ["allow_promotion_codes"] = true,
            ["enabled"] = true,
            ["expires_at"] = Ago(-2592000),
            ["url"] = $"https://buy.stripe.com/r/{Id("recover", number)}",
        },
    };

    private JsonObject Declined(int number) => new()
    {
        ["charge"] = Id("ch_failed", number),
        ["code"] = "card_declined",
        ["decline_code"] = "insufficient_funds",
        ["message"] = "Your card has insufficient funds.",
        ["payment_method"] = new JsonObject { ["id"] = Id("pm", 0), ["object"] = "payment_method", ["billing_details"] = BillingDetails(), ["type"] = "card" },
        ["type"] = "card_error",
    };

    private JsonObject Details() => new()
    {
        ["address"] = Address(),
        ["business_name"] = null,
        ["email"] = person.Email,
        ["individual_name"] = null,
        ["name"] = person.FullName,
        ["phone"] = person.Phone,
        ["tax_exempt"] = "none",
        ["tax_ids"] = new JsonArray(),
    };

    private JsonObject BillingDetails() => new() { ["address"] = Address(), ["email"] = person.Email, ["name"] = person.FullName, ["phone"] = null, ["tax_id"] = null };

    private JsonObject Address() => new()
    {
        ["city"] = person.City,
        ["country"] = person.Country,
        ["line1"] = person.Street,
        ["line2"] = null,
        ["postal_code"] = person.PostalCode,
        ["state"] = null,
    };

    private static JsonObject CardDetails() => new()
    {
        ["card"] = new JsonObject { ["brand"] = "visa", ["country"] = "DE", ["exp_month"] = 4, ["exp_year"] = 2029, ["funding"] = "credit", ["last4"] = "4242", ["network"] = "visa", ["wallet"] = null },
        ["type"] = "card",
    };

    private string Id(string prefix, int number) => $"{prefix}_{account}{person.Number:D6}{number:D4}";

    private int Amount(int number) => Prices[(person.Number + number) % Prices.Length];

    private int RefundedAmount(int number) => (person.Number / 4) % 2 == 0 ? Amount(number) : Amount(number) / 5;

    private long Ago(int seconds) => at.ToUnixTimeSeconds() - seconds;

    private static JsonObject With(JsonObject told, params ReadOnlySpan<string> nulls)
    {
        foreach (var name in nulls) told[name] = null;
        return told;
    }
}
