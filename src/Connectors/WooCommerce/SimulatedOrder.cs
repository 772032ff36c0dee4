using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>One order or subscription of the simulated shop.</summary>
internal sealed class SimulatedOrder
{
    private const decimal Shipping = 4.90m;
    private const decimal Refund = 10.00m;

    private static readonly (string Name, string Sku, decimal Price)[] Catalog =
    [
        ("Schüssel &quot;Saigon&quot;", "BOWL-SG", 20.00m),
        ("Café Đà Lạt, 500 g", "COFFEE-DL-500", 14.50m),
        ("Teekanne Hội An", "POT-HA", 39.00m),
        ("Räucherstäbchen &#8211; Lotus", "INCENSE-LO", 6.25m),
    ];

    private readonly int id;
    private readonly SimulatedPerson person;
    private readonly int customerId;
    private readonly DateTimeOffset createdAt;
    private readonly int product;
    private readonly int quantity;
    private readonly bool hasCoupon;

    public SimulatedOrder(int id, SimulatedPerson person, int customerId, Random random, DateTimeOffset createdAt)
    {
        this.id = id;
        this.person = person;
        this.customerId = customerId;
        this.createdAt = createdAt;
        product = random.Next(Catalog.Length);
        quantity = random.Next(1, 4);
        hasCoupon = random.Next(3) == 0;
    }

    public required string Status { get; set; }

    public DateTimeOffset? PaidAt { get; set; }

    public bool IsPartlyRefunded { get; set; }

    private decimal Subtotal => quantity * Catalog[product].Price;

    private decimal Discount => hasCoupon ? 5.00m : 0;

    private decimal Total => Subtotal - Discount + Shipping;

    /// <summary>The body of <c>order.*</c>.</summary>
    public JsonObject Write(DateTimeOffset modifiedAt)
    {
        var body = WritePurchase(modifiedAt);
        SimulatedBodies.AddTime(body, "date_completed", Status == "completed" ? modifiedAt : null);
        SimulatedBodies.AddTime(body, "date_paid", PaidAt);
        body["refunds"] = IsPartlyRefunded ? [new JsonObject { ["id"] = id + 4, ["reason"] = "one piece broken", ["total"] = Amount(-Refund) }] : new JsonArray();
        body["payment_url"] = $"{WooCommerceSimulator.Site}checkout/order-pay/{id}/?pay_for_order=true&key=wc_order_demo{id}";
        body["needs_payment"] = Status is "pending" or "failed";
        body["currency_symbol"] = "€";
        body["_links"] = SimulatedBodies.Links("orders", id);
        return body;
    }

    /// <summary>The body of <c>subscription.*</c>.</summary>
    public JsonObject WriteSubscription(DateTimeOffset modifiedAt)
    {
        var body = WritePurchase(modifiedAt);
        var ended = Status == "cancelled" ? modifiedAt : (DateTimeOffset?)null;
        body["billing_period"] = "month";
        body["billing_interval"] = "1";
        SimulatedBodies.AddTime(body, "start_date", createdAt);
        SimulatedBodies.AddTime(body, "next_payment_date", ended is null ? modifiedAt.AddMonths(1) : null);
        SimulatedBodies.AddTime(body, "cancelled_date", ended);
        SimulatedBodies.AddTime(body, "end_date", ended);
        body["_links"] = SimulatedBodies.Links("subscriptions", id);
        return body;
    }

    private JsonObject WritePurchase(DateTimeOffset modifiedAt)
    {
        var body = new JsonObject { ["id"] = id, ["parent_id"] = 0, ["status"] = Status, ["currency"] = "EUR", ["version"] = "10.9.1", ["prices_include_tax"] = false };
        SimulatedBodies.AddTime(body, "date_created", createdAt);
        SimulatedBodies.AddTime(body, "date_modified", modifiedAt);
        body["discount_total"] = Amount(Discount);
        body["discount_tax"] = Amount(0);
        body["shipping_total"] = Amount(Shipping);
        body["cart_tax"] = Amount(0);
        body["total"] = Amount(Total);
        body["total_tax"] = Amount(0);
        body["customer_id"] = customerId;
        body["order_key"] = $"wc_order_demo{id}";
        body["billing"] = SimulatedBodies.Address(person, withEmail: true);
        body["shipping"] = SimulatedBodies.Address(person, withEmail: false);
        body["payment_method"] = "stripe";
        body["payment_method_title"] = "Credit / Debit Card";
        body["transaction_id"] = PaidAt is null ? "" : $"pi_demo_{id}";
        body["created_via"] = "store-api";
        body["customer_note"] = id % 70 == 0 ? "Bitte beim Nachbarn abgeben" : "";
        body["number"] = $"{id}";
        body["meta_data"] = Attribution();
        body["line_items"] = new JsonArray(Line());
        body["coupon_lines"] = hasCoupon ? [Coupon()] : new JsonArray();
        return body;
    }

    private JsonArray Attribution() => SimulatedBodies.Meta(9000 + id,
        ("_wc_order_attribution_source_type", "utm"), ("_wc_order_attribution_utm_source", "newsletter"), ("_wc_order_attribution_utm_medium", "email"),
        ("_wc_order_attribution_utm_campaign", "november"), ("_wc_order_attribution_referrer", "https://mail.example.org/"),
        ("_wc_order_attribution_session_entry", $"{WooCommerceSimulator.Site}?utm_source=newsletter"), ("billing_newsletter", person.Number % 2 == 0 ? "yes" : "no"));

    private JsonObject Line() => new()
    {
        ["id"] = id + 1,
        ["name"] = Catalog[product].Name,
        ["product_id"] = 90 + product,
        ["variation_id"] = 0,
        ["quantity"] = quantity,
        ["subtotal"] = Amount(Subtotal),
        ["subtotal_tax"] = Amount(0),
        ["total"] = Amount(Subtotal - Discount),
        ["total_tax"] = Amount(0),
        ["sku"] = Catalog[product].Sku,
        ["price"] = (double)((Subtotal - Discount) / quantity),
        ["meta_data"] = new JsonArray(),
    };

    private JsonObject Coupon() => new()
    {
        ["id"] = id + 2,
        ["code"] = "welcome5",
        ["discount"] = Amount(Discount),
        ["discount_tax"] = Amount(0),
        ["discount_type"] = "fixed_cart",
        ["nominal_amount"] = 5,
        ["free_shipping"] = false,
    };

    private static string Amount(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
