using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Plays a website: visitors who come by a campaign, take a price list along, sign up, buy, read letters, and come back.</summary>
internal sealed class SegmentSimulator : IWebhookSimulator
{
    private const string Site = "https://studio.example.org";

    private static readonly Guid Users = new("0b6a1d52-6f0e-5c39-8a47-2d9c1e7b3f60");
    private static readonly Guid Visitors = new("c41f7a08-93de-5b12-b6e5-70a8d2f4916c");

    // Visits come before what the other tools tell, and never from the future.
    private static readonly TimeSpan Before = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, string> FromBrowser = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "text/plain" };
    private static readonly Dictionary<string, string> FromServer = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly (string Path, string Title)[] Pages = [("/prices", "Prices"), ("/courses", "Courses"), ("/kiln-rental", "Kiln rental"), ("/about", "About the studio")];
    private static readonly string[] Goods = ["Celadon glaze 1kg", "Ribbon tool", "Porcelain 12.5kg", "Kiln shelf", "Raku tongs"];

    private static readonly Func<Visit, JsonObject>[] Story = [Landed, Downloaded, Identified, SignedUp, Grouped, CheckedOut, Ordered, Opened, Seen];
    private static readonly Func<Visit, JsonObject>[] Later = [Seen, Seen, Seen, Landed, Downloaded, CheckedOut, Ordered, Opened, Clicked, Tried, Unsubscribed];

    public string Connector => "segment";

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var visit = new Visit(simulation.Person(number % simulation.People), number, random);
            var happens = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
            var body = happens(visit);
            yield return new SimulatedDelivery { Headers = body.ContainsKey("context") ? FromBrowser : FromServer, Body = Encoding.UTF8.GetBytes(body.ToJsonString(AsSent)) };
        }
    }

    private static JsonObject Landed(Visit visit)
    {
        var campaign = $"autumn-{visit.Person.Number % 4}";
        var page = visit.Browse("page", $"?utm_source=newsletter&utm_medium=email&utm_campaign={campaign}", isKnown: false);
        page["context"]!["campaign"] = new JsonObject { ["source"] = "newsletter", ["medium"] = "email", ["name"] = campaign };
        page["context"]!["page"]!["referrer"] = "https://search.example.net/";
        return page;
    }

    private static JsonObject Seen(Visit visit) => visit.Browse("page", "", isKnown: true);

    private static JsonObject Downloaded(Visit visit)
    {
        var track = visit.Browse("track", "", isKnown: false);
        track["event"] = "File Downloaded";
        track["properties"] = new JsonObject { ["file_name"] = "price-list.pdf", ["title"] = "Price list", ["url"] = $"{Site}/files/price-list.pdf" };
        return track;
    }

    private static JsonObject Identified(Visit visit)
    {
        var (identify, person) = (visit.Browse("identify", "", isKnown: true), visit.Person);
        identify["traits"] = new JsonObject
        {
            ["email"] = person.Email,
            ["firstName"] = person.FirstName,
            ["lastName"] = person.LastName,
            ["phone"] = person.Phone,
            ["address"] = new JsonObject { ["street"] = person.Street, ["city"] = person.City, ["postalCode"] = person.PostalCode, ["country"] = person.Country },
            ["plan"] = "studio",
        };
        return identify;
    }

    private static JsonObject Grouped(Visit visit)
    {
        var group = visit.Browse("group", "", isKnown: true);
        group["groupId"] = $"acct-{visit.Person.Number}";
        group["traits"] = new JsonObject { ["name"] = visit.Person.Company, ["industry"] = "Ceramics", ["employees"] = 2 + (visit.Person.Number % 7) };
        return group;
    }

    private static JsonObject SignedUp(Visit visit)
    {
        var person = visit.Person;
        var signedUp = visit.Track("Signed Up", new JsonObject { ["type"] = "organic", ["first_name"] = person.FirstName, ["last_name"] = person.LastName, ["email"] = person.Email }, "a");
        var consent = visit.Track("Segment Consent Preference Updated", [], "b");
        consent["context"] = new JsonObject { ["consent"] = new JsonObject { ["categoryPreferences"] = new JsonObject { ["Analytics"] = true, ["Advertising"] = visit.Random.Next(2) == 0 } } };
        return new JsonObject { ["batch"] = new JsonArray(signedUp, consent), ["sentAt"] = visit.Time(1) };
    }

    private static JsonObject CheckedOut(Visit visit) => visit.Track("Checkout Started", visit.Goods($"checkout-{visit.Number}", null));

    private static JsonObject Ordered(Visit visit) => visit.Track("Order Completed", visit.Goods(null, $"ord-{visit.Number}"));

    private static JsonObject Tried(Visit visit) => visit.Track("Trial Started", new JsonObject { ["trial_plan_name"] = "Kiln pass" });

    private static JsonObject Opened(Visit visit) => visit.Letter("Email Opened");

    private static JsonObject Clicked(Visit visit) => visit.Letter("Email Link Clicked");

    private static JsonObject Unsubscribed(Visit visit) => visit.Letter("Unsubscribed");

    /// <summary>One visit of a person.</summary>
    private sealed record Visit(SimulatedPerson Person, int Number, Random Random)
    {
        private string User => EventIds.Version5(Users, Person.Email).ToString("N")[..12];

        private string Visitor => EventIds.Version5(Visitors, Person.Email).ToString();

        /// <summary>A call as analytics.js makes it.</summary>
        public JsonObject Browse(string type, string search, bool isKnown)
        {
            var (path, title) = Pages[Random.Next(Pages.Length)];
            var call = new JsonObject { ["timestamp"] = Time(0), ["type"] = type, ["anonymousId"] = Visitor, ["userId"] = isKnown ? User : null };
            if (type is "page") call["properties"] = new JsonObject { ["path"] = path, ["title"] = title, ["url"] = Site + path + search };
            call["context"] = new JsonObject
            {
                ["page"] = new JsonObject { ["path"] = path, ["referrer"] = "", ["search"] = search, ["title"] = title, ["url"] = Site + path + search },
                ["locale"] = Person.Locale,
                ["timezone"] = Person.TimeZone,
                ["campaign"] = new JsonObject(),
            };
            call["messageId"] = MessageId("ajs-next", "");
            return call;
        }

        /// <summary>A call as a server library makes it.</summary>
        public JsonObject Track(string name, JsonObject properties, string suffix = "") => new()
        {
            ["type"] = "track",
            ["event"] = name,
            ["userId"] = User,
            ["anonymousId"] = Visitor,
            ["timestamp"] = Time(0),
            ["properties"] = properties,
            ["messageId"] = MessageId("node-next", suffix),
        };

        public JsonObject Letter(string name)
        {
            var letter = Track(name, new JsonObject { ["email_id"] = $"letter-{Random.Next(5)}", ["email_subject"] = "Studio letter", ["list_id"] = "l-1", ["list_name"] = "Studio letter", ["link_url"] = Site + "/courses" });
            letter["context"] = new JsonObject { ["traits"] = new JsonObject { ["email"] = Person.Email } };
            return letter;
        }

        public JsonObject Goods(string? checkout, string? order)
        {
            var (quantity, price) = (1 + Random.Next(3), 10 + Random.Next(80) + 0.5m);
            var goods = new JsonObject { ["total"] = (quantity * price) + 4.9m, ["revenue"] = quantity * price, ["shipping"] = 4.9m, ["tax"] = 0, ["currency"] = "EUR" };
            if (checkout is not null) goods["checkout_id"] = checkout;
            if (order is not null) goods["order_id"] = order;
            if (order is not null && Random.Next(3) == 0) goods["coupon"] = "AUTUMN10";
            goods["products"] = new JsonArray(new JsonObject { ["product_id"] = $"p-{Random.Next(90)}", ["name"] = SegmentSimulator.Goods[Random.Next(SegmentSimulator.Goods.Length)], ["price"] = price, ["quantity"] = quantity });
            return goods;
        }

        public string Time(int secondsLater) => (Simulation.Time(Number) - Before).AddSeconds(secondsLater).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

        private string MessageId(string library, string suffix) => $"{library}-{EventIds.Version5(Visitors, $"{Person.Email} {Number}{suffix}")}";
    }
}
