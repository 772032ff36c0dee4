using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>One person's objects as they stand in events.</summary>
/// <param name="person">Who it is.</param>
/// <param name="round">How often the person has been through the whole story.</param>
/// <param name="at">Now.</param>
internal sealed class SimulatedFunnel(SimulatedPerson person, int round, DateTimeOffset at)
{
    public const int Workspace = 20417;

    private static readonly string[] Tags = ["Webinar lead", "Buyer", "Member", "Warm"];

    private int ContactId => 910_000 + person.Number;

    private int Number => (person.Number * 500) + round;

    private bool IsUnwilling => person.Number % 7 == 3;

    private string Currency => person.Country switch { "US" => "USD", "GB" => "GBP", "NO" => "NOK", _ => "EUR" };

    private string? Zone => person.TimeZone switch
    {
        "Europe/Berlin" => "Berlin",
        "America/Los_Angeles" => "Pacific Time (US & Canada)",
        "Europe/London" => "London",
        "Europe/Paris" => "Paris",
        _ => null,
    };

    public static string Write(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public JsonObject Contact(bool unsubscribes) => new()
    {
        ["id"] = ContactId,
        ["public_id"] = $"c{ContactId:x}",
        ["workspace_id"] = Workspace,
        ["anonymous"] = 0,
        ["email_address"] = person.Email,
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["phone_number"] = person.Phone,
        ["time_zone"] = Zone,
        ["uuid"] = $"{ContactId:x32}",
        ["unsubscribed_at"] = unsubscribes && IsUnwilling ? Write(at) : null,
        ["fb_url"] = "",
        ["linkedin_url"] = "",
        ["website_url"] = "",
        ["created_at"] = Write(Simulation.Start.AddDays(-1)),
        ["updated_at"] = Write(at),
        ["tags"] = new JsonArray(),
        ["custom_attributes"] = new JsonObject { ["experience"] = person.Number % 2 == 0 ? "beginner" : "advanced", ["utm_source"] = "newsletter", ["utm_campaign"] = "autumn" },
    };

    public JsonObject Form() => new()
    {
        ["id"] = 120_000 + Number,
        ["contact_id"] = ContactId,
        ["workspace_id"] = Workspace,
        ["page_id"] = 551_200,
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["data"] = new JsonObject
        {
            ["url"] = "https://hubdemo.myclickfunnels.com/optin?utm_source=newsletter&utm_campaign=autumn",
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["email"] = person.Email,
            ["goal"] = person.Number % 2 == 0 ? "to open a studio" : "for fun",
            ["terms"] = "true",
        },
    };

    public JsonObject Tag() => new()
    {
        ["id"] = 440_000 + Number,
        ["contact_id"] = ContactId,
        ["tag_id"] = 88_000 + (Number % Tags.Length),
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["tag"] = new JsonObject { ["public_id"] = $"t{Number % Tags.Length}", ["name"] = Tags[Number % Tags.Length], ["color"] = "#3b82f6" },
    };

    public JsonObject Order(string status)
    {
        var order = Purchase(700_000 + Number, "one-time-order", "105.24", "Funnel Workshop", "97.00", interval: null);
        order["billing_status"] = status;
        order["service_status"] = status is "paid" ? "active" : "pending";
        return order;
    }

    public JsonObject Subscription(string status)
    {
        var order = Purchase(800_000 + Number, "subscription-order", "29.00", "Studio Membership", "29.00", "months");
        order["billing_status"] = "paid";
        order["service_status"] = status;
        order["activated_at"] = Write(at);
        order["next_charge_at"] = status is "active" ? Write(at.AddMonths(1)) : null;
        order["canceled_at"] = status is "canceled" ? Write(at) : null;
        order["canceled_by"] = status is "canceled" ? "customer" : null;
        order["cancel_reason"] = status is "canceled" ? "No time" : null;
        return order;
    }

    public JsonObject Invoice(string status) => InvoiceOf(Order("paid"), 600_000 + (Number * 2), status, "one_time", "105.24");

    public JsonObject Renewal(string status) => InvoiceOf(Subscription("active"), 600_001 + (Number * 2), status, "renewal", "29.00");

    public JsonObject Enrollment() => new()
    {
        ["id"] = 330_000 + Number,
        ["contact_id"] = ContactId,
        ["course_id"] = 7700 + (round % 3),
        ["suspended"] = false,
        ["suspension_reason"] = null,
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
    };

    public JsonObject Booking(int movedByDays)
    {
        var start = Simulation.Start.AddDays(10 + (Number % 5) + movedByDays).AddHours(Number % 8);
        return new JsonObject
        {
            ["id"] = 310_000 + Number,
            ["workspace_id"] = Workspace,
            ["event_type"] = new JsonObject { ["id"] = 410, ["name"] = "Strategy call" },
            ["start_on"] = Write(start),
            ["end_on"] = Write(start.AddMinutes(30)),
            ["status"] = "scheduled",
            ["primary_contact"] = new JsonObject { ["id"] = ContactId, ["email_address"] = person.Email, ["first_name"] = person.FirstName, ["last_name"] = person.LastName, ["phone_number"] = person.Phone },
            ["tzid"] = person.TimeZone,
            ["comments"] = Number % 4 == 0 ? "Please call on time" : null,
            ["created_at"] = Write(at),
            ["updated_at"] = Write(at),
        };
    }

    public JsonObject Opportunity(string stage, bool isClosed) => new()
    {
        ["id"] = 520_000 + Number,
        ["name"] = $"Coaching for {person.FirstName}",
        ["value"] = 1500,
        ["pipelines_stage"] = new JsonObject { ["id"] = 61, ["name"] = stage },
        ["primary_contact"] = Contact(unsubscribes: false),
        ["closed_at"] = isClosed ? Write(at) : null,
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
    };

    private JsonObject Purchase(int id, string type, string total, string product, string price, string? interval) => new()
    {
        ["id"] = id,
        ["order_number"] = $"{id}",
        ["workspace_id"] = Workspace,
        ["contact_id"] = ContactId,
        ["live_mode"] = true,
        ["total_amount"] = total,
        ["currency"] = Currency,
        ["billing_address_street_one"] = person.Street,
        ["billing_address_city"] = person.City,
        ["billing_address_country"] = person.Country,
        ["billing_address_postal_code"] = person.PostalCode,
        ["in_trial"] = false,
        ["order_type"] = type,
        ["funnel_name"] = "Workshop funnel",
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["contact"] = Contact(unsubscribes: false),
        ["line_items"] = new JsonArray(Line(product, price, interval)),
    };

    private JsonObject Line(string product, string price, string? interval) => new()
    {
        ["quantity"] = 1,
        ["original_product"] = new JsonObject { ["id"] = 51_007, ["name"] = product },
        ["products_price"] = new JsonObject { ["amount"] = price, ["currency"] = Currency.ToLowerInvariant(), ["interval"] = interval, ["interval_count"] = interval is null ? null : 1 },
        ["products_variant"] = new JsonObject { ["id"] = 52_009, ["name"] = "Default", ["sku"] = "WS-2026" },
    };

    private JsonObject InvoiceOf(JsonObject order, int id, string status, string type, string total) => new()
    {
        ["id"] = id,
        ["order_id"] = order["id"]?.DeepClone(),
        ["status"] = status,
        ["due_amount"] = status is "past_due" ? total : "0.00",
        ["total_amount"] = total,
        ["currency"] = Currency,
        ["issued_at"] = Write(at),
        ["due_at"] = Write(at),
        ["paid_at"] = status is "past_due" ? null : Write(at),
        ["invoice_type"] = type,
        ["invoice_number"] = $"INV-{id}",
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["line_items"] = new JsonArray(new JsonObject { ["description"] = type is "renewal" ? "Studio Membership" : "Funnel Workshop", ["quantity"] = 1 }),
        ["order"] = order,
    };
}
