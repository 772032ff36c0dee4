using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>One order of the simulated store, with what the API tells beside it.</summary>
internal sealed class SimulatedOrder
{
    private const decimal Shipping = 9.00m;
    private const decimal Refund = 10.00m;
    private const string Currency = "EUR";

    private readonly SimulatedPerson person;
    private readonly int customerId;
    private readonly DateTimeOffset createdAt;
    private readonly string cartId;
    private readonly int product;
    private readonly int quantity;
    private readonly bool hasCoupon;
    private readonly JsonArray transactions = [];
    private readonly JsonArray refunds = [];
    private readonly JsonArray messages = [];
    private string paymentStatus = "authorized";

    public SimulatedOrder(int id, SimulatedPerson person, int customerId, Random random, DateTimeOffset createdAt)
    {
        Id = id;
        this.person = person;
        this.customerId = customerId;
        this.createdAt = createdAt;
        cartId = SimulatedBodies.CartId(random);
        product = random.Next(SimulatedBodies.Catalog.Count);
        quantity = random.Next(1, 4);
        hasCoupon = random.Next(3) == 0;
    }

    public int Id { get; }

    public int Status { get; private set; } = 7;

    private decimal Subtotal => quantity * SimulatedBodies.Catalog[product].Price;

    private decimal Discount => hasCoupon ? 5.00m : 0;

    private decimal Total => Subtotal - Discount + Shipping;

    /// <returns>Whether the status changed.</returns>
    public bool Change(string what, DateTimeOffset now)
    {
        var before = Status;
        switch (what)
        {
            case "pay":
                (Status, paymentStatus) = (11, "captured");
                transactions.Add(Transaction("purchase", "ok", now));
                break;
            case "decline":
                paymentStatus = "declined";
                transactions.Add(Transaction("purchase", "error", now));
                break;
            case "complete":
                Status = 10;
                break;
            case "refund":
                (Status, paymentStatus) = (14, "partially refunded");
                refunds.Add(new JsonObject { ["id"] = Id, ["order_id"] = Id, ["reason"] = "one piece broken", ["total_amount"] = (double)Refund, ["created"] = SimulatedBodies.Iso(now), ["payments"] = new JsonArray() });
                break;
            default:
                messages.Add(new JsonObject { ["id"] = Id, ["order_id"] = Id, ["subject"] = $"Order {Id}", ["message"] = "When will it come?", ["date_created"] = SimulatedBodies.Mail(now) });
                break;
        }
        return Status != before;
    }

    /// <summary>Has the API tell the order as it is now.</summary>
    public void Put(SimulatedStore store, DateTimeOffset now)
    {
        store.Put($"/v2/orders/{Id}", Write(now));
        store.Put($"/v2/orders/{Id}/messages", messages);
        store.Put($"/v3/orders/{Id}/transactions", new JsonObject { ["data"] = transactions.DeepClone() });
        store.Put($"/v3/orders/{Id}/payment_actions/refunds", new JsonObject { ["data"] = refunds.DeepClone() });
        if (hasCoupon) store.Put($"/v2/orders/{Id}/coupons", new JsonArray(new JsonObject { ["id"] = Id, ["coupon_id"] = 3, ["order_id"] = Id, ["code"] = "WELCOME5", ["amount"] = "5.0000", ["type"] = 2, ["discount"] = (double)Discount }));
    }

    private JsonObject Write(DateTimeOffset now) => new()
    {
        ["id"] = Id,
        ["customer_id"] = customerId,
        ["date_created"] = SimulatedBodies.Mail(createdAt),
        ["date_modified"] = SimulatedBodies.Mail(now),
        ["date_shipped"] = "",
        ["status_id"] = Status,
        ["total_inc_tax"] = Amount(Total),
        ["payment_method"] = "Credit Card",
        ["payment_status"] = paymentStatus,
        ["refunded_amount"] = Amount(refunds.Count * Refund),
        ["currency_code"] = Currency,
        ["default_currency_code"] = Currency,
        ["customer_message"] = Id % 7 == 0 ? "Bitte beim Nachbarn abgeben" : "",
        ["coupon_discount"] = Amount(Discount),
        ["is_deleted"] = false,
        ["cart_id"] = cartId,
        ["billing_address"] = SimulatedBodies.Billing(person),
        ["is_email_opt_in"] = person.Number % 4 == 0,
        ["order_source"] = "www",
        ["customer_locale"] = person.Locale[..2],
        ["consignments"] = new JsonObject { ["pickups"] = new JsonArray(), ["shipping"] = new JsonArray(new JsonObject { ["line_items"] = new JsonArray(Line()) }) },
    };

    private JsonObject Line() => new()
    {
        ["id"] = Id,
        ["product_id"] = 100 + product,
        ["name"] = SimulatedBodies.Catalog[product].Name,
        ["sku"] = SimulatedBodies.Catalog[product].Sku,
        ["quantity"] = quantity,
        ["price_inc_tax"] = Amount(SimulatedBodies.Catalog[product].Price),
    };

    private JsonObject Transaction(string what, string status, DateTimeOffset now) => new()
    {
        ["id"] = (Id * 100) + transactions.Count + 1,
        ["order_id"] = $"{Id}",
        ["event"] = what,
        ["method"] = "credit_card",
        ["amount"] = (double)Total,
        ["currency"] = Currency,
        ["status"] = status,
        ["test"] = false,
        ["date_created"] = SimulatedBodies.Iso(now),
    };

    private static string Amount(decimal value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
