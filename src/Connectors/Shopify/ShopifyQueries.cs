namespace IntegrationHub.Connectors.Shopify;

/// <summary>
/// What is asked of the API. Fields are renamed to what the webhooks call them; a field that lies deeper than there is called <c>value</c> on its way down,
/// and <see cref="ShopifyObjects"/> lifts it.
/// </summary>
internal static class ShopifyQueries
{
    private const string Address =
        "{ first_name: firstName last_name: lastName name company address1 address2 city province province_code: provinceCode zip country country_code: countryCodeV2 phone }";

    private const string ShopAmount = "{ value: shopMoney { value: amount } }";

    private const string ShopCurrency = "{ value: shopMoney { value: currencyCode } }";

    private const string Named = "id created_at: createdAt updated_at: updatedAt first_name: firstName last_name: lastName";

    private const string Person =
        $"{Named} state note verified_email: verifiedEmail multipass_identifier: multipassIdentifier tax_exempt: taxExempt "
        + $"email: defaultEmailAddress {{ value: emailAddress }} phone: defaultPhoneNumber {{ value: phoneNumber }} default_address: defaultAddress {Address}";

    private const string Line =
        $"title variant_title: variantTitle sku quantity product_id: product {{ value: id }} price: originalUnitPriceSet {ShopAmount}";

    // The buyer's currency, in which the webhooks tell payments too.
    private const string Paid =
        "amount: amountSet { value: presentmentMoney { value: amount } } currency: amountSet { value: presentmentMoney { value: currencyCode } }";

    private const string Purchase =
        $"id created_at: createdAt updated_at: updatedAt name total_price: totalPriceSet {ShopAmount} currency: totalPriceSet {ShopCurrency} "
        + $"note_attributes: customAttributes {{ name: key value }} customer {{ {Person} }} billing_address: billingAddress {Address} shipping_address: shippingAddress {Address}";

    private const string Customer =
        Person + " tags"
        + " email_marketing_consent: defaultEmailAddress { state: marketingState opt_in_level: marketingOptInLevel consent_updated_at: marketingUpdatedAt }"
        + " sms_marketing_consent: defaultPhoneNumber { state: marketingState opt_in_level: marketingOptInLevel consent_updated_at: marketingUpdatedAt consent_collected_from: marketingCollectedFrom }";

    private const string Refund =
        "id order_id: order { value: id } created_at: createdAt processed_at: processedAt note total_refunded_set: totalRefundedSet { shop_money: shopMoney { currency_code: currencyCode } } "
        + $"transactions(first: 20) {{ nodes {{ kind status {Paid} }} }}";

    private const string Attempt =
        $"id order_id: order {{ value: id }} kind status test error_code: errorCode created_at: createdAt processed_at: processedAt {Paid}";

    private const string Order =
        Purchase + " email phone note tags test processed_at: processedAt cancelled_at: cancelledAt cancel_reason: cancelReason financial_status: displayFinancialStatus"
        + " customer_locale: customerLocale cart_token: cartToken checkout_token: checkoutToken buyer_accepts_marketing: customerAcceptsMarketing source_name: sourceName"
        + " discount_codes: discountCodes"
        + " landing_site: customerJourneySummary { value: lastVisit { value: landingPage } } referring_site: customerJourneySummary { value: lastVisit { value: referrerUrl } }"
        + $" line_items: lineItems(first: 100) {{ nodes {{ {Line} }} }} refunds(first: 20) {{ {Refund} }} transactions(first: 20) {{ {Attempt} }}";

    private const string DraftOrder = Purchase + " email phone tags status";

    private const string Checkout =
        Purchase + $" completed_at: completedAt abandoned_checkout_url: abandonedCheckoutUrl line_items: lineItems(first: 100) {{ nodes {{ {Line} }} }}";

    /// <summary>What can be read, by the names of the API. An order costs most: of 25 a page the whole stays below what a query may cost.</summary>
    public static IReadOnlyList<ShopifyStream> Streams { get; } =
    [
        new("customers", "customer", Of("customers", 100, "UPDATED_AT", Customer)),
        new("orders", "order", Of("orders", 25, "UPDATED_AT", Order)),
        new("draftOrders", "draft_order", Of("draftOrders", 50, "UPDATED_AT", DraftOrder)),
        // Checkouts can't be sorted by their last change.
        new("abandonedCheckouts", "checkout", Of("abandonedCheckouts", 25, "ID", Checkout)),
    ];

    private static string Of(string stream, int size, string sort, string fields) =>
        $"query($since: String, $after: String) {{ page: {stream}(first: {size}, after: $after, query: $since, sortKey: {sort}) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}";
}

/// <summary>A list of the API.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="ObjectType">What it lists.</param>
/// <param name="Query">Asks for a page.</param>
internal sealed record ShopifyStream(string Name, string ObjectType, string Query);
