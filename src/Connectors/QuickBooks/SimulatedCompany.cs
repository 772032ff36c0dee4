using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>The simulated company from its first delivery to the last, and what its API answers in the end.</summary>
internal sealed class SimulatedCompany
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<(string Entity, string Id), string> entities = [];
    private readonly Random random;
    private int lastId = 100;

    public SimulatedCompany(Simulation simulation, string connector)
    {
        random = simulation.Random(connector);
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var clients = new SimulatedClient?[simulation.People];
        Deliveries = [.. Enumerable.Range(0, simulation.Count).Select(i =>
        {
            var number = turns[i % turns.Length];
            var client = clients[number] ??= new SimulatedClient(simulation.Person(number), this, new Random(random.Next()));
            return Deliver(client.Next(Simulation.Time(i)), Simulation.Time(i));
        })];
    }

    public IReadOnlyList<SimulatedDelivery> Deliveries { get; }

    /// <summary>The next id of the company.</summary>
    public string NextId() => (++lastId).ToString(CultureInfo.InvariantCulture);

    /// <summary>Has the API tell this entity from now on.</summary>
    public void Put(string entity, string id, JsonObject body) => entities[(entity, id)] = body.ToJsonString(Readable);

    public SimulatedAnswer Answer(SimulatedCall call)
    {
        if (call.Path == "/oauth2/v1/tokens/bearer")
            return new SimulatedAnswer(200, """{"access_token":"demo-access-token","token_type":"bearer","expires_in":3600,"refresh_token":"demo-refresh-token","x_refresh_token_expires_in":8640000}""");
        if (call.Path == "/query") return new SimulatedAnswer(200, $"{{\"QueryResponse\":{{{Found(call.Query.GetValueOrDefault("query", ""))}}}}}");
        if (call.Path == "/cdc") return new SimulatedAnswer(200, $"{{\"CDCResponse\":[{{\"QueryResponse\":[{{{Found($"from {call.Query.GetValueOrDefault("entities", "")} ")}}}]}}]}}");
        var parts = call.Path.Split('/');
        return parts is ["", var entity, var id] && entities.TryGetValue((entity, id), out var json)
            ? new SimulatedAnswer(200, $"{{\"{QuickBooksEntities.NameOf(entity)}\":{json}}}")
            : new SimulatedAnswer(400, """{"Fault":{"Error":[{"Message":"Object Not Found","Detail":"Object Not Found","code":"610"}],"type":"ValidationFault"}}""");
    }

    // Of the query language only the questions that the connector asks: all of a kind, or some by their ids.
    private string Found(string query)
    {
        var words = query.Split(' ');
        var name = words[Array.IndexOf(words, "from") + 1];
        var list = query.IndexOf("Id in (", StringComparison.Ordinal);
        var ids = list < 0 ? null : query[(list + 7)..query.IndexOf(')', list)].Split(", ").Select(id => id.Trim('\'')).ToHashSet(StringComparer.Ordinal);
        var found = entities.Where(entity => QuickBooksEntities.NameOf(entity.Key.Entity) == name && (ids is null || ids.Contains(entity.Key.Id))).Select(entity => entity.Value);
        var isFirst = !query.Contains("startposition", StringComparison.Ordinal) || query.Contains("startposition 1 ", StringComparison.Ordinal);
        return $"\"{name}\":[{string.Join(',', isFirst ? found : [])}]";
    }

    private SimulatedDelivery Deliver(IReadOnlyList<(string Type, string Id)> events, DateTimeOffset at)
    {
        var body = new JsonArray();
        foreach (var (type, id) in events)
        {
            body.Add(new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = $"{random.Next():x8}-0000-4000-8000-{random.NextInt64(0x1000_0000_0000):x12}",
                ["source"] = "intuit.ZGVtb1NvdXJjZUhhc2g=",
                ["type"] = type,
                ["datacontenttype"] = "application/json",
                ["time"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ["intuitentityid"] = id,
                ["intuitaccountid"] = QuickBooksSimulator.Company,
                ["data"] = new JsonObject(),
            });
        }
        return new SimulatedDelivery
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
            Body = Encoding.UTF8.GetBytes(body.ToJsonString(Readable)),
        };
    }
}
