using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Plays Klaviyo: people who subscribe, read letters, buy in the shop that tells Klaviyo, write back, review, and leave.</summary>
internal sealed class KlaviyoSimulator : IApiSimulator
{
    private const string WebhookId = "3f0d9b1c7a5e42d8b6c1f0a2e4d6981735bc20fe41aa97d35c68e0b1f2a4c7d9";

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json",
        ["Klaviyo-Webhook-Id"] = WebhookId,
    };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Letters = ["November letter", "Winter glazes", "Open studio", "Last seats", "Year in clay"];
    private static readonly string[] Goods = ["Celadon glaze 1kg", "Ribbon tool", "Porcelain 12.5kg", "Kiln shelf", "Raku tongs"];

    // What befalls a person first; afterwards letters and orders go on.
    private static readonly Action<Scene>[] Story = [Subscribed, Opened, Clicked, CheckoutStarted, Ordered, Received, JoinedSms, Texted, Reviewed, Refunded];

    private static readonly Action<Scene>[] Later =
        [Received, Received, Received, Opened, Opened, Clicked, CheckoutStarted, Ordered, Texted, Reviewed, Bounced, LeftSms, Complained, Cancelled, Unsubscribed];

    public string Connector => "klaviyo";

    /// <inheritdoc/>
    public IReadOnlyList<SimulatedProbe> Probes { get; } = [new SimulatedProbe("GET")];

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var account = Id(random, 6);
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var scene = new Scene(simulation.Person(number % simulation.People), account, Simulation.Time(number), step, random);
            var happens = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
            happens(scene);
            yield return new SimulatedDelivery { Headers = Headers, Body = scene.Body() };
        }
    }

    /// <summary>Profiles, by id and all of them. Of events only webhooks tell.</summary>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call)
    {
        if (call.Path == "/events") return Page([]);
        if (call.Path == "/profiles") return Page(Enumerable.Range(0, simulation.People).Select(number => Profile(simulation, ProfileId(Account(simulation), number))!));
        var profile = call.Path.StartsWith("/profiles/", StringComparison.Ordinal) ? Profile(simulation, call.Path["/profiles/".Length..]) : null;
        return profile is null ? SimulatedAnswer.NotFound : new SimulatedAnswer(200, new JsonObject { ["data"] = profile }.ToJsonString(AsSent));
    }

    private string Account(Simulation simulation) => Id(simulation.Random(Connector), 6);

    private static string ProfileId(string account, int number) => $"01JD{account}{number:D16}";

    private static SimulatedAnswer Page(IEnumerable<JsonObject> items) =>
        new(200, new JsonObject { ["data"] = new JsonArray([.. items]), ["links"] = new JsonObject { ["next"] = null } }.ToJsonString(AsSent));

    private static JsonObject? Profile(Simulation simulation, string id)
    {
        if (id.Length != 26 || !int.TryParse(id[10..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= simulation.People) return null;
        var person = simulation.Person(number);
        return new JsonObject
        {
            ["type"] = "profile",
            ["id"] = id,
            ["attributes"] = new JsonObject
            {
                ["email"] = person.Email,
                ["phone_number"] = person.Phone,
                ["first_name"] = person.FirstName,
                ["last_name"] = person.LastName,
                ["updated"] = Simulation.Time(number).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                ["location"] = new JsonObject { ["city"] = person.City, ["zip"] = person.PostalCode, ["country"] = person.CountryName },
            },
        };
    }

    private static void Subscribed(Scene scene) =>
        scene.Add("klaviyo.subscribed_to_email_marketing", [("$consent_method", "Klaviyo Form"), ("List", "Studio letter")]).Letter("received_email");

    private static void Unsubscribed(Scene scene) => scene.Letter("unsubscribed_from_email_marketing");

    private static void Received(Scene scene) => scene.Letter("received_email").Letter("opened_email", ("machine_open", true));

    private static void Opened(Scene scene) => scene.Letter("opened_email", ("machine_open", false), ("Client Name", "Gmail"));

    private static void Clicked(Scene scene) => scene.Letter("opened_email", ("machine_open", false))
        .Letter("clicked_email", ("URL", "https://shop.example.org/glazes?utm_source=klaviyo&utm_medium=email&utm_campaign=november"));

    private static void Bounced(Scene scene) => scene.Letter("bounced_email", ("Bounce Type", "Soft"));

    private static void Complained(Scene scene) => scene.Letter("marked_email_as_spam");

    private static void JoinedSms(Scene scene) => scene.Add("klaviyo.subscribed_to_sms_marketing", [("$consent_method", "SMS")]);

    private static void LeftSms(Scene scene) => scene.Add("klaviyo.unsubscribed_from_sms_marketing", []);

    private static void Texted(Scene scene) => scene.Add("klaviyo.sent_sms", [("Message Body", "Is the kiln free on Friday?")]);

    private static void Reviewed(Scene scene) =>
        scene.Add("klaviyo.submitted_review", [("Rating", 5), ("Product Name", Goods[0]), ("Title", "Lovely"), ("Content", "The colour came out as in the picture.")]);

    private static void CheckoutStarted(Scene scene) => scene.Purchase("checkout_started", scene.Order, ("CheckoutURL", $"https://shop.example.org/checkouts/{scene.Order}"));

    private static void Ordered(Scene scene) => scene.Purchase("placed_order", scene.Order, ("Discount Codes", new JsonArray("WINTER10")), ("Total Discounts", "6.40")).Letter("received_email");

    private static void Refunded(Scene scene) => scene.Purchase("refunded_order", scene.OrderOf(4));

    private static void Cancelled(Scene scene) => scene.Purchase("cancelled_order", scene.OrderOf(4), ("Reason", "customer"));

    private static string Id(Random random, int length)
    {
        const string letters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
        return string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
    }

    /// <summary>One delivery in the making.</summary>
    private sealed class Scene(SimulatedPerson person, string account, DateTimeOffset time, int step, Random random)
    {
        private readonly JsonArray events = [];

        /// <summary>The order or checkout of this step.</summary>
        public string Order => OrderOf(step);

        /// <summary>The order of an earlier step.</summary>
        public string OrderOf(int other) => $"{6_100_000 + (person.Number * 1000) + other}";

        public ReadOnlyMemory<byte> Body() => Encoding.UTF8.GetBytes(new JsonObject
        {
            ["data"] = events,
            ["meta"] = new JsonObject
            {
                ["klaviyo_account_id"] = account,
                ["klaviyo_webhook_id"] = WebhookId,
                ["timestamp"] = time.AddSeconds(30).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture),
            },
        }.ToJsonString(AsSent));

        public Scene Letter(string metric, params (string Name, JsonNode? Value)[] properties) => Add($"klaviyo.{metric}",
            [("Subject", $"{Letters[step % Letters.Length]} is here"), ("Recipient Email Address", person.Email), ("Email Domain", "example.com"), ("Campaign Name", Letters[step % Letters.Length]), ("$message", $"01JD40{account}{step:D4}"), .. properties]);

        public Scene Purchase(string metric, string order, params (string Name, JsonNode? Value)[] properties) => Add($"shopify.{metric}",
            [("Items", new JsonArray(Goods[person.Number % Goods.Length], Goods[(person.Number + 1) % Goods.Length])), ("Item Count", 2), ("$currency_code", Currency), ("$event_id", order), ("$value", 20.5m + (person.Number % 50)), .. properties]);

        public Scene Add(string topic, (string Name, JsonNode? Value)[] properties)
        {
            var id = Id(random, 11);
            var at = time.AddSeconds(events.Count * 2);
            events.Add(new JsonObject
            {
                ["external_id"] = id,
                ["topic"] = $"event:{topic}",
                ["payload"] = new JsonObject
                {
                    ["data"] = new JsonObject
                    {
                        ["type"] = "event",
                        ["id"] = id,
                        ["attributes"] = new JsonObject
                        {
                            ["timestamp"] = at.ToUnixTimeSeconds(),
                            ["event_properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))),
                            ["datetime"] = at.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
                        },
                        ["relationships"] = new JsonObject { ["profile"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "profile", ["id"] = ProfileId(account, person.Number) } } },
                        ["links"] = new JsonObject { ["self"] = $"https://a.klaviyo.com/api/events/{id}" },
                    },
                },
            });
            return this;
        }

        private string Currency => person.Country switch { "US" => "USD", "GB" => "GBP", "NO" => "NOK", _ => "EUR" };
    }
}
