using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>One person in the simulated studio.</summary>
internal sealed class SimulatedVisitor(SimulatedPerson person, DateTimeOffset registeredAt)
{
    private const int SiteId = 417788;

    private static readonly (int Id, string Name, decimal Price)[] Goods = [(10107, "10 Class Pack", 149.60m), (10101, "Drop-in", 18.00m), (118, "Yoga mat", 21.60m)];

    private int booking;
    private int appointment;
    private int visits;
    private DateTimeOffset startsAt;

    public JsonObject Write(string topic, int turn, DateTimeOffset at)
    {
        switch (topic)
        {
            case "classRosterBooking.created":
                (booking, startsAt) = (640000 + turn, at.AddHours(20));
                return Booked();
            case "classRosterBookingStatus.updated":
                visits++;
                return Class("classDateTime", ("signedInStatus", "SignedIn"));
            case "classRosterBooking.cancelled":
                return new JsonObject { ["siteId"] = SiteId, ["locationId"] = 1, ["classId"] = ClassId, ["classRosterBookingId"] = booking, ["clientId"] = ClientId, ["clientUniqueId"] = UniqueId };
            case "appointmentBooking.created":
                (appointment, startsAt) = (88000 + turn, at.AddDays(3));
                return Appointment("Scheduled");
            case "appointmentBooking.updated":
                startsAt = startsAt.AddDays(1);
                return Appointment("Confirmed");
            case "appointmentBooking.cancelled":
                return new JsonObject { ["siteId"] = SiteId, ["appointmentId"] = appointment };
            case "clientSale.created":
                return Sale(turn, at);
            case "clientContract.created" or "clientContract.updated":
                return Contract(at, isNew: topic == "clientContract.created");
            default:
                return Client();
        }
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private int UniqueId => 100000000 + person.Number;

    private string ClientId => $"RS-{100000 + person.Number}";

    private int ClassId => 20000 + (booking % 40);

    private JsonObject Client() => new()
    {
        ["siteId"] = SiteId,
        ["clientId"] = ClientId,
        ["clientUniqueId"] = UniqueId,
        ["creationDateTime"] = Time(registeredAt),
        ["status"] = visits > 0 ? "Active" : "Non-Member",
        ["firstName"] = person.FirstName,
        ["lastName"] = person.LastName,
        ["email"] = person.Email,
        ["mobilePhone"] = person.Phone,
        ["addressLine1"] = person.Street,
        ["city"] = person.City,
        ["postalCode"] = person.PostalCode,
        ["country"] = person.Country,
        ["referredBy"] = person.Number % 2 == 0 ? "Instagram" : null,
        ["isProspect"] = visits == 0,
        ["clientNumberOfVisitsAtSite"] = visits,
        ["indexes"] = new JsonArray(new JsonObject { ["indexName"] = "Goal", ["indexValue"] = person.Number % 3 == 0 ? "Strength" : "Flexibility" }),
        ["sendPromotionalEmails"] = person.Number % 4 != 0,
        ["sendPromotionalTexts"] = person.Number % 5 == 0,
    };

    private JsonObject Booked() => Class("classStartDateTime", ("signedInStatus", "NotSignedIn"), ("classEndDateTime", Time(startsAt.AddHours(1))));

    private JsonObject Class(string timeMember, params (string Name, string Value)[] more)
    {
        var body = Named();
        body["locationId"] = 1;
        body["classId"] = ClassId;
        body["classRosterBookingId"] = booking;
        body[timeMember] = Time(startsAt);
        body["itemId"] = Goods[0].Id;
        body["itemName"] = Goods[0].Name;
        foreach (var (name, value) in more) body[name] = value;
        return body;
    }

    private JsonObject Appointment(string status)
    {
        var body = Named();
        body.Remove("clientUniqueId");
        body["appointmentId"] = appointment;
        body["appointmentName"] = "Deep tissue 60";
        body["status"] = status;
        body["startDateTime"] = Time(startsAt);
        body["endDateTime"] = Time(startsAt.AddHours(1));
        body["staffFirstName"] = "Inés";
        body["staffLastName"] = "Quintana";
        body["resources"] = new JsonArray(new JsonObject { ["id"] = 3, ["name"] = "Room 3" });
        return body;
    }

    private JsonObject Sale(int turn, DateTimeOffset at)
    {
        var (id, name, price) = Goods[turn % Goods.Length];
        return new JsonObject
        {
            ["siteId"] = SiteId,
            ["saleId"] = 77000 + turn,
            ["purchasingClientId"] = ClientId,
            ["saleDateTime"] = Time(at),
            ["totalAmountPaid"] = price,
            ["payments"] = new JsonArray(new JsonObject { ["paymentId"] = 90000 + turn, ["paymentMethodName"] = "Visa/MC", ["paymentAmountPaid"] = price }),
            ["items"] = new JsonArray(new JsonObject { ["itemId"] = id, ["type"] = "Service", ["name"] = name, ["amountPaid"] = price, ["amountDiscounted"] = 0, ["quantity"] = 1, ["recipientClientId"] = ClientId }),
        };
    }

    private JsonObject Contract(DateTimeOffset at, bool isNew)
    {
        var body = Named();
        body["clientContractId"] = 5000 + person.Number;
        if (isNew) body["contractName"] = "Unlimited Monthly";
        body["agreementDateTime"] = Time(registeredAt);
        body["contractStartDateTime"] = Time(registeredAt.AddDays(7));
        body["contractEndDateTime"] = Time(registeredAt.AddYears(isNew ? 1 : 2));
        body["isAutoRenewing"] = at.Second % 2 == 0;
        return body;
    }

    private JsonObject Named() => new()
    {
        ["siteId"] = SiteId,
        ["clientId"] = ClientId,
        ["clientUniqueId"] = UniqueId,
        ["clientFirstName"] = person.FirstName,
        ["clientLastName"] = person.LastName,
        ["clientEmail"] = person.Email,
        ["clientPhone"] = person.Phone,
    };
}
