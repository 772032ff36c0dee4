using System.Text;
using System.Text.Json;
using IntegrationHub.Bench.Record;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.Bench.Throughput;

/// <summary>
/// An endless stream of orders as Shopify sends them, no two alike. They are those of the simulator, placed by other people: every other order by
/// one of the customers that the record knows, the rest by people whom nobody has heard of.
/// </summary>
internal sealed class ShopifyOrders : IDeliveries
{
    private const int Simulated = 4_000;

    private readonly Connection connection;
    private readonly long customers;
    private readonly int seed;
    private readonly Mix people;
    private readonly Random random;
    private readonly List<OrderTemplate> templates;
    private int orders;
    private int newcomers;

    /// <param name="customers">How many customers of <see cref="Mix"/> the record knows, 1 or more.</param>
    public ShopifyOrders(Connection connection, long customers, int seed)
    {
        (this.connection, this.customers, this.seed) = (connection, customers, seed);
        (people, random) = (new Mix(seed), new Random(seed));
        var plan = new SimulationPlan { Connections = [connection], Count = Simulated, People = Simulated / 2, Seed = seed };
        templates = [.. plan.Deliveries().Select(sent => sent.Delivery).Where(delivery => delivery.Headers["X-Shopify-Topic"] == "orders/create").Select(delivery => new OrderTemplate(delivery))];
    }

    public Payload Payload => Payload.Orders;

    public string Name => $"Shopify orders of {templates.Average(template => template.Size) / 1000:0.0} KB";

    public (List<byte[]> WarmUp, List<byte[]> Burst) Next(int warmUp, int burst) => (Next(warmUp), Next(burst));

    public List<byte[]> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private byte[] Next()
    {
        var number = orders++;
        var person = number % 2 == 0 ? random.NextInt64(customers) : customers + newcomers++;
        return RequestBytes.Of(connection, templates[random.Next(templates.Count)].Order(seed, number, person, people));
    }

    /// <summary>An order whose number, moment and buyer can be others.</summary>
    private sealed class OrderTemplate(SimulatedDelivery delivery)
    {
        private const long FirstOrder = 6_000_000_000_000;

        private static readonly TimeSpan ShopOffset = TimeSpan.FromHours(-5);

        private readonly string body = Encoding.UTF8.GetString(delivery.Body.Span);
        private readonly JsonElement order = JsonDocument.Parse(delivery.Body).RootElement;

        public int Size => delivery.Body.Length;

        public SimulatedDelivery Order(int seed, int number, long person, Mix people)
        {
            var (buyer, placed) = (people.Named(person), Simulation.Start.AddSeconds(number).ToOffset(ShopOffset));
            var customer = order.GetProperty("customer");
            var text = new StringBuilder(body)
                .Replace(order.GetProperty("id").GetRawText(), $"{FirstOrder + number}")
                .Replace(Text(order, "checkout_token"), $"{seed:x8}{number:x24}")
                .Replace(Text(order, "created_at"), $"{placed:yyyy-MM-dd'T'HH:mm:sszzz}")
                .Replace(Text(order, "updated_at"), $"{placed.AddSeconds(2):yyyy-MM-dd'T'HH:mm:sszzz}")
                .Replace(customer.GetProperty("id").GetRawText(), buyer.Identifiers[0].Value)
                .Replace(Text(order, "email"), buyer.Identifiers[1].Value)
                .Replace(Text(order, "phone"), $"+49151{20_000_000 + person}")
                .Replace($"\"first_name\":\"{Text(customer, "first_name")}\"", $"\"first_name\":\"{buyer.FirstName}\"")
                .Replace($"\"last_name\":\"{Text(customer, "last_name")}\"", $"\"last_name\":\"{buyer.LastName}\"");
            return new SimulatedDelivery { Headers = Headers(seed, number), Body = Encoding.UTF8.GetBytes(text.ToString()) };
        }

        private Dictionary<string, string> Headers(int seed, int number) => new(delivery.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["X-Shopify-Webhook-Id"] = $"{seed:x8}-0f1d-4c55-9d6e-{number:x12}",
            ["X-Shopify-Event-Id"] = $"{seed:x8}-7b5e-4a5e-8a50-{number:x12}",
        };

        private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new InvalidDataException($"A simulated order has no {name}.");
    }
}
