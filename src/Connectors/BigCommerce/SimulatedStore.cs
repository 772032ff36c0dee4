using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>The simulated store from its first delivery to the last, and what its API answers in the end.</summary>
internal sealed class SimulatedStore
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly Random random;
    private int lastId = 240;

    public SimulatedStore(Simulation simulation, string connector)
    {
        random = simulation.Random(connector);
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var shoppers = new SimulatedShopper?[simulation.People];
        Deliveries = [.. Enumerable.Range(0, simulation.Count).Select(i =>
        {
            var number = turns[i % turns.Length];
            var shopper = shoppers[number] ??= new SimulatedShopper(simulation.Person(number), this, new Random(random.Next()));
            var (scope, data) = shopper.Next(Simulation.Time(i));
            return Deliver(i, scope, data, Simulation.Time(i));
        })];
    }

    public IReadOnlyList<SimulatedDelivery> Deliveries { get; }

    /// <summary>The next id of the store.</summary>
    public int NextId() => ++lastId;

    /// <summary>Has the API answer with this from now on.</summary>
    public void Put(string path, JsonNode body) => answers[path] = body.ToJsonString(Readable);

    public SimulatedAnswer Answer(SimulatedCall call)
    {
        if (call.Path == "/v3/customers") return new SimulatedAnswer(200, Customers(call));
        if (answers.TryGetValue(call.Path, out var json)) return new SimulatedAnswer(200, json);
        if (call.Path == "/v3/customers/subscribers") return new SimulatedAnswer(200, Page(All("/v3/customers/subscribers/").Select(answer => answer[8..^1]), call));
        if (call.Path == "/v2/orders") return new SimulatedAnswer(200, $"[{string.Join(',', IsFirst(call) ? All("/v2/orders/") : [])}]");
        return call.Path.StartsWith("/v2/orders/", StringComparison.Ordinal) && call.Path.EndsWith("/coupons", StringComparison.Ordinal) ? new SimulatedAnswer(204, "") : SimulatedAnswer.NotFound;
    }

    private string Customers(SimulatedCall call) => call.Query.TryGetValue("id:in", out var id)
        ? Page(answers.TryGetValue($"/v3/customers/{id}", out var customer) ? [customer] : [], call)
        : Page(All("/v3/customers/"), call);

    private IEnumerable<string> All(string folder) => answers.Where(answer => answer.Key.StartsWith(folder, StringComparison.Ordinal) && !answer.Key[folder.Length..].Contains('/', StringComparison.Ordinal)).Select(answer => answer.Value);

    private static string Page(IEnumerable<string> items, SimulatedCall call) => $"{{\"data\":[{string.Join(',', IsFirst(call) ? items : [])}],\"meta\":{{}}}}";

    private static bool IsFirst(SimulatedCall call) => call.Query.GetValueOrDefault("page", "1") == "1";

    private SimulatedDelivery Deliver(int number, string scope, JsonObject data, DateTimeOffset at)
    {
        var body = new JsonObject
        {
            ["producer"] = $"stores/{BigCommerceSimulator.StoreHash}",
            ["hash"] = $"{random.NextInt64():x16}{random.NextInt64():x16}{number:x8}",
            ["created_at"] = at.ToUnixTimeSeconds(),
            ["store_id"] = "1025646",
            ["scope"] = scope,
            ["data"] = data,
        };
        return new SimulatedDelivery
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = "application/json",
                ["webhook-id"] = string.Create(CultureInfo.InvariantCulture, $"msg_{random.NextInt64():x16}{number:x8}"),
            },
            Body = Encoding.UTF8.GetBytes(body.ToJsonString(Readable)),
        };
    }
}
