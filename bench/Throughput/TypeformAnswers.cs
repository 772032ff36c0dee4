using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Bench.Record;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.Bench.Throughput;

/// <summary>
/// An endless stream of answers to a short form as Typeform sends them, no two alike: the simulator's enquiry with three of its questions and no ending, filled in by
/// other people. Every other one is a customer whom the record knows, the rest are people of whom nobody has heard.
/// </summary>
internal sealed class TypeformAnswers : IDeliveries
{
    private static readonly string[] Questions = ["first_name", "last_name", "email"];

    private readonly Connection connection;
    private readonly long customers;
    private readonly int seed;
    private readonly Mix people;
    private readonly Random random;
    private readonly SimulatedDelivery simulated;
    private readonly string template;
    private readonly Dictionary<string, string> told;
    private int answers;
    private int newcomers;

    /// <param name="customers">How many customers of <see cref="Mix"/> the record knows, 1 or more.</param>
    public TypeformAnswers(Connection connection, long customers, int seed)
    {
        (this.connection, this.customers, this.seed) = (connection, customers, seed);
        (people, random) = (new Mix(seed), new Random(seed));
        var plan = new SimulationPlan { Connections = [connection], Count = 2, People = 2, Seed = seed };
        // The first person of a simulation leaves the form before its end, the second fills it in.
        simulated = plan.Deliveries()[1].Delivery;
        var body = JsonNode.Parse(simulated.Body.Span)?.AsObject() ?? throw new InvalidDataException("A simulated answer is null.");
        var response = Required(body, "form_response").AsObject();
        Shorten(Required(response, "answers").AsArray(), answer => Text(Required(answer, "field"), "ref"));
        Shorten(Required(Required(response, "definition"), "fields").AsArray(), field => Text(field, "ref"));
        Required(response, "definition").AsObject().Remove("endings");
        response.Remove("ending");
        told = Required(response, "answers").AsArray().OfType<JsonObject>().ToDictionary(answer => Text(Required(answer, "field"), "ref"), answer => (answer["email"] ?? answer["text"])?.ToString() ?? "", StringComparer.Ordinal);
        told["event"] = Text(body, "event_id");
        told["token"] = Text(response, "token");
        told["landed"] = Text(response, "landed_at");
        told["submitted"] = Text(response, "submitted_at");
        told["visitor"] = Text(Required(response, "hidden"), "visitor_id");
        template = body.ToJsonString();
    }

    public Payload Payload => Payload.Answers;

    public string Name => $"Typeform answers of {template.Length / 1000.0:0.0} KB";

    public (List<byte[]> WarmUp, List<byte[]> Burst) Next(int warmUp, int burst) => (Next(warmUp), Next(burst));

    private List<byte[]> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private byte[] Next()
    {
        var number = answers++;
        var person = number % 2 == 0 ? random.NextInt64(customers) : customers + newcomers++;
        var (known, submitted) = (people.Named(person), Simulation.Start.AddSeconds(number));
        var text = new StringBuilder(template)
            .Replace(told["event"], $"{seed:X8}{number:X18}")
            .Replace(told["token"], $"{seed:x8}{number:x16}")
            .Replace(told["landed"], Written(submitted.AddSeconds(-90)))
            .Replace(told["submitted"], Written(submitted))
            .Replace(told["visitor"], $"v-{70_000 + person}")
            .Replace(told["email"], known.Identifiers[1].Value)
            .Replace($"\"text\":\"{told["first_name"]}\"", $"\"text\":\"{known.FirstName}\"")
            .Replace($"\"text\":\"{told["last_name"]}\"", $"\"text\":\"{known.LastName}\"");
        return RequestBytes.Of(connection, simulated with { Body = Encoding.UTF8.GetBytes(text.ToString()) });
    }

    private static void Shorten(JsonArray list, Func<JsonNode, string> question) => list.RemoveAll(entry => entry is null || !Questions.Contains(question(entry), StringComparer.Ordinal));

    private static string Written(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";

    private static string Text(JsonNode node, string name) => Required(node, name).GetValue<string>();

    private static JsonNode Required(JsonNode node, string name) => node[name] ?? throw new InvalidDataException($"A simulated answer has no {name}.");
}
