using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Parts of the simulated shop's bodies.</summary>
internal static class SimulatedBodies
{
    // The site's own time zone, seven hours ahead.
    private static readonly TimeSpan SiteOffset = TimeSpan.FromHours(7);

    public static JsonObject Customer(SimulatedPerson person, int id, DateTimeOffset createdAt, DateTimeOffset modifiedAt)
    {
        var body = new JsonObject { ["id"] = id };
        AddTime(body, "date_created", createdAt);
        AddTime(body, "date_modified", modifiedAt);
        body["email"] = person.Email;
        body["first_name"] = person.FirstName;
        body["last_name"] = person.LastName;
        body["role"] = "customer";
        body["username"] = person.Email.Split('@')[0];
        body["billing"] = Address(person, withEmail: true);
        body["shipping"] = Address(person, withEmail: false);
        body["is_paying_customer"] = modifiedAt > createdAt;
        body["avatar_url"] = "https://secure.gravatar.com/avatar/demo?s=96&d=mm&r=g";
        body["meta_data"] = Meta(300 + id, ("billing_newsletter", person.Number % 2 == 0 ? "yes" : "no"), ("wpml_language", person.Locale[..2]));
        body["_links"] = Links("customers", id);
        return body;
    }

    public static JsonObject Address(SimulatedPerson person, bool withEmail)
    {
        var address = new JsonObject
        {
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["company"] = person.Number % 3 == 0 ? person.Company : "",
            ["address_1"] = person.Street,
            ["address_2"] = "",
            ["city"] = person.City,
            ["state"] = person.Country == "US" ? "OR" : "",
            ["postcode"] = person.PostalCode,
            ["country"] = person.Country,
        };
        if (withEmail) address["email"] = person.Email;
        address["phone"] = person.Phone;
        return address;
    }

    public static JsonArray Meta(int firstId, params (string Key, string Value)[] entries) =>
        [.. entries.Select((entry, index) => new JsonObject { ["id"] = firstId + index, ["key"] = entry.Key, ["value"] = entry.Value })];

    public static JsonObject Links(string collection, int id) => new()
    {
        ["self"] = new JsonArray(new JsonObject { ["href"] = $"{WooCommerceSimulator.Site}wp-json/wc/v3/{collection}/{id}" }),
        ["collection"] = new JsonArray(new JsonObject { ["href"] = $"{WooCommerceSimulator.Site}wp-json/wc/v3/{collection}" }),
    };

    /// <summary>A time in the site's zone and in UTC, neither with a mark that says so; null when it has not come yet.</summary>
    public static void AddTime(JsonObject body, string name, DateTimeOffset? time)
    {
        body[name] = time is { } local ? Write(local.ToOffset(SiteOffset)) : null;
        body[$"{name}_gmt"] = time is { } utc ? Write(utc.ToUniversalTime()) : null;
    }

    private static string Write(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
