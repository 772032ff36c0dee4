using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>All orders of a simulation, the webhooks about them, and what the API says in the end.</summary>
internal sealed class SimulatedBoxOffice
{
    private const string WebhookId = "7310442";

    private static readonly string[][] Journeys =
    [
        ["order.placed", "attendee.updated", "attendee.checked_in"],
        ["order.placed", "order.updated", "attendee.updated", "attendee.checked_in"],
        ["order.placed", "order.updated"],
        ["order.placed", "attendee.updated", "order.refunded"],
    ];

    private readonly Dictionary<string, Func<JsonObject>> objects = new(StringComparer.Ordinal);

    public SimulatedBoxOffice(Simulation simulation, Random random)
    {
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var running = new (SimulatedTickets Tickets, Queue<string> Steps)?[simulation.People];
        List<SimulatedDelivery> deliveries = [];
        for (var i = 0; i < simulation.Count; i++)
        {
            var number = turns[i % turns.Length];
            if (running[number] is not { Steps.Count: > 0 }) running[number] = (Buy(simulation, number, i, random), new Queue<string>(Journeys[random.Next(Journeys.Length)]));
            var (tickets, steps) = running[number].GetValueOrDefault();
            var action = steps.Dequeue();
            tickets.Take(action, Simulation.Time(i));
            deliveries.Add(Webhook(action, action.StartsWith("order", StringComparison.Ordinal) ? tickets.OrderPath : tickets.AttendeePath));
        }
        Deliveries = deliveries;
    }

    public IReadOnlyList<SimulatedDelivery> Deliveries { get; }

    public SimulatedAnswer Answer(SimulatedCall call) =>
        call.Method == "GET" && objects.TryGetValue(call.Path, out var found) ? new SimulatedAnswer(200, found().ToJsonString()) : SimulatedAnswer.NotFound;

    private SimulatedTickets Buy(Simulation simulation, int number, int turn, Random random)
    {
        var friend = random.Next(3) == 0 ? simulation.Person((number + 1) % simulation.People) : null;
        var tickets = new SimulatedTickets(turn, simulation.Person(number), friend, random, Simulation.Time(turn));
        objects[tickets.OrderPath] = tickets.WriteOrder;
        objects[tickets.AttendeePath] = tickets.WriteAttendee;
        return tickets;
    }

    private static SimulatedDelivery Webhook(string action, string path) => new()
    {
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["Accept"] = "text/plain",
            ["User-Agent"] = "Eventbrite Webhooks (Dilithium)",
            ["X-Eventbrite-Event"] = action,
            ["X-Eventbrite-Delivery"] = WebhookId,
        },
        Body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["config"] = new JsonObject { ["action"] = action, ["user_id"] = "918273645501", ["endpoint_url"] = "https://hub.example.com/webhooks/tickets", ["webhook_id"] = WebhookId },
            ["api_url"] = $"https://www.eventbriteapi.com/v3{path}",
        }.ToJsonString()),
    };
}
