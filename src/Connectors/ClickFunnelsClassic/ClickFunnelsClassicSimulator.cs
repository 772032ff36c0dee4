using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>Plays an account of ClickFunnels Classic: people who opt in at the steps of a funnel, and buy.</summary>
internal sealed class ClickFunnelsClassicSimulator : IWebhookSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (int Id, string Name, int Cents)[] Products = [(2_200_101, "Starter course", 9700), (2_200_102, "Glaze recipes", 1900), (2_200_103, "Studio weekend", 24900)];

    public string Connector => "clickfunnels-classic";

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var (step, person, at) = (number / simulation.People, simulation.Person(number % simulation.People), Simulation.Time(number));
            var body = step % 3 == 0 ? Contact(person, number, at) : Purchase(person, number, at, Products[random.Next(Products.Length)], step % 9 == 5 ? "failed" : "paid");
            body["event"] = "created";
            yield return new SimulatedDelivery { Headers = Headers, Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    private static JsonObject Contact(SimulatedPerson person, int number, DateTimeOffset at) => new()
    {
        ["id"] = 300_500_000 + number,
        ["page_id"] = 4_410_021 + (number % 3),
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["name"] = person.FullName,
        ["address"] = person.Street,
        ["city"] = person.City,
        ["country"] = person.CountryName,
        ["state"] = "",
        ["zip"] = person.PostalCode,
        ["email"] = person.Email,
        ["phone"] = person.Phone,
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["unsubscribed_at"] = null,
        ["cf_uvid"] = "null",
        ["contact_profile"] = new JsonObject
        {
            ["id"] = 81_000_000 + person.Number,
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["email"] = person.Email,
            ["phone"] = person.Phone,
            ["known_ltv"] = "0.00",
            ["tags"] = new JsonArray(),
        },
        ["additional_info"] = new JsonObject { ["utm_source"] = "google", ["utm_medium"] = "cpc", ["utm_campaign"] = "brand", ["experience"] = number % 2 == 0 ? "beginner" : "advanced" },
    };

    private static JsonObject Purchase(SimulatedPerson person, int number, DateTimeOffset at, (int Id, string Name, int Cents) product, string status) => new()
    {
        ["id"] = 77_000_000 + number,
        ["products"] = new JsonArray(new JsonObject
        {
            ["id"] = product.Id,
            ["name"] = product.Name,
            ["amount"] = new JsonObject { ["fractional"] = $"{product.Cents}.0", ["currency"] = new JsonObject { ["iso_code"] = "USD", ["subunit_to_unit"] = 100 } },
            ["amount_currency"] = "USD",
            ["bump"] = false,
        }),
        ["contact"] = Contact(person, number, at),
        ["stripe_customer_token"] = $"cus_Sim{person.Number:D6}",
        ["created_at"] = Write(at),
        ["updated_at"] = Write(at),
        ["subscription_id"] = null,
        ["charge_id"] = $"ch_Sim{number:D8}",
        ["status"] = status,
        ["original_amount_cents"] = product.Cents,
        ["original_amount_currency"] = "USD",
        ["error_message"] = status is "failed" ? "Your card was declined." : null,
    };

    private static string Write(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
