using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Plays a studio: people register, book classes and appointments, come, cancel, buy passes and take out contracts.</summary>
public sealed class MindbodySimulator : IWebhookSimulator
{
    private static readonly string[][] Journeys =
    [
        ["client.created", "clientSale.created", "classRosterBooking.created", "classRosterBookingStatus.updated", "client.updated"],
        ["client.created", "appointmentBooking.created", "appointmentBooking.updated", "clientSale.created"],
        ["client.created", "clientContract.created", "classRosterBooking.created", "classRosterBooking.cancelled", "clientContract.updated"],
        ["client.created", "appointmentBooking.created", "appointmentBooking.cancelled", "client.updated"],
    ];

    private static readonly string[] Return = ["classRosterBooking.created", "classRosterBookingStatus.updated", "clientSale.created"];

    /// <inheritdoc/>
    public string Connector => "mindbody";

    /// <inheritdoc/>
    public IReadOnlyList<SimulatedProbe> Probes { get; } = [new("HEAD")];

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var visitors = new (SimulatedVisitor Visitor, string[] Journey, int Step)?[simulation.People];
        for (var i = 0; i < simulation.Count; i++)
        {
            var number = turns[i % turns.Length];
            var at = Simulation.Time(i);
            var (visitor, journey, step) = visitors[number] ?? (new SimulatedVisitor(simulation.Person(number), at), Journeys[random.Next(Journeys.Length)], 0);
            var topic = step < journey.Length ? journey[step] : Return[(step - journey.Length) % Return.Length];
            visitors[number] = (visitor, journey, step + 1);
            yield return Delivery(topic, visitor.Write(topic, i, at), i, at);
        }
    }

    private static SimulatedDelivery Delivery(string topic, JsonObject body, int number, DateTimeOffset at) => new()
    {
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
        Body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["messageId"] = $"SimMessage{number:D12}",
            ["eventId"] = topic,
            ["eventSchemaVersion"] = 1,
            ["eventInstanceOriginationDateTime"] = SimulatedVisitor.Time(at),
            ["eventData"] = body,
        }.ToJsonString()),
    };
}
