using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>One simulated order and its tickets.</summary>
internal sealed class SimulatedTickets
{
    private static readonly (string Id, string Name, string Zone, int StartsInHours, string Currency, int Price)[] Occasions =
    [
        ("1020304050607", "Autumn Market: Ceramics & Textiles", "Europe/London", 10, "GBP", 1250),
        ("1020304050711", "Konzert am Kanal", "Europe/Berlin", 11, "EUR", 3400),
        ("1020304050823", "Tea tasting (free)", "Europe/London", 9, "GBP", 0),
        ("1020304050937", "東京の夜の写真", "Asia/Tokyo", 8, "JPY", 4500),
    ];

    private readonly long number;
    private readonly SimulatedPerson buyer;
    private readonly SimulatedPerson? friend;
    private readonly (string Id, string Name, string Zone, int StartsInHours, string Currency, int Price) occasion;
    private readonly bool hasCode;
    private readonly bool optedIn;
    private readonly DateTimeOffset createdAt;
    private DateTimeOffset changedAt;
    private DateTimeOffset? scannedAt;
    private bool isRefunded;

    public SimulatedTickets(int turn, SimulatedPerson buyer, SimulatedPerson? friend, Random random, DateTimeOffset createdAt)
    {
        number = turn;
        this.buyer = buyer;
        this.friend = friend;
        this.createdAt = createdAt;
        changedAt = createdAt;
        occasion = Occasions[random.Next(Occasions.Length)];
        hasCode = occasion.Price > 0 && random.Next(4) == 0;
        optedIn = random.Next(2) == 0;
    }

    public string OrderPath => $"/orders/{OrderId}/";

    public string AttendeePath => $"/events/{occasion.Id}/attendees/{AttendeeId(0)}/";

    private string OrderId => $"{11840000000 + number}";

    private int Price => hasCode ? occasion.Price * 9 / 10 : occasion.Price;

    private int Count => friend is null ? 1 : 2;

    /// <summary>What the webhook tells has happened.</summary>
    public void Take(string action, DateTimeOffset at)
    {
        changedAt = at;
        if (action == "attendee.checked_in") scannedAt = at;
        if (action == "order.refunded") isRefunded = true;
    }

    public JsonObject WriteOrder()
    {
        var order = Order();
        order["attendees"] = new JsonArray([.. Enumerable.Range(0, Count).Select(Attendee)]);
        order["event"] = Occasion();
        return order;
    }

    public JsonObject WriteAttendee()
    {
        var attendee = Attendee(0);
        attendee["order"] = Order();
        attendee["event"] = Occasion();
        return attendee;
    }

    private JsonObject Order()
    {
        var costs = Costs(Count);
        if (hasCode) costs["discount_amount"] = Amount((occasion.Price - Price) * Count);
        return new JsonObject
        {
            ["id"] = OrderId,
            ["created"] = Write(createdAt),
            ["changed"] = Write(changedAt),
            ["name"] = buyer.FullName,
            ["first_name"] = buyer.FirstName,
            ["last_name"] = buyer.LastName,
            ["email"] = buyer.Email,
            ["status"] = "placed",
            ["event_id"] = occasion.Id,
            ["time_remaining"] = null,
            ["promo_code"] = hasCode ? "AUTUMN10" : null,
            ["costs"] = costs,
            ["contact_list_preferences"] = new JsonObject { ["_type"] = "order_contact_list_preferences", ["has_contact_list"] = optedIn, ["has_opted_in"] = optedIn },
        };
    }

    private JsonObject Attendee(int seat)
    {
        var person = seat == 0 ? buyer : friend ?? buyer;
        var isScanned = seat == 0 && scannedAt is not null;
        return new JsonObject
        {
            ["id"] = AttendeeId(seat),
            ["created"] = Write(createdAt),
            ["changed"] = Write(changedAt),
            ["ticket_class_id"] = $"22{occasion.Id[^8..]}",
            ["ticket_class_name"] = "Standard",
            ["quantity"] = 1,
            ["costs"] = Costs(1),
            ["profile"] = Profile(person),
            ["answers"] = new JsonArray(new JsonObject { ["question_id"] = "70081122", ["question"] = "How did you hear of us?", ["type"] = "text", ["answer"] = person.Number % 2 == 0 ? "A friend" : "Newsletter" }),
            ["barcodes"] = new JsonArray(new JsonObject { ["status"] = isScanned ? "used" : "unused", ["checkin_type"] = isScanned ? 1 : 0, ["created"] = Write(createdAt), ["changed"] = Write(isScanned ? changedAt : createdAt) }),
            ["affiliate"] = "ebdssbdestsearch",
            ["checked_in"] = isScanned,
            ["cancelled"] = isRefunded,
            ["refunded"] = isRefunded,
            ["status"] = isRefunded ? "Not Attending" : isScanned ? "Checked In" : "Attending",
            ["event_id"] = occasion.Id,
            ["order_id"] = OrderId,
        };
    }

    private static JsonObject Profile(SimulatedPerson person) => new()
    {
        ["name"] = person.FullName,
        ["first_name"] = person.FirstName,
        ["last_name"] = person.LastName,
        ["email"] = person.Email,
        ["cell_phone"] = person.Phone,
        ["company"] = person.Company,
        ["addresses"] = new JsonObject
        {
            ["home"] = new JsonObject { ["address_1"] = person.Street, ["city"] = person.City, ["postal_code"] = person.PostalCode, ["country"] = person.Country },
        },
    };

    private JsonObject Occasion()
    {
        var startsAt = Simulation.Start.AddHours(occasion.StartsInHours);
        return new JsonObject
        {
            ["id"] = occasion.Id,
            ["name"] = new JsonObject { ["text"] = occasion.Name },
            ["url"] = $"https://www.eventbrite.com/e/demo-tickets-{occasion.Id}",
            ["start"] = new JsonObject { ["timezone"] = occasion.Zone, ["utc"] = Write(startsAt) },
            ["status"] = "live",
            ["currency"] = occasion.Currency,
        };
    }

    private JsonObject Costs(int tickets) => new() { ["base_price"] = Amount(Price * tickets), ["gross"] = Amount(Price * tickets) };

    private JsonObject Amount(int value) => new() { ["currency"] = occasion.Currency, ["value"] = value };

    private string AttendeeId(int seat) => $"{19500000000 + (number * 10) + seat}";

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
