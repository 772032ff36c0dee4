namespace IntegrationHub.Connectors.Shopify;

/// <summary>A customer record of the simulated shop.</summary>
internal sealed class SimulatedCustomer(SimulatedPerson person, long id)
{
    public SimulatedPerson Person => person;

    public long Id => id;

    /// <summary>When the shop first knew the person as a customer.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The body of <c>customers/*</c>.</summary>
    public void Write(JsonBody body, DateTimeOffset updatedAt)
    {
        WriteProfile(body, updatedAt);
        body.List("addresses", [0], (address, _) => WriteDefaultAddress(address));
    }

    /// <summary>The customer inside an order.</summary>
    public void WriteProfile(JsonBody body, DateTimeOffset updatedAt) => body
        .Set("id", id).Set("created_at", CreatedAt ?? updatedAt).Set("updated_at", updatedAt)
        .Set("first_name", person.FirstName).Set("last_name", person.LastName)
        .Set("state", person.Number % 4 == 0 ? "enabled" : "disabled").Null("note").Set("verified_email", true).Null("multipass_identifier")
        .Set("tax_exempt", false).Set("email", person.Email).Set("phone", person.Phone).Set("currency", "EUR").Empty("tax_exemptions")
        .Set("admin_graphql_api_id", $"gid://shopify/Customer/{id}")
        .Object("default_address", WriteDefaultAddress);

    /// <summary>An address of an order.</summary>
    public void WriteAddress(JsonBody body) => body
        .Set("first_name", person.FirstName).Set("address1", person.Street).Set("phone", person.Phone).Set("city", person.City)
        .Set("zip", person.PostalCode).Null("province").Set("country", person.CountryName).Set("last_name", person.LastName)
        .Null("address2").Set("company", Company).Null("latitude", "longitude").Set("name", person.FullName)
        .Set("country_code", person.Country).Null("province_code");

    /// <summary>The thin topics about a customer: tags, totals, consent.</summary>
    public void WriteThin(JsonBody body, string topic, long? orderId, DateTimeOffset now)
    {
        var occurredAt = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        var gid = $"gid://shopify/Customer/{id}";
        switch (topic)
        {
            case "customer.tags_added":
                body.Set("customerId", gid).Texts("tags", person.Number % 2 == 0 ? "wholesale" : "newsletter-2026", $"season-{now.Year}").Set("occurredAt", occurredAt);
                break;
            case "customers/purchasing_summary":
                body.Set("customerId", gid).Set("numberOfOrders", 1 + (person.Number % 7))
                    .Object("amountSpent", spent => spent.Amount("amount", 30 + (person.Number % 97)).Set("currencyCode", "EUR"))
                    .Set("lastOrderId", $"gid://shopify/Order/{orderId}").Set("occurredAt", occurredAt);
                break;
            case "customers_marketing_consent/update":
                body.Set("id", id).Set("phone", person.Phone)
                    .Object("sms_marketing_consent", consent => WriteConsent(consent, "subscribed", now).Set("consent_collected_from", "SHOPIFY"));
                break;
            default:
                body.Set("customer_id", id).Set("email_address", person.Email)
                    .Object("email_marketing_consent", consent => WriteConsent(consent, person.Number % 5 == 0 ? "unsubscribed" : "subscribed", now));
                break;
        }
    }

    private static JsonBody WriteConsent(JsonBody body, string state, DateTimeOffset now) =>
        body.Set("state", state).Set("opt_in_level", "single_opt_in").Set("consent_updated_at", now);

    private void WriteDefaultAddress(JsonBody body) => body
        .Set("id", id + 250_000).Set("customer_id", id).Set("first_name", person.FirstName).Set("last_name", person.LastName)
        .Set("company", Company).Set("address1", person.Street).Null("address2").Set("city", person.City).Null("province")
        .Set("country", person.CountryName).Set("zip", person.PostalCode).Set("phone", person.Phone).Set("name", person.FullName)
        .Null("province_code").Set("country_code", person.Country).Set("country_name", person.CountryName).Set("default", true);

    private string? Company => person.Number % 3 == 0 ? person.Company : null;
}
