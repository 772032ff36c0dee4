using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>A member as the simulated API tells it.</summary>
internal static class SimulatedMember
{
    private static readonly string[] Tags = ["Workshop buyer", "Wholesale", "Press"];

    public static string Json(SimulatedPerson person, string email, string emailId)
    {
        // Who tells a profile joined at the first step of the story, and confirmed it.
        var joined = Simulation.Time(person.Number).AddSeconds(1);
        return new JsonObject
        {
            ["id"] = MailchimpAccount.SubscriberHash(email),
            ["email_address"] = email,
            ["unique_email_id"] = emailId,
            ["web_id"] = 512_000_000 + person.Number,
            ["status"] = "subscribed",
            ["merge_fields"] = new JsonObject
            {
                ["FNAME"] = person.FirstName,
                ["LNAME"] = person.LastName,
                ["ADDRESS"] = new JsonObject { ["addr1"] = person.Street, ["addr2"] = "", ["city"] = person.City, ["state"] = "", ["zip"] = person.PostalCode, ["country"] = person.Country },
                ["PHONE"] = person.Phone,
                ["BIRTHDAY"] = $"{1 + (person.Number % 12):D2}/{1 + (person.Number % 28):D2}",
                ["COMPANY"] = person.Company,
            },
            ["interests"] = new JsonObject(),
            ["timestamp_opt"] = joined.ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
            ["last_changed"] = joined.ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
            ["language"] = person.Locale[..2],
            ["tags"] = new JsonArray(new JsonObject { ["id"] = 88_120 + (person.Number % 3), ["name"] = Tags[person.Number % 3] }),
            ["list_id"] = "9d2f4b7c11",
        }.ToJsonString();
    }
}
