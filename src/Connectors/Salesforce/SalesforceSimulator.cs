using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Plays an organization: outbound messages about contacts, and change events that a relay posts: people are entered, change and opt out, get opportunities and appointments. <see cref="SimulatedOrg"/> answers for the records.</summary>
public sealed class SalesforceSimulator : IApiSimulator
{
    internal const string Organization = "00D5g000004ZkQbEAK";

    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace Message = "http://soap.sforce.com/2005/09/outbound";
    private static readonly XNamespace Fields = "urn:sobject.enterprise.soap.sforce.com";

    private static readonly Dictionary<string, string> Xml = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "text/xml; charset=UTF-8", ["SOAPAction"] = "\"\"" };
    private static readonly Dictionary<string, string> Json = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    // What befalls a person, in this order; then it goes on with what can happen again.
    private static readonly Func<Scene, SimulatedDelivery>[] Story = [Entered, Confirmed, OpportunityOpened, AppointmentMade, Moved, OptedOut];
    private static readonly Func<Scene, SimulatedDelivery>[] Later = [Confirmed, Moved, OpportunityOpened, AppointmentMade, Confirmed];

    /// <inheritdoc/>
    public string Connector => "salesforce";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var scene = new Scene(simulation.Person(number % simulation.People), Simulation.Time(number), number);
            yield return step < Story.Length ? Story[step](scene) : Later[random.Next(Later.Length)](scene);
        }
    }

    /// <inheritdoc/>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call) => SimulatedOrg.Answer(simulation, call);

    private static SimulatedDelivery Entered(Scene scene)
    {
        var payload = Header(scene, "Contact", SimulatedOrg.Id("003", scene.Person.Number), "CREATE");
        payload["Name"] = new JsonObject { ["FirstName"] = scene.Person.FirstName, ["LastName"] = scene.Person.LastName };
        payload["Email"] = scene.Person.Email;
        payload["MobilePhone"] = scene.Person.Phone;
        payload["LeadSource"] = "Web";
        payload["MailingAddress"] = new JsonObject { ["Street"] = scene.Person.Street, ["City"] = scene.Person.City, ["PostalCode"] = scene.Person.PostalCode, ["Country"] = scene.Person.CountryName };
        payload["HasOptedOutOfEmail"] = false;
        return Event(scene, "Contact", payload);
    }

    private static SimulatedDelivery Moved(Scene scene)
    {
        var payload = Header(scene, "Contact", SimulatedOrg.Id("003", scene.Person.Number), "UPDATE", "Title", "MailingAddress.City", "LastModifiedDate");
        payload["Title"] = "Studio owner";
        payload["MailingAddress"] = new JsonObject { ["City"] = scene.Person.City };
        payload["LastModifiedDate"] = Iso(scene.Time);
        return Event(scene, "Contact", payload);
    }

    private static SimulatedDelivery OptedOut(Scene scene)
    {
        if (scene.Person.Number % 5 != 0) return Moved(scene);
        var payload = Header(scene, "Contact", SimulatedOrg.Id("003", scene.Person.Number), "UPDATE", "HasOptedOutOfEmail", "LastModifiedDate");
        payload["HasOptedOutOfEmail"] = true;
        payload["LastModifiedDate"] = Iso(scene.Time);
        return Event(scene, "Contact", payload);
    }

    private static SimulatedDelivery OpportunityOpened(Scene scene) => Hint(scene, "Opportunity", "006");

    private static SimulatedDelivery AppointmentMade(Scene scene) => Hint(scene, "Event", "00U");

    private static SimulatedDelivery Hint(Scene scene, string entity, string prefix) => Event(scene, entity, Header(scene, entity, SimulatedOrg.Id(prefix, scene.Person.Number), "CREATE"));

    private static SimulatedDelivery Confirmed(Scene scene)
    {
        var (person, at) = (scene.Person, Iso(scene.Time));
        XElement Field(string name, string value) => new(Fields + name, value);
        var record = new XElement(Message + "sObject", new XAttribute(XNamespace.Xmlns + "sf", Fields), new XAttribute(Instance + "type", "sf:Contact"),
            Field("Id", SimulatedOrg.Id("003", person.Number)), Field("CreatedDate", Iso(Simulation.Start)), Field("Email", person.Email), Field("FirstName", person.FirstName),
            Field("HasOptedOutOfEmail", "false"), Field("LastModifiedDate", at), Field("LastName", person.LastName), Field("MailingCity", person.City), Field("MobilePhone", person.Phone));
        var notifications = new XElement(Message + "notifications",
            new XElement(Message + "OrganizationId", Organization),
            new XElement(Message + "ActionId", "04k5g000000TnWdAAK"),
            new XElement(Message + "SessionId", new XAttribute(Instance + "nil", "true")),
            new XElement(Message + "Notification", new XElement(Message + "Id", SimulatedOrg.Id("04l", scene.Number)), record));
        var envelope = new XElement(Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soapenv", Soap), new XAttribute(XNamespace.Xmlns + "xsi", Instance), new XElement(Soap + "Body", notifications));
        return new SimulatedDelivery { Headers = Xml, Body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{envelope.ToString(SaveOptions.DisableFormatting)}\n") };
    }

    private static JsonObject Header(Scene scene, string entity, string id, string type, params string[] changed) => new()
    {
        ["ChangeEventHeader"] = new JsonObject
        {
            ["entityName"] = entity,
            ["recordIds"] = new JsonArray(id),
            ["changeType"] = type,
            ["changeOrigin"] = "com/salesforce/api/soap/66.0;client=SfdcInternalAPI/",
            ["transactionKey"] = $"0007e1a4-0000-0000-0000-{scene.Number:x12}",
            ["sequenceNumber"] = 1,
            ["commitTimestamp"] = scene.Time.ToUnixTimeMilliseconds(),
            ["changedFields"] = new JsonArray([.. changed.Select(name => (JsonNode)name)]),
        },
    };

    private static SimulatedDelivery Event(Scene scene, string entity, JsonObject payload)
    {
        var told = new JsonObject
        {
            ["channel"] = "/data/ChangeEvents",
            ["data"] = new JsonObject
            {
                ["schema"] = "3cUrPq7Xz0nVdT9mKlA2bw",
                ["payload"] = payload,
                ["event"] = new JsonObject { ["replayId"] = 90_000 + scene.Number, ["EventUuid"] = $"5b0f2c1e-0000-4000-8000-{scene.Number:x12}", ["EventApiName"] = $"{entity}ChangeEvent" },
            },
        };
        return new SimulatedDelivery { Headers = Json, Body = Encoding.UTF8.GetBytes(told.ToJsonString()) };
    }

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>One delivery in the making.</summary>
    private sealed record Scene(SimulatedPerson Person, DateTimeOffset Time, int Number);
}
