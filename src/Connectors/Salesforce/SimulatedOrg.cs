using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>The records of a simulated organization, as the API tells them: of each person an opportunity and an appointment.</summary>
internal static partial class SimulatedOrg
{
    private const int NumberAt = 9;
    private const int NumberLength = 6;

    // What is asked for was changed when the simulation began: the same question always has the same answer.
    private static readonly DateTimeOffset Changed = Simulation.Start.AddMinutes(1);

    /// <summary>The id of a record by its kind's prefix and a number.</summary>
    public static string Id(string prefix, int number) => SalesforceId.Of($"{prefix}5g0000{number:D6}", "the simulation");

    public static SimulatedAnswer Answer(Simulation simulation, SimulatedCall call)
    {
        if (call.Path.EndsWith("/oauth2/token", StringComparison.Ordinal)) return new SimulatedAnswer(200, """{"access_token":"token-of-the-simulation","token_type":"Bearer","scope":"api"}""");
        if (!call.Query.TryGetValue("q", out var query) || Single().Match(query) is not { Success: true } asked) return SimulatedAnswer.NotFound;
        var id = asked.Groups["id"].Value;
        var number = int.Parse(id.AsSpan(NumberAt, NumberLength), NumberStyles.None, CultureInfo.InvariantCulture);
        var record = number < simulation.People ? Record(asked.Groups["entity"].Value, id, simulation.Person(number)) : null;
        return new SimulatedAnswer(200, new JsonObject { ["totalSize"] = record is null ? 0 : 1, ["done"] = true, ["records"] = record is null ? [] : new JsonArray(record) }.ToJsonString());
    }

    private static JsonObject? Record(string entity, string id, SimulatedPerson person)
    {
        var record = new JsonObject { ["attributes"] = new JsonObject { ["type"] = entity }, ["Id"] = id, ["IsDeleted"] = false, ["SystemModstamp"] = Written(Changed) };
        var contact = Id("003", person.Number);
        switch (entity)
        {
            case "Opportunity":
                (record["Name"], record["Amount"], record["CurrencyIsoCode"], record["StageName"], record["IsWon"], record["IsClosed"]) = ($"{person.Company}: tableware", 1249.5, "EUR", "Proposal", false, false);
                record["OpportunityContactRoles"] = new JsonObject { ["totalSize"] = 1, ["done"] = true, ["records"] = new JsonArray(new JsonObject { ["ContactId"] = contact }) };
                return record;
            case "Event":
                (record["WhoId"], record["Subject"], record["Location"]) = (contact, "Studio visit", "Atelier 4");
                (record["StartDateTime"], record["EndDateTime"]) = (Written(Changed.AddDays(5)), Written(Changed.AddDays(5).AddHours(1)));
                return record;
            case "Contact":
                (record["FirstName"], record["LastName"], record["Name"], record["Email"]) = (person.FirstName, person.LastName, person.FullName, person.Email);
                return record;
            default:
                return null;
        }
    }

    private static string Written(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"FROM (?<entity>\w+) WHERE Id = '(?<id>[0-9A-Za-z]{18})'$", RegexOptions.None, 1000)]
    private static partial Regex Single();
}
