namespace IntegrationHub.Connectors.Shopify;

/// <summary>One order of the simulated shop, from placed to refunded.</summary>
internal sealed class SimulatedOrder
{
    private const decimal Shipping = 4.90m;

    private static readonly (string Title, string? Variant, string Sku, decimal Price)[] Catalog =
    [
        ("Schale Kobalt", "groß", "BOWL-KOB-L", 30.00m),
        ("Becher Sand", null, "CUP-SAND", 18.50m),
        ("Vase Æther", "blå", "VASE-AE-B", 45.00m),
        ("Teller Moos", "Ø 27 cm", "PLATE-MO-27", 24.00m),
    ];

    private readonly SimulatedCustomer customer;
    private readonly DateTimeOffset placedAt;
    private readonly string checkout;
    private readonly IReadOnlyList<Line> lines;
    private readonly bool hasCode;

    public SimulatedOrder(long id, SimulatedCustomer customer, string checkout, Random random, DateTimeOffset placedAt)
    {
        Id = id;
        this.customer = customer;
        this.checkout = checkout;
        this.placedAt = placedAt;
        lines = Choose(random);
        hasCode = random.Next(3) == 0;
    }

    public long Id { get; }

    public required string FinancialStatus { get; set; }

    public string? FulfillmentStatus { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    private decimal Subtotal => lines.Sum(line => line.Quantity * line.Price);

    private decimal Discount => hasCode ? Math.Round(Subtotal / 10, 2) : 0;

    private decimal Total => Subtotal - Discount + Shipping;

    private decimal Tax => Math.Round(Total - (Total / 1.19m), 2);

    /// <summary>The body of <c>orders/*</c>.</summary>
    public void Write(JsonBody body, DateTimeOffset updatedAt)
    {
        WriteHead(body, updatedAt);
        WriteAmounts(body);
        body.Object("billing_address", customer.WriteAddress)
            .Object("customer", profile => customer.WriteProfile(profile, placedAt))
            .List("discount_applications", hasCode ? [0] : Array.Empty<int>(), (application, _) => application
                .Set("target_type", "line_item").Set("type", "discount_code").Set("value", "10.0").Set("value_type", "percentage")
                .Set("allocation_method", "across").Set("target_selection", "all").Set("code", "HERBST10"))
            .Empty("fulfillments").List("line_items", lines, WriteLine).Null("payment_terms").Empty("refunds")
            .Object("shipping_address", customer.WriteAddress)
            .List("shipping_lines", [0], (line, _) => line.Set("id", Id + 55).Null("carrier_identifier").Set("code", "DHL Paket")
                .AmountAndSet("discounted_price", Shipping).Set("is_removed", false).Null("phone").AmountAndSet("price", Shipping)
                .Null("requested_fulfillment_service_id").Set("source", "shopify").Set("title", "DHL Paket").Empty("tax_lines", "discount_allocations"))
            .Empty("returns");
    }

    /// <summary>The body of <c>checkouts/*</c>: the same goods, not ordered yet.</summary>
    public static void WriteCheckout(JsonBody body, SimulatedCustomer customer, string token, Random random, DateTimeOffset now)
    {
        var goods = Choose(random);
        var total = goods.Sum(line => line.Quantity * line.Price);
        body.Set("token", token).Set("cart_token", $"c1-{token}").Set("email", customer.Person.Email).Null("gateway")
            .Set("buyer_accepts_marketing", false).Set("buyer_accepts_sms_marketing", false).Null("sms_marketing_phone")
            .Set("created_at", now).Set("updated_at", now).Set("landing_site", "/?utm_source=instagram&utm_medium=social").Null("note")
            .Empty("note_attributes").Set("referring_site", "https://www.example.org/").Empty("shipping_lines")
            .Object("shipping_address", customer.WriteAddress).Set("taxes_included", true).Set("currency", "EUR").Null("completed_at", "phone")
            .Set("customer_locale", customer.Person.Locale)
            .List("line_items", goods, (item, line) => item.Set("key", line.Sku).Set("fulfillment_service", "manual").Set("gift_card", false)
                .Set("product_id", line.ProductId).Set("quantity", line.Quantity).Set("sku", line.Sku).Set("title", line.Title)
                .Set("variant_id", line.ProductId + 7).Set("variant_title", line.Variant).Set("vendor", "Northwind Keramik")
                .Amount("line_price", line.Quantity * line.Price).Amount("price", line.Price).Empty("tax_lines", "applied_discounts"))
            .Set("name", $"#{token[..8]}").Set("abandoned_checkout_url", $"https://northwind-demo.example.com/checkouts/ac/{token}/recover")
            .Empty("discount_codes", "tax_lines").Set("presentment_currency", "EUR").Set("source_name", "web")
            .Amount("total_discounts", 0).Amount("subtotal_price", total).Amount("total_price", total).Null("closed_at");
    }

    /// <summary>The body of <c>refunds/create</c>: one piece of the first line goes back.</summary>
    public void WriteRefund(JsonBody body, DateTimeOffset now)
    {
        var line = lines[0];
        body.Set("id", Id + 100_000).Set("order_id", Id).Set("created_at", now).Set("note", "ein Stück beschädigt").Null("user_id")
            .Set("processed_at", now).Set("restock", false).Empty("duties").AmountSet("total_duties_set", 0).Null("return").Empty("refund_shipping_lines")
            .Set("admin_graphql_api_id", $"gid://shopify/Refund/{Id + 100_000}")
            .List("refund_line_items", [line], (item, piece) => item.Set("id", Id + 100_001).Set("quantity", 1).Set("line_item_id", Id + piece.ProductId)
                .Null("location_id").Set("restock_type", "no_restock").AmountSet("subtotal_set", piece.Price).AmountSet("total_tax_set", 0)
                .Object("line_item", whole => WriteLine(whole, piece)))
            .List("transactions", [line], (transaction, piece) => WriteTransaction(transaction, 100_002, "refund", "success", piece.Price, now)
                .Set("message", "Transaction approved").Null("error_code"))
            .Empty("order_adjustments");
    }

    /// <summary>The body of <c>order_transactions/create</c> for a card that was declined.</summary>
    public void WriteFailedPayment(JsonBody body, DateTimeOffset now) =>
        WriteTransaction(body, 100_003, "sale", "failure", Total, now).Set("message", "Your card was declined.").Set("error_code", "card_declined");

    private JsonBody WriteTransaction(JsonBody body, int offset, string kind, string status, decimal amount, DateTimeOffset now) => body
        .Set("id", Id + offset).Set("order_id", Id).Set("kind", kind).Set("gateway", "shopify_payments").Set("status", status)
        .Set("created_at", now).Set("test", false).Null("authorization", "location_id", "user_id", "parent_id").Set("processed_at", now)
        .Null("device_id").Set("source_name", "web").Object("receipt", _ => { }).Amount("amount", amount).Set("currency", "EUR")
        .Set("payment_id", $"{Name}.1").Set("manual_payment_gateway", false).Set("admin_graphql_api_id", $"gid://shopify/OrderTransaction/{Id + offset}");

    private void WriteHead(JsonBody body, DateTimeOffset updatedAt)
    {
        var person = customer.Person;
        body.Set("id", Id).Set("admin_graphql_api_id", $"gid://shopify/Order/{Id}").Set("app_id", 580111).Null("browser_ip")
            .Set("buyer_accepts_marketing", person.Number % 2 == 0).Set("cancel_reason", CancelledAt is null ? null : "customer");
        if (CancelledAt is { } cancelledAt) body.Set("cancelled_at", cancelledAt);
        else body.Null("cancelled_at");
        body.Set("cart_token", $"c1-{checkout}").Set("checkout_token", checkout).Null("client_details", "closed_at", "company")
            .Set("confirmation_number", $"N{Id % 1_000_000}X").Set("confirmed", true).Set("contact_email", person.Email).Set("created_at", placedAt)
            .Set("currency", "EUR").Set("customer_locale", person.Locale).Null("device_id")
            .List("discount_codes", hasCode ? [0] : Array.Empty<int>(), (code, _) => code.Set("code", "HERBST10").Amount("amount", Discount).Set("type", "percentage"))
            .Set("email", person.Email).Set("estimated_taxes", false).Set("financial_status", FinancialStatus).Set("fulfillment_status", FulfillmentStatus)
            .Set("landing_site", "/collections/bowls?utm_source=newsletter&utm_medium=email&utm_campaign=herbst-2026").Null("landing_site_ref", "location_id")
            .Set("name", Name).Null("note").Empty("note_attributes").Set("order_number", Id % 1_000_000)
            .Set("order_status_url", "https://northwind-demo.example.com/orders/demo/authenticate").Texts("payment_gateway_names", "shopify_payments")
            .Set("phone", person.Phone).Null("po_number").Set("presentment_currency", "EUR").Set("processed_at", placedAt)
            .Set("referring_site", "https://mail.example.org/").Set("source_name", "web").Set("tags", "").Set("tax_exempt", false)
            .Set("taxes_included", true).Set("test", false).Set("token", $"o{checkout}").Set("updated_at", updatedAt.AddSeconds(2)).Null("user_id");
    }

    private void WriteAmounts(JsonBody body) => body
        .AmountAndSet("current_subtotal_price", Subtotal - Discount).AmountAndSet("current_total_discounts", Discount)
        .AmountAndSet("current_total_price", Total).AmountAndSet("current_total_tax", Tax).AmountAndSet("subtotal_price", Subtotal - Discount)
        .AmountAndSet("total_discounts", Discount).AmountAndSet("total_line_items_price", Subtotal).Amount("total_outstanding", FinancialStatus is "paid" ? 0 : Total)
        .AmountAndSet("total_price", Total).AmountSet("total_shipping_price_set", Shipping).AmountAndSet("total_tax", Tax).Amount("total_tip_received", 0)
        .Set("total_weight", 1800);

    private void WriteLine(JsonBody body, Line line) => body
        .Set("id", Id + line.ProductId).Set("admin_graphql_api_id", $"gid://shopify/LineItem/{Id + line.ProductId}").Empty("attributed_staffs")
        .Set("current_quantity", line.Quantity).Set("fulfillable_quantity", line.Quantity).Set("fulfillment_service", "manual").Null("fulfillment_status")
        .Set("gift_card", false).Set("grams", 900).Set("name", line.Variant is null ? line.Title : $"{line.Title} - {line.Variant}")
        .AmountAndSet("price", line.Price).Set("product_exists", true).Set("product_id", line.ProductId).Empty("properties").Set("quantity", line.Quantity)
        .Set("requires_shipping", true).Set("sku", line.Sku).Set("taxable", true).Set("title", line.Title).AmountAndSet("total_discount", 0)
        .Set("variant_id", line.ProductId + 7).Set("variant_title", line.Variant).Set("vendor", "Northwind Keramik").Empty("tax_lines", "duties", "discount_allocations");

    private string Name => $"#{Id % 1_000_000}";

    private static List<Line> Choose(Random random)
    {
        var first = random.Next(Catalog.Length);
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(offset => (first + offset) % Catalog.Length)
            .Select(index => new Line(660_001 + index, Catalog[index].Title, Catalog[index].Variant, Catalog[index].Sku, Catalog[index].Price, random.Next(1, 4)))];
    }

    private sealed record Line(long ProductId, string Title, string? Variant, string Sku, decimal Price, int Quantity);
}
