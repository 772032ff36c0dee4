using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Objects of the simulated store.</summary>
internal static class SimulatedBodies
{
    public static IReadOnlyList<(string Name, string Sku, decimal Price)> Catalog { get; } =
        [("Kjøkkenkniv, 20 cm", "KNIFE-20", 45.00m), ("Ull-pledd \"Fjord\"", "WOOL-FJ", 89.90m), ("Kaffekopp", "CUP-1", 12.50m), ("Voksduk, 2 m", "CLOTH-2", 24.00m)];

    public static JsonObject Customer(SimulatedPerson person, int id, DateTimeOffset registeredAt, bool hasAddress) => new()
    {
        ["id"] = id,
        ["company"] = person.Number % 3 == 0 ? person.Company : "",
        ["customer_group_id"] = 0,
        ["email"] = person.Email,
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["phone"] = person.Phone,
        ["date_created"] = Iso(registeredAt),
        ["date_modified"] = Iso(registeredAt),
        ["accepts_product_review_abandoned_cart_emails"] = true,
        ["addresses"] = hasAddress ? [Address(person, id)] : new JsonArray(),
        ["attributes"] = new JsonArray(),
        ["form_fields"] = new JsonArray(),
    };

    public static int AddressId(int customerId) => customerId + 28;

    public static JsonObject Subscriber(SimulatedPerson person, int id, DateTimeOffset createdAt, DateTimeOffset modifiedAt, bool isIn) => new()
    {
        ["data"] = new JsonObject
        {
            ["id"] = id,
            ["email"] = person.Email,
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["source"] = "storefront",
            ["order_id"] = null,
            ["channel_id"] = 1,
            ["consents"] = isIn ? ["marketing_newsletter"] : new JsonArray(),
            ["date_created"] = Iso(createdAt),
            ["date_modified"] = Iso(modifiedAt),
        },
    };

    public static JsonObject Cart(SimulatedPerson person, string id, int customerId, Random random, DateTimeOffset at)
    {
        var (name, sku, price) = Catalog[random.Next(Catalog.Count)];
        return new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["id"] = id,
                ["customer_id"] = customerId,
                ["email"] = person.Email,
                ["currency"] = new JsonObject { ["code"] = "EUR" },
                ["cart_amount"] = (double)price,
                ["line_items"] = new JsonObject
                {
                    ["physical_items"] = new JsonArray(new JsonObject { ["product_id"] = 100, ["name"] = name, ["sku"] = sku, ["quantity"] = 1, ["list_price"] = (double)price }),
                    ["digital_items"] = new JsonArray(),
                },
                ["created_time"] = Iso(at.AddHours(-2)),
                ["updated_time"] = Iso(at.AddHours(-1)),
                ["locale"] = person.Locale[..2],
            },
        };
    }

    public static JsonObject Billing(SimulatedPerson person) => new()
    {
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["company"] = person.Number % 3 == 0 ? person.Company : "",
        ["street_1"] = person.Street,
        ["street_2"] = "",
        ["city"] = person.City,
        ["state"] = person.Country == "US" ? "Oregon" : "",
        ["zip"] = person.PostalCode,
        ["country"] = person.CountryName,
        ["country_iso2"] = person.Country,
        ["phone"] = person.Phone,
        ["email"] = person.Email,
    };

    public static string CartId(Random random) => $"{random.Next():x8}-4175-44fd-be53-{random.NextInt64(0x1000_0000_0000):x12}";

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Mail(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static JsonObject Address(SimulatedPerson person, int customerId) => new()
    {
        ["id"] = AddressId(customerId),
        ["customer_id"] = customerId,
        ["address1"] = person.Street,
        ["address2"] = "",
        ["address_type"] = "residential",
        ["city"] = person.City,
        ["company"] = "",
        ["country"] = person.CountryName,
        ["country_code"] = person.Country,
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["phone"] = person.Phone,
        ["postal_code"] = person.PostalCode,
        ["state_or_province"] = person.Country == "US" ? "Oregon" : "",
    };
}
