using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Plays HubSpot: people are entered, changed, entered twice and merged, get deals, notes and meetings, and opt out. The events hint; <see cref="SimulatedCrm"/> tells the objects.</summary>
public sealed class HubSpotSimulator : IApiSimulator
{
    internal const string Portal = "8675309";

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json", ["User-Agent"] = "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor" };

    // What befalls a person, in this order; then it goes on with what can happen again.
    private static readonly Action<Scene>[] Story = [Entered, Described, DealOpened, MeetingBooked, NoteWritten, EnteredTwice, Merged, DealMoved, OptedOut];
    private static readonly Action<Scene>[] Later = [Described, Described, DealMoved, DealMoved, MeetingBooked, NoteWritten, Described];

    /// <inheritdoc/>
    public string Connector => "hubspot";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var eventId = 3_100_000_000;
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var scene = new Scene(number % simulation.People, Simulation.Time(number), () => eventId++);
            var happens = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
            happens(scene);
            yield return new SimulatedDelivery { Headers = Headers, Body = scene.Body() };
        }
    }

    /// <inheritdoc/>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call) => SimulatedCrm.Answer(simulation, call);

    private static void Entered(Scene scene) => scene.Add("contact.creation", SimulatedCrm.Contact(scene.Person), told => (told["changeFlag"], told["changeSource"]) = ("NEW", "FORM"));

    private static void Described(Scene scene) => scene
        .Add("contact.propertyChange", SimulatedCrm.Contact(scene.Person), Property("lifecyclestage", "marketingqualifiedlead"))
        .Add("contact.propertyChange", SimulatedCrm.Contact(scene.Person), Property("hs_lead_status", "CONNECTED"));

    private static void EnteredTwice(Scene scene) => scene.Add("contact.creation", SimulatedCrm.Twin(scene.Person), told => (told["changeFlag"], told["changeSource"]) = ("NEW", "IMPORT"));

    private static void Merged(Scene scene) => scene.Add("contact.merge", SimulatedCrm.Merged(scene.Person), told =>
    {
        told["primaryObjectId"] = SimulatedCrm.Contact(scene.Person);
        told["mergedObjectIds"] = new JsonArray(SimulatedCrm.Twin(scene.Person));
        told["newObjectId"] = SimulatedCrm.Merged(scene.Person);
        told["numberOfPropertiesMoved"] = 14;
    });

    private static void DealOpened(Scene scene) => scene
        .Add("deal.creation", SimulatedCrm.Deal(scene.Person), told => told["changeFlag"] = "NEW")
        .Add("deal.propertyChange", SimulatedCrm.Deal(scene.Person), Property("amount", "1850.5"));

    private static void DealMoved(Scene scene) => scene.Add("deal.propertyChange", SimulatedCrm.Deal(scene.Person), Property("dealstage", "presentationscheduled"));

    private static void MeetingBooked(Scene scene) => scene.Add("object.creation", SimulatedCrm.Meeting(scene.Person), OfType("0-47"));

    private static void NoteWritten(Scene scene) => scene.Add("object.creation", SimulatedCrm.Note(scene.Person), OfType("0-46"));

    private static void OptedOut(Scene scene)
    {
        if (scene.Person % SimulatedCrm.OneInSoManyOptsOut == 0) scene.Add("contact.propertyChange", SimulatedCrm.Merged(scene.Person), Property("hs_email_optout", "true"));
        else scene.Add("contact.propertyChange", SimulatedCrm.Merged(scene.Person), Property("jobtitle", "Owner"));
    }

    private static Action<JsonObject> Property(string name, string value) => told => (told["propertyName"], told["propertyValue"], told["changeSource"]) = (name, value, "CRM_UI");

    private static Action<JsonObject> OfType(string typeId) => told => (told["objectTypeId"], told["changeFlag"], told["changeSource"]) = (typeId, "NEW", "CRM_UI");

    /// <summary>One delivery in the making.</summary>
    private sealed class Scene(int person, DateTimeOffset time, Func<long> eventId)
    {
        private readonly JsonArray events = [];

        public int Person { get; } = person;

        public ReadOnlyMemory<byte> Body() => Encoding.UTF8.GetBytes(events.ToJsonString());

        public Scene Add(string topic, long id, Action<JsonObject> detail)
        {
            var told = new JsonObject
            {
                ["eventId"] = eventId(),
                ["subscriptionId"] = 5_100_001,
                ["portalId"] = long.Parse(Portal, CultureInfo.InvariantCulture),
                ["appId"] = 2_244_001,
                ["occurredAt"] = time.ToUnixTimeMilliseconds() + (events.Count * 40),
                ["subscriptionType"] = topic,
                ["attemptNumber"] = 0,
                ["objectId"] = id,
            };
            detail(told);
            events.Add((JsonNode)told);
            return this;
        }
    }
}
