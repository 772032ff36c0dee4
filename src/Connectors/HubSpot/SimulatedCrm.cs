using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>The objects of a simulated account, as the API tells them: of each person a contact, its twin, what both were merged into, a deal, a note and a meeting.</summary>
internal static class SimulatedCrm
{
    public const int OneInSoManyOptsOut = 6;

    private const long Range = 10_000_000;
    private const long Contacts = 151_800_000_000;
    private const long Deals = 30_400_000_000;
    private const long Notes = 55_100_000_000;
    private const long Meetings = 44_100_000_000;

    // What is asked for was changed when the simulation began: the same question always has the same answer.
    private static readonly DateTimeOffset Changed = Simulation.Start.AddMinutes(1);

    public static long Contact(int person) => Contacts + person;

    public static long Twin(int person) => Contacts + Range + person;

    public static long Merged(int person) => Contacts + (2 * Range) + person;

    public static long Deal(int person) => Deals + person;

    public static long Note(int person) => Notes + person;

    public static long Meeting(int person) => Meetings + person;

    public static SimulatedAnswer Answer(Simulation simulation, SimulatedCall call)
    {
        if (call.Path.Split('/') is not ["", "crm", "v3", "objects", var kind, var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return SimulatedAnswer.NotFound;
        var number = (int)(id % Range);
        if (number >= simulation.People) return SimulatedAnswer.NotFound;
        var person = simulation.Person(number);
        var properties = kind switch
        {
            "contacts" => ContactOf(person, id),
            "deals" => new JsonObject { ["dealname"] = $"{person.Company}: first order", ["amount"] = "1850.5", ["deal_currency_code"] = "EUR", ["dealstage"] = "presentationscheduled", ["pipeline"] = "default", ["hs_is_closed"] = "false", ["hs_is_closed_won"] = "false", ["hubspot_owner_id"] = "70069977" },
            "notes" => new JsonObject { ["hs_note_body"] = "<p>Wants a quote before Friday</p>", ["hs_timestamp"] = Iso(Changed) },
            "meetings" => new JsonObject { ["hs_meeting_title"] = "Studio visit", ["hs_meeting_start_time"] = Iso(Changed.AddDays(5)), ["hs_meeting_end_time"] = Iso(Changed.AddDays(5).AddHours(1)), ["hs_meeting_outcome"] = "SCHEDULED" },
            _ => null,
        };
        return properties is null ? SimulatedAnswer.NotFound : new SimulatedAnswer(200, Whole(kind, id, number, properties).ToJsonString());
    }

    private static JsonObject ContactOf(SimulatedPerson person, long id) => new()
    {
        ["email"] = person.Email,
        ["firstname"] = person.FirstName,
        ["lastname"] = person.LastName,
        ["phone"] = person.Phone,
        ["company"] = person.Company,
        ["address"] = person.Street,
        ["city"] = person.City,
        ["zip"] = person.PostalCode,
        ["country"] = person.CountryName,
        ["hs_language"] = person.Locale.ToLowerInvariant(),
        ["hs_timezone"] = person.TimeZone.ToLowerInvariant().Replace("/", "_slash_", StringComparison.Ordinal),
        ["lifecyclestage"] = "marketingqualifiedlead",
        ["hs_email_optout"] = IsOut(person.Number, id) ? "true" : null,
        ["hs_analytics_source"] = "ORGANIC_SEARCH",
        ["hs_merged_object_ids"] = id == Merged(person.Number) ? $"{Contact(person.Number)};{Twin(person.Number)}" : null,
    };

    private static JsonObject Whole(string kind, long id, int number, JsonObject properties)
    {
        properties["hs_object_id"] = $"{id}";
        properties[kind == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate"] = Iso(Changed);
        var whole = new JsonObject { ["id"] = $"{id}", ["properties"] = properties, ["createdAt"] = Iso(Simulation.Start), ["updatedAt"] = Iso(Changed), ["archived"] = false };
        if (kind == "contacts")
        {
            JsonArray optOut = IsOut(number, id) ? [new JsonObject { ["value"] = "true", ["timestamp"] = Iso(Changed), ["sourceType"] = "CONTACTS_WEB" }] : [];
            whole["propertiesWithHistory"] = new JsonObject { ["hs_email_optout"] = optOut, ["hs_email_hard_bounce_reason_enum"] = new JsonArray() };
        }
        else
        {
            whole["associations"] = new JsonObject { ["contacts"] = new JsonObject { ["results"] = new JsonArray(new JsonObject { ["id"] = $"{Contact(number)}", ["type"] = $"{kind[..^1]}_to_contact" }) } };
        }
        return whole;
    }

    private static bool IsOut(int number, long id) => id == Merged(number) && number % OneInSoManyOptsOut == 0;

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
